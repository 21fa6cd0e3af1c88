"""Workdays with holidays and make-up days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.kernel.workday import EndlessHolidayError, WorkdayCalendar, due_day

CALENDAR = WorkdayCalendar(
    first=date(2026, 1, 1),
    last=date(2026, 12, 31),
    holidays=frozenset({date(2026, 5, day) for day in range(1, 6)}),
    workdays=frozenset({date(2026, 5, 9)}),
)


def test_a_holiday_is_free_and_a_make_up_saturday_is_worked() -> None:
    assert not CALENDAR.is_workday(date(2026, 5, 4))  # a Monday
    assert CALENDAR.is_workday(date(2026, 5, 9))  # a Saturday
    assert not CALENDAR.is_workday(date(2026, 5, 10))
    assert CALENDAR.is_workday(date(2026, 5, 11))


def test_a_due_day_on_a_holiday_moves_to_the_next_workday() -> None:
    due = due_day(date(2026, 4, 30), months_after=1, day=1, is_workday=True, calendar=CALENDAR)
    assert (due.on, due.named, due.is_provisional) == (date(2026, 5, 6), date(2026, 5, 1), False)


def test_a_due_day_that_does_not_move_stays_on_the_holiday() -> None:
    due = due_day(date(2026, 4, 30), months_after=1, day=1, is_workday=False, calendar=CALENDAR)
    assert due.on == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("end", "months", "day", "on"),
    [
        (date(2026, 6, 30), 1, 15, date(2026, 7, 15)),
        (date(2025, 12, 31), 2, 0, date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2025, 12, 31), 2, 31, date(2026, 3, 2)),
        (date(2026, 3, 31), 0, 0, date(2026, 3, 31)),
    ],
)
def test_the_due_day_stands_in_the_month_that_the_rule_names(
    end: date, months: int, day: int, on: date
) -> None:
    assert due_day(end, months_after=months, day=day, is_workday=True, calendar=CALENDAR).on == on


def test_beyond_the_table_a_due_day_is_provisional() -> None:
    last = due_day(date(2026, 12, 31), months_after=0, day=31, is_workday=True, calendar=CALENDAR)
    after = due_day(date(2026, 12, 31), months_after=1, day=1, is_workday=True, calendar=CALENDAR)
    assert not last.is_provisional
    assert after.is_provisional
    assert after.on == date(2027, 1, 1)  # a Friday: by weekends alone it is worked


def test_a_table_without_workdays_is_refused() -> None:
    free = frozenset(date(2026, 1, 1) + timedelta(days=offset) for offset in range(60))
    calendar = WorkdayCalendar(first=date(2026, 1, 1), last=date(2026, 12, 31), holidays=free)
    with pytest.raises(EndlessHolidayError, match="2026-01-01"):
        calendar.workday_from(date(2026, 1, 1))


@given(st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.integers(0, 14), st.integers(0, 31))
def test_a_due_day_is_a_workday_not_before_the_day_that_is_named(end: date, months: int, day: int) -> None:
    due = due_day(end, months_after=months, day=day, is_workday=True, calendar=CALENDAR)
    assert CALENDAR.is_workday(due.on)
    assert due.named <= due.on <= due.named + timedelta(days=7)
    distance = (due.named.year - end.year) * 12 + due.named.month - end.month
    assert distance == months
