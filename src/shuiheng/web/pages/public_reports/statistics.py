"""How reports by the public were answered in some days, by matter and by district."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuiheng.adapters.records.queries_public import answer_times
from shuiheng.services.permission import Action
from shuiheng.web.fields import FieldError, day_of
from shuiheng.web.page import page, seen

BY = {"kind": "kind", "district": "district__name"}


@page(Action.PUBLIC_REPORTS_LOOK)
def public_statistics(request: HttpRequest) -> HttpResponse:
    """Show how many came in since a day, how many were answered in time, and how long it took."""
    sight, today = seen(request, Action.PUBLIC_REPORTS_LOOK), timezone.localdate()
    since = _day(request, "since", today.replace(month=1, day=1))
    until = _day(request, "until", today)
    groups = [
        (name, answer_times(sight, since=since, until=until, by=column, on=today))
        for name, column in BY.items()
    ]
    context = {"groups": groups, "since": since, "until": until}
    return render(request, "public_reports/statistics.html", context)


def _day(request: HttpRequest, name: str, usual: date) -> date:
    try:
        return day_of(request.GET, name) or usual
    except FieldError:
        return usual
