"""Workdays of a dated table with its make-up days, and what follows beyond the table."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
LONGEST_FREE_RUN = 40


class EndlessHolidayError(ValueError):
    """A calendar has no workday within forty days, so its table cannot be right."""

    def __init__(self, day: date) -> None:
        super().__init__(
            f"kernel.endless_holiday: no workday within {LONGEST_FREE_RUN} days from {day.isoformat()}. "
            "Mend the holidays of the workday table."
        )
        self.day = day


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkdayCalendar:
    """Which days are worked (工作日): weekends, holidays and make-up workdays (调休).

    The table holds what the yearly notices say. Beyond its last day only weekends are
    known, so whatever falls there is provisional.

    Args:
        first: First day that the table covers.
        last: Last day that the table covers.
        holidays: Days that are free although they are no weekend; weekends may be in it too.
        workdays: Weekend days that are worked.
    """

    first: date
    last: date
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()

    def covers(self, day: date) -> bool:
        """Return whether the table says what this day is."""
        return self.first <= day <= self.last

    def is_workday(self, day: date) -> bool:
        """Return whether the day is worked, beyond the table by weekends alone."""
        if self.covers(day):
            if day in self.workdays:
                return True
            if day in self.holidays:
                return False
        return day.weekday() < SATURDAY

    def workday_from(self, day: date) -> DueDay:
        """Return the day itself or the next workday behind it.

        Raises:
            EndlessHolidayError: There is none within forty days.
        """
        for offset in range(LONGEST_FREE_RUN):
            moved = day + timedelta(days=offset)
            if self.is_workday(moved):
                is_known = self.covers(day) and self.covers(moved)
                return DueDay(on=moved, named=day, is_provisional=not is_known)
        raise EndlessHolidayError(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """A day on which something falls due (到期日).

    Args:
        on: The day.
        named: The day that the rule names, before it moved over free days.
        is_provisional: Whether the table of workdays does not reach that far yet.
    """

    on: date
    named: date
    is_provisional: bool = False


def due_day(
    period_end: date, *, months_after: int, day: int, is_workday: bool, calendar: WorkdayCalendar
) -> DueDay:
    """Return when a duty for a period falls due (到期日).

    Args:
        period_end: Last day of the period.
        months_after: Months between the month of `period_end` and that of the due day.
        day: Day of that month; 0, or one behind its end, is its last day.
        is_workday: Whether a free day moves to the next workday.
        calendar: Workdays.
    """
    months = period_end.year * 12 + period_end.month - 1 + months_after
    year, month = divmod(months, 12)
    length = monthrange(year, month + 1)[1]
    named = date(year, month + 1, min(day, length) if day else length)
    if not is_workday:
        return DueDay(on=named, named=named)
    return calendar.workday_from(named)
