"""Terms of law: so many days, workdays, months or years after a day, and on which day they end."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shuiheng.kernel.workday import DueDay, WorkdayCalendar


class TermUnit(StrEnum):
    """In what a term is counted."""

    DAYS = "days"
    WORKDAYS = "workdays"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A length of time that a rule gives (期限).

    Args:
        count: How many; 0 or more.
        unit: Of what.
    """

    count: int
    unit: TermUnit


def term_end(start: date, term: Term, *, calendar: WorkdayCalendar) -> DueDay:
    """Return the last day of a term (期限), to its end one may still act.

    The day on which it starts is not counted; months and years end on the same day of the month, or on
    the month's last day; an end on a free day moves to the next workday (Civil Code, articles 201-203).

    Args:
        start: The day of what starts it.
        term: Its length.
        calendar: Workdays.

    Raises:
        ValueError: The term is shorter than nothing.
        EndlessHolidayError: The calendar has no workday within forty days.
    """
    if term.count < 0:
        raise ValueError(f"a term of {term.count} {term.unit} is none; give 0 or more")
    if term.unit is TermUnit.WORKDAYS:
        return _workdays_after(start, term.count, calendar)
    return calendar.workday_from(same_day(start, term))


def same_day(start: date, term: Term) -> date:
    """Return the day so many days, months or years after a day, worked or not; a count below 0 goes back.

    Raises:
        ValueError: Workdays are asked for; they need a calendar.
    """
    if term.unit is TermUnit.WORKDAYS:
        raise ValueError("workdays are counted with a calendar; call term_end")
    if term.unit is TermUnit.DAYS:
        return start + timedelta(days=term.count)
    months = term.count * (12 if term.unit is TermUnit.YEARS else 1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _workdays_after(start: date, count: int, calendar: WorkdayCalendar) -> DueDay:
    day, is_provisional = start, not calendar.covers(start)
    for _ in range(count):
        found = calendar.workday_from(day + timedelta(days=1))
        day, is_provisional = found.on, is_provisional or found.is_provisional
    return DueDay(on=day, named=day, is_provisional=is_provisional and count > 0)
