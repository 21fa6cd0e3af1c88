"""Due days of recurring duties over a stretch of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shuiheng.adapters.records.models import PublishedDuty
from shuiheng.adapters.records.queries_items import ItemFilter, duties
from shuiheng.adapters.records.sight import Sight
from shuiheng.kernel import Span
from shuiheng.plans import DueRule, Duty
from shuiheng.plans.duty_dates import DutyDate, duty_dates
from shuiheng.services.work_calendar import work_calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaEntry:
    """One day on which one duty is to be done."""

    duty: PublishedDuty
    date: DutyDate

    @property
    def on(self) -> date:
        """The day under which it stands."""
        return self.date.on


def agenda(seen: Sight, plan: str, words: str, first: date, last: date) -> list[AgendaEntry]:
    """Return what is due from `first` to `last`, day by day."""
    return due_days(duties(seen, ItemFilter(plan=plan, words=words)), first, last)


def due_days(rows: Iterable[PublishedDuty], first: date, last: date) -> list[AgendaEntry]:
    """Return when duties are due from `first` to `last`, day by day."""
    calendar = work_calendar()
    entries = [
        AgendaEntry(duty=row, date=each)
        for row in rows
        for each in duty_dates(_duty(row), first, last, calendar=calendar)
    ]
    return sorted(entries, key=lambda entry: (entry.on, entry.duty.pk))


def _duty(row: PublishedDuty) -> Duty:
    rule = row.due_rule
    return Duty(
        id=row.item,
        task=None,
        quote=row.quote,
        span=Span(row.span_start, row.span_end),
        what=row.what,
        frequency=row.frequency,
        due_rule=DueRule(**rule) if rule else None,
    )
