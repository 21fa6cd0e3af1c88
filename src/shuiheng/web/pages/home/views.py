"""The first page: plans with their state, what is open, what is due next."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuiheng.adapters.records.queries_items import next_deadlines
from shuiheng.adapters.records.queries_plans import plan_summaries, recent_events
from shuiheng.adapters.records.queries_totals import totals
from shuiheng.web.page import page, seen
from shuiheng.web.pages.duties.agenda import agenda

DAYS_AHEAD = 190
LISTED = 12


@page()
def home(request: HttpRequest) -> HttpResponse:
    """Show plans, open work and the next due days."""
    today = timezone.localdate()
    entries = agenda(seen(request), "", "", today, today + timedelta(days=DAYS_AHEAD))
    context = {
        "summaries": plan_summaries(seen(request)),
        "totals": totals(seen(request)),
        "deadlines": list(next_deadlines(seen(request), today, limit=LISTED)),
        "entries": entries[:LISTED],
        "events": list(recent_events(seen(request), 8)),
        "today": today,
    }
    return render(request, "pages/home.html", context)
