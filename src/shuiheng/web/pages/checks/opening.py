"""The form by which the office opens a check that no draw asked for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shuiheng.adapters.records.queries_checks import open_registers, places_to_check, users_to_check
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.open_checks import LONGEST_SUBJECT, CheckPlan, open_check
from shuiheng.services.permission import Action
from shuiheng.web.fields import FieldError, day_of, key_of, keys_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.checks.filling import REFUSED
from shuiheng.web.saying import say_error


@page(Action.CHECKS_KEEP, methods=("GET", "POST"))
def new_check(request: HttpRequest) -> HttpResponse:
    """Open a check by itself: after a report, of a place, again."""
    status = 200
    if request.method == "POST":
        try:
            row = open_check(request.user, _plan(request))
        except ServiceError as error:
            if error.code in ("services.not_there", "services.not_permitted"):
                raise
            say_error(request, error)
            status = REFUSED
        else:
            messages.success(request, _("已开立检查。"))
            return redirect("check", row.pk)
    sight = seen(request, Action.CHECKS_KEEP)
    items, inspectors = open_registers(seen(request, Action.INSPECTIONS_LOOK))
    found = words_of(request.GET, "q", limit=60)
    context: dict[str, Any] = {
        "items": items,
        "inspectors": inspectors,
        "places": places_to_check(sight),
        "words": found,
        "users": users_to_check(seen(request, Action.LEDGER_LOOK), found),
        "typed": request.POST,
        "chosen_items": keys_of(request.POST, "items"),
        "chosen_team": keys_of(request.POST, "inspectors"),
        "chosen_user": key_of(request.POST, "user"),
        "chosen_area": key_of(request.POST, "area"),
        "longest": LONGEST_SUBJECT,
    }
    return render(request, "checks/new.html", context, status=status)


def _plan(request: HttpRequest) -> CheckPlan:
    area = key_of(request.POST, "area")
    if area is None:
        raise ServiceError("checks.field_missing", field=_("区县"))
    try:
        due_on, planned_on = day_of(request.POST, "due_on"), day_of(request.POST, "planned_on")
    except FieldError as error:
        raise ServiceError("checks.field_missing", field=_("期限")) from error
    return CheckPlan(
        area=area,
        items=keys_of(request.POST, "items"),
        inspectors=keys_of(request.POST, "inspectors"),
        user=key_of(request.POST, "user"),
        subject=words_of(request.POST, "subject", limit=LONGEST_SUBJECT),
        due_on=due_on,
        planned_on=planned_on,
    )
