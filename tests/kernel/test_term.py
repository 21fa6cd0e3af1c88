"""Terms of law and the days on which they end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.kernel.term import Term, TermUnit, same_day, term_end
from shuiheng.kernel.workday import WorkdayCalendar

CALENDAR = WorkdayCalendar(
    first=date(2026, 1, 1),
    last=date(2026, 12, 31),
    holidays=frozenset({date(2026, 10, day) for day in range(1, 8)}),
    workdays=frozenset({date(2026, 10, 10)}),
)


@pytest.mark.parametrize(
    ("start", "count", "unit", "on"),
    [
        (date(2026, 3, 2), 20, TermUnit.WORKDAYS, date(2026, 3, 30)),
        (date(2026, 9, 30), 1, TermUnit.WORKDAYS, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, TermUnit.WORKDAYS, date(2026, 10, 10)),  # a Saturday that is worked
        (date(2026, 3, 7), 1, TermUnit.WORKDAYS, date(2026, 3, 9)),  # from a Saturday
        (date(2026, 3, 2), 5, TermUnit.DAYS, date(2026, 3, 9)),  # the 7th is a Saturday
        (date(2026, 3, 2), 4, TermUnit.DAYS, date(2026, 3, 6)),
        (date(2026, 8, 31), 1, TermUnit.MONTHS, date(2026, 9, 30)),  # no 31st of September
        (date(2026, 9, 1), 1, TermUnit.MONTHS, date(2026, 10, 8)),  # the 1st to 7th are free
        (date(2024, 2, 29), 2, TermUnit.YEARS, date(2026, 3, 2)),  # the 28th is a Saturday
        (date(2026, 3, 3), 0, TermUnit.WORKDAYS, date(2026, 3, 3)),
    ],
)
def test_a_term_ends_on_the_day_that_the_civil_code_gives(
    start: date, count: int, unit: TermUnit, on: date
) -> None:
    assert term_end(start, Term(count=count, unit=unit), calendar=CALENDAR).on == on


def test_a_term_that_leaves_the_table_of_workdays_is_provisional() -> None:
    twenty = Term(count=20, unit=TermUnit.WORKDAYS)
    assert term_end(date(2026, 12, 21), twenty, calendar=CALENDAR).is_provisional
    assert not term_end(date(2026, 11, 2), twenty, calendar=CALENDAR).is_provisional


def test_months_end_on_the_same_day_whether_it_is_worked_or_not() -> None:
    assert same_day(date(2026, 9, 1), Term(count=1, unit=TermUnit.MONTHS)) == date(2026, 10, 1)


@given(st.dates(date(2026, 1, 5), date(2026, 6, 30)), st.integers(0, 40))
def test_so_many_workdays_lie_behind_the_start(start: date, count: int) -> None:
    end = term_end(start, Term(count=count, unit=TermUnit.WORKDAYS), calendar=CALENDAR).on
    days = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(CALENDAR.is_workday(day) for day in days) == count


def test_a_term_below_nothing_and_workdays_without_a_calendar_are_refused() -> None:
    with pytest.raises(ValueError, match="is none"):
        term_end(date(2026, 3, 2), Term(count=-1, unit=TermUnit.DAYS), calendar=CALENDAR)
    with pytest.raises(ValueError, match="call term_end"):
        same_day(date(2026, 3, 2), Term(count=1, unit=TermUnit.WORKDAYS))
