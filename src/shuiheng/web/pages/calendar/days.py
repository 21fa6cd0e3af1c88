"""What falls on which day, as far as an account may see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from shuiheng.adapters.records.queries_calendar import (
    CalendarDay,
    meeting_days,
    period_days,
    permit_days,
    rectification_days,
    register_days,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.cases.case_days import case_days
from shuiheng.services.gates.renewal_days import renewal_due_days
from shuiheng.services.permission import Action, Actor, may
from shuiheng.services.scope import sight
from shuiheng.web.pages.duties.agenda import AgendaEntry, agenda

Source = Callable[[Sight, date, date], list[CalendarDay]]
_SOURCES: tuple[tuple[Action, Source], ...] = (
    (Action.REGISTER_LOOK, register_days),
    (Action.CALENDAR_LOOK, period_days),
    (Action.RECTIFICATION_LOOK, rectification_days),
    (Action.MEETINGS_LOOK, meeting_days),
    (Action.GATES_LOOK, permit_days),
    (Action.GATES_LOOK, renewal_due_days),
    (Action.CASES_LOOK, case_days),
)


def days_for(actor: Actor, first: date, last: date) -> list[CalendarDay]:
    """Return everything that falls from `first` to `last`, day by day."""
    found = [
        entry
        for action, source in _SOURCES
        if may(actor, action)
        for entry in source(sight(actor, action), first, last)
    ]
    if may(actor, Action.LOOK):
        found += duty_days(sight(actor), first, last)
    return sorted(found, key=lambda entry: (entry.on, entry.kind, entry.key))


def duty_days(seen: Sight, first: date, last: date) -> list[CalendarDay]:
    """Return the days on which recurring duties in sight are to be done."""
    return [_duty_day(entry) for entry in agenda(seen, "", "", first, last)]


def _duty_day(entry: AgendaEntry) -> CalendarDay:
    due = entry.date.due
    return CalendarDay(
        on=entry.on,
        kind="duty",
        key=f"duty-{entry.duty.pk}-{entry.date.period.last.isoformat()}",
        title=entry.duty.what,
        plan=entry.duty.version.plan.title,
        is_provisional=entry.date.is_provisional,
        is_moved=due is not None and due.named != due.on,
    )
