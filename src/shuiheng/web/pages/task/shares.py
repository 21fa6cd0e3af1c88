"""The shares of the districts in a target."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Place, RegisterTarget
from shuiheng.adapters.records.queries_register import districts_of, shares_in_plan
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.services.set_share import set_shares
from shuiheng.services.typed_value import TypedValueError, typed_value
from shuiheng.web.fields import FieldError, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.task.views import sum_of, target_in_sight
from shuiheng.web.saying import tried
from shuiheng.web.templatetags.shown import typed_number, typed_unit


@page(Action.ASSIGN, methods=("GET", "POST"))
def target_shares(request: HttpRequest, key: int) -> HttpResponse:
    """Show the shares of a target against the value of the city; take in new ones."""
    row_for(request.user, Action.ASSIGN, RegisterTarget, pk=key)
    target = target_in_sight(request, key)
    sight = seen(request, Action.ASSIGN)
    places = districts_of(sight, target.plan.place)
    if request.method == "POST":
        reason = words_of(request.POST, "reason", limit=300)
        if tried(
            request,
            lambda: set_shares(request.user, key, _posted(request, target, places), reason=reason),
            done=_("分解值已保存。"),
        ):
            return redirect("target_shares", key=key)
    context = {
        "target": target,
        "rows": _rows(request, sight, target, places),
        "asked": words_of(request.POST, "measure", limit=40) or typed_unit(target),
        "sum": sum_of(target, len(places)),
        "reason": words_of(request.POST, "reason", limit=300),
    }
    return render(request, "task/shares.html", context, status=422 if request.method == "POST" else 200)


def _rows(
    request: HttpRequest, sight: Sight, target: RegisterTarget, places: list[Place]
) -> list[tuple[Place, str, Decimal | None, bool]]:
    """Return for each district what its field shows, what the plan says, and whether a share stands."""
    standing = {share.place_id: share.value for share in target.shares.all()}
    planned = shares_in_plan(sight, target)
    rows = []
    for place in places:
        in_plan = planned[place.name].value if place.name in planned else None
        value = standing.get(place.pk, in_plan)
        posted = request.POST.get(f"share-{place.pk}")
        shown = posted if posted is not None else typed_number(value, target)
        rows.append((place, shown, in_plan, place.pk in standing))
    return rows


def _posted(request: HttpRequest, target: RegisterTarget, places: list[Place]) -> dict[int, Decimal | None]:
    """Return the shares as they were typed, in the unit of the target."""
    asked = words_of(request.POST, "measure", limit=40)
    found: dict[int, Decimal | None] = {}
    for place in places:
        text = words_of(request.POST, f"share-{place.pk}", limit=40)
        try:
            found[place.pk] = typed_value(text, target.unit, asked=asked)
        except TypedValueError as error:
            raise FieldError(place.name, text) from error
    return found
