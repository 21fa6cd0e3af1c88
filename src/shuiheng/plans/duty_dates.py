"""When a recurring duty falls due: its periods and due days for the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shuiheng.kernel.period import Period, periods_of_months, weeks
from shuiheng.kernel.workday import DueDay, WorkdayCalendar, due_day
from shuiheng.plans.model import Duty

MONTHS = {"annual": 12, "semiannual": 6, "quarterly": 3, "bimonthly": 2, "monthly": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDate:
    """One time that a duty is to be done (报送日程).

    Args:
        duty: Id of the duty.
        period: The period that it is for.
        due: When it falls due, or None when the document states no due rule.
    """

    duty: str
    period: Period
    due: DueDay | None = None

    @property
    def on(self) -> date:
        """The day under which it stands in a calendar: due day, else end of the period."""
        return self.due.on if self.due else self.period.last

    @property
    def is_provisional(self) -> bool:
        """Whether the due day was reckoned by weekends alone."""
        return self.due is not None and self.due.is_provisional


def duty_dates(duty: Duty, first: date, last: date, *, calendar: WorkdayCalendar) -> tuple[DutyDate, ...]:
    """Return the times from `first` to `last` at which a duty stands in the calendar.

    A rhythm that is no whole part of a year, such as every two years, gives none: the
    document does not say in which year it begins.
    """
    rule = duty.due_rule
    made = []
    back = timedelta(days=31 * (rule.months_after + 2) if rule else 0)
    for period in _periods(duty.frequency, first - back, last):
        due = (
            due_day(
                period.last,
                months_after=rule.months_after,
                day=rule.day,
                is_workday=rule.is_workday,
                calendar=calendar,
            )
            if rule
            else None
        )
        made.append(DutyDate(duty=duty.id, period=period, due=due))
    return tuple(each for each in made if first <= each.on <= last)


def _periods(frequency: str, first: date, last: date) -> Iterator[Period]:
    """Periods that end in the stretch; a due rule may also name a day before the end of one."""
    if frequency == "weekly":
        yield from weeks(first=first, last=last + timedelta(days=7))
    elif frequency in MONTHS:
        length = MONTHS[frequency]
        yield from periods_of_months(length, first=first, last=last + timedelta(days=31 * (length + 1)))
