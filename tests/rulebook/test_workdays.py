"""The workday table that the rulebook ships."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from shuiheng.adapters.rulebook import load_workdays


@pytest.mark.parametrize("year", range(2020, 2027))
def test_every_year_has_the_spring_festival_and_the_national_day_off(year: int) -> None:
    calendar = load_workdays()
    assert not calendar.is_workday(date(year, 10, 1))
    free = [day for day in range(1, 29) if not calendar.is_workday(date(year, 2, day))]
    assert len(free) >= 8


@pytest.mark.nightly
def test_from_december_on_the_table_holds_the_next_year() -> None:
    today = datetime.now(UTC).date()
    assert load_workdays().last.year >= today.year + (today.month == 12), (
        "Enter the notice for the next year in rulebook/calendar/workdays.yaml."
    )
