"""The calendar of a year, its subscription, and the workday table behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS_3, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shuiheng.adapters.exports.icalendar_file import DayEntry, write_calendar
from shuiheng.adapters.records.models import Account
from shuiheng.adapters.records.queries_calendar import CalendarDay
from shuiheng.adapters.records.queries_people import account_with_key
from shuiheng.services.permission import Action, may
from shuiheng.services.work_calendar import enter_workdays, work_calendar
from shuiheng.web import words
from shuiheng.web.fields import days_in, words_of
from shuiheng.web.page import page
from shuiheng.web.pages.calendar.days import days_for
from shuiheng.web.saying import tried

YEARS_BACK, YEARS_AHEAD = 3, 10
SALT = "shuiheng.calendar"
MARK = 16


@page(Action.CALENDAR_LOOK)
def calendar_page(request: HttpRequest) -> HttpResponse:
    """Show one year, month by month."""
    today = timezone.localdate()
    year, kind = asked_year(request), request.GET.get("kind", "")
    shown, table = shown_days(request), work_calendar()
    context = {
        "months": [(month, list(days)) for month, days in groupby(shown, key=lambda entry: entry.on.month)],
        "count": len(shown),
        "year_values": _year_values(year, shown),
        "year": year,
        "years": list(_years(today)),
        "kinds": words.CALENDAR_KINDS.items(),
        "kind": kind,
        "today": today,
        "last_known": table.last,
        "is_known": table.covers(date(year, 12, 31)),
        "feed": request.build_absolute_uri(reverse("calendar_feed", args=[feed_token(request.user)])),
    }
    return render(request, "pages/calendar.html", context)


def asked_year(request: HttpRequest) -> int:
    """Return the year that a page is asked for, this one where it is none that is shown."""
    asked, today = request.GET.get("year", ""), timezone.localdate()
    is_shown = asked.isdecimal() and len(asked) < 6 and int(asked) in _years(today)
    return int(asked) if is_shown else today.year


def shown_days(request: HttpRequest) -> list[CalendarDay]:
    """Return what falls in the year and of the kind that a page is asked for."""
    year, kind = asked_year(request), request.GET.get("kind", "")
    found = days_for(request.user, date(year, 1, 1), date(year, 12, 31))
    return [entry for entry in found if not kind or entry.kind == kind]


def _years(today: date) -> range:
    return range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1)


def _year_values(year: int, days: Sequence[CalendarDay]) -> dict[str, object]:
    """Return what the picture of a year draws: how much falls on each day."""
    sunday_first = [WEEKDAYS_ABBR[(place - 1) % len(WEEKDAYS_ABBR)] for place in range(len(WEEKDAYS_ABBR))]
    return {
        "year": year,
        "days": [[on.isoformat(), count] for on, count in sorted(Counter(day.on for day in days).items())],
        "unit": _("项"),
        "months": [str(name) for name in MONTHS_3.values()],
        "weekdays": [str(name) for name in sunday_first],
    }


def feed_token(actor: object) -> str:
    """Return the secret address part of an account's calendar; a new password makes a new one."""
    if not isinstance(actor, Account):
        raise Http404
    return signing.dumps([actor.pk, actor.password[-MARK:]], salt=SALT, compress=True)


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Send the calendar of the account to which a secret address belongs."""
    try:
        key, mark = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    account = account_with_key(key)
    if account is None or not account.is_active or account.password[-MARK:] != mark:
        raise Http404
    if not may(account, Action.CALENDAR_LOOK):
        raise Http404
    today = timezone.localdate()
    found = days_for(account, date(today.year - 1, 1, 1), date(today.year + YEARS_AHEAD, 12, 31))
    entries = [
        DayEntry(
            key=entry.key,
            on=entry.on,
            title=f"{words.word(words.CALENDAR_KINDS, entry.kind)}：{entry.title[:120]}",
            text=entry.plan,
            is_tentative=entry.is_provisional,
        )
        for entry in found
    ]
    content = write_calendar(_("水衡日历"), entries, at=datetime.now(UTC), host=request.get_host())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@page(Action.CALENDAR_LOOK, methods=("GET", "POST"))
def workday_table(request: HttpRequest) -> HttpResponse:
    """Show the workday table; take in the notice of a year."""
    table = work_calendar()
    if request.method == "POST":

        def enter() -> None:
            asked = words_of(request.POST, "year", limit=4)
            enter_workdays(
                request.user,
                int(asked) if asked.isdecimal() else 0,
                number=words_of(request.POST, "number"),
                holidays=days_in(words_of(request.POST, "holidays")),
                workdays=days_in(words_of(request.POST, "workdays")),
            )

        if tried(request, enter, done=_("已录入，到期日已按新的安排推算。")):
            return redirect("workdays")
    years = range(table.last.year, table.last.year - 3, -1)
    context = {
        "years": [
            (
                year,
                sorted(day for day in table.holidays if day.year == year),
                sorted(day for day in table.workdays if day.year == year),
            )
            for year in years
        ],
        "next_year": table.last.year + 1,
        "posted": request.POST,
    }
    return render(request, "pages/workdays.html", context)
