"""The calendar of reports and checks, month by month."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuiheng.adapters.records.queries_items import duties, published_plans
from shuiheng.web.filters import filter_from
from shuiheng.web.page import page, seen
from shuiheng.web.pages.duties.agenda import agenda

YEARS_BACK, YEARS_AHEAD = 6, 5


@page()
def duty_calendar(request: HttpRequest) -> HttpResponse:
    """Show the due days of one year and the duties that make them."""
    today = timezone.localdate()
    asked = request.GET.get("year", "")
    years = range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1)
    year = int(asked) if asked.isdecimal() and int(asked) in years else today.year
    wanted = filter_from(request.GET)
    entries = agenda(seen(request), wanted.plan, wanted.words, date(year, 1, 1), date(year, 12, 31))
    months = [(month, list(group)) for month, group in groupby(entries, key=lambda entry: entry.on.month)]
    context = {
        "months": months,
        "duties": list(duties(seen(request), wanted)),
        "year": year,
        "years": list(years),
        "wanted": wanted,
        "plans": published_plans(seen(request)),
        "today": today,
    }
    return render(request, "pages/duties.html", context)
