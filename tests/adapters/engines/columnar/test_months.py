"""Months and days as numbers."""

from __future__ import annotations

from datetime import date

from shuiheng.adapters.engines.columnar.months import (
    day_number,
    day_of_instant,
    days_in,
    first_day,
    month_number,
    month_of_day,
    month_of_instant,
)
from shuiheng.metering.civil_time import start_of


def test_months_count_from_1970() -> None:
    assert month_number(date(1970, 1, 31)) == 0 and month_number(date(2025, 3, 1)) == 662
    assert first_day(662) == day_number(date(2025, 3, 1)) and days_in(661) == 28
    assert month_of_day(day_number(date(2025, 2, 28))) == 661


def test_midnight_closes_the_day_and_the_month_before() -> None:
    midnight = start_of(date(2025, 3, 1))
    assert day_of_instant(midnight) == day_number(date(2025, 2, 28))
    assert day_of_instant(midnight + 1) == day_number(date(2025, 3, 1))
    assert month_of_instant(midnight) == 661 and month_of_instant(midnight + 1) == 662
