"""The accountability log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import AccountabilityKind
from shuiheng.adapters.records.queries_coordination import accountability, plans_in_sight, units_in_sight
from shuiheng.services.enter_accountability import Entry, enter_accountability
from shuiheng.services.permission import Action, may
from shuiheng.web import words
from shuiheng.web.fields import FieldError, key_of, wanted_day, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.saying import tried


@page(Action.ACCOUNTABILITY_LOOK)
def accountability_log(request: HttpRequest) -> HttpResponse:
    """Show the log, the newest first."""
    context: dict[str, object] = {
        "entries": accountability(
            seen(request, Action.ACCOUNTABILITY_LOOK), plan=words_of(request.GET, "plan")
        ),
        "today": timezone.localdate(),
    }
    if may(request.user, Action.ACCOUNTABILITY_ENTER):
        context["plans"] = plans_in_sight(seen(request, Action.ACCOUNTABILITY_ENTER))
        context["units"] = units_in_sight(seen(request, Action.ORGANISATIONS_LOOK))
        context["kinds"] = words.ACCOUNTABILITY_KINDS.items()
    return render(request, "pages/accountability.html", context)


@page(Action.ACCOUNTABILITY_ENTER, methods=("POST",))
def enter(request: HttpRequest) -> HttpResponse:
    """Write one entry."""

    def work() -> None:
        unit, kind = key_of(request.POST, "organisation"), request.POST.get("kind", "")
        if unit is None or kind not in AccountabilityKind.values:
            raise FieldError("organisation" if unit is None else "kind", kind)
        entry = Entry(
            organisation=unit,
            kind=AccountabilityKind(kind),
            words=words_of(request.POST, "words"),
            basis=words_of(request.POST, "basis"),
            on=wanted_day(request.POST, "on"),
            task=key_of(request.POST, "task"),
        )
        enter_accountability(request.user, words_of(request.POST, "plan"), entry)

    tried(request, work, done=_("已记入问责记录。"))
    return redirect("accountability")
