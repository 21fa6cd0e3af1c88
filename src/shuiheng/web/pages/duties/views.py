"""The calendar of reports and checks, month by month."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuiheng.adapters.records.queries_items import duties, published_plans
from shuiheng.web.filters import filter_from
from shuiheng.web.page import page, seen
from shuiheng.web.pages.duties.agenda import agenda

YEARS_BACK, YEARS_AHEAD = 6, 5
PAGE_SIZE = 100


@page()
def duty_calendar(request: HttpRequest) -> HttpResponse:
    """Show the due days of one year and the duties that make them."""
    today = timezone.localdate()
    asked = request.GET.get("year", "")
    years = range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1)
    year = int(asked) if asked.isdecimal() and int(asked) in years else today.year
    wanted = filter_from(request.GET)
    entries = agenda(seen(request), wanted.plan, wanted.words, date(year, 1, 1), date(year, 12, 31))
    shown = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = Counter(entry.on.month for entry in entries)
    groups = groupby(shown, key=lambda entry: entry.on.month)
    context = {
        "months": [(month, list(group), counts[month]) for month, group in groups],
        "page": shown,
        "duties": list(duties(seen(request), wanted)),
        "year": year,
        "years": list(years),
        "wanted": wanted,
        "plans": published_plans(seen(request)),
        "today": today,
    }
    return render(request, "pages/duties.html", context)
