"""The first page: plans with their state, what is open, what is due next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shuiheng.adapters.records.models import ReportingPeriod
from shuiheng.adapters.records.queries_chasing import open_periods, period_name
from shuiheng.adapters.records.queries_items import next_deadlines
from shuiheng.adapters.records.queries_plans import plan_summaries, recent_events
from shuiheng.adapters.records.queries_totals import totals
from shuiheng.services.missing_units import count_missing
from shuiheng.services.permission import Action, may, remember_memberships
from shuiheng.web.menu import menu_for
from shuiheng.web.page import page, seen
from shuiheng.web.pages.cases.waiting import waiting_cases
from shuiheng.web.pages.duties.agenda import agenda
from shuiheng.web.pages.gates.ending import ending_permits
from shuiheng.web.pages.warnings.waiting import waiting_warnings

DAYS_AHEAD = 190
LISTED = 12
SHOWN_PERIODS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPeriod:
    """A period that is not frozen, with how many units and reports are missing."""

    period: ReportingPeriod
    words: str
    units: int
    reports: int
    days_late: int


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the first page to whoever sees plans; others go to the first page that is theirs."""
    remember_memberships(request.user)
    if may(request.user, Action.LOOK):
        return overview(request)
    daily, further = menu_for(request.user, "")
    lines = [*daily, *further]
    return redirect(lines[0].address if lines else "account")


@page()
def overview(request: HttpRequest) -> HttpResponse:
    """Show who has not reported, what is to be filed, plans, and the next due days."""
    today = timezone.localdate()
    entries = agenda(seen(request), "", "", today, today + timedelta(days=DAYS_AHEAD))
    context = {
        "summaries": plan_summaries(seen(request)),
        "totals": totals(seen(request)),
        "deadlines": list(next_deadlines(seen(request), today, limit=LISTED)),
        "entries": entries[:LISTED],
        "events": list(recent_events(seen(request), 8)),
        "today": today,
        "open_periods": _open_periods(request, today),
        "use_warnings": waiting_warnings(request),
        "ending_permits": ending_permits(request),
        "own_cases": waiting_cases(request),
    }
    return render(request, "pages/home.html", context)


def _open_periods(request: HttpRequest, today: date) -> list[OpenPeriod]:
    """Return the open periods for the office: who has not reported comes first."""
    if not may(request.user, Action.MESSAGES_SEND):
        return []
    sight = seen(request, Action.MESSAGES_SEND)
    shown = []
    for period in open_periods(sight)[:SHOWN_PERIODS]:
        units, reports = count_missing(sight, period)
        shown.append(
            OpenPeriod(
                period=period,
                words=period_name(period),
                units=units,
                reports=reports,
                days_late=max(0, (today - period.due_on).days),
            )
        )
    return shown
