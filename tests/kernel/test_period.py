"""Periods of the civil calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.kernel.period import Period, periods_of_months, weeks


def test_half_years_end_in_june_and_december() -> None:
    found = list(periods_of_months(6, first=date(2026, 1, 1), last=date(2026, 12, 31)))
    assert found == [
        Period(date(2026, 1, 1), date(2026, 6, 30)),
        Period(date(2026, 7, 1), date(2026, 12, 31)),
    ]


def test_a_period_belongs_to_the_stretch_in_which_it_ends() -> None:
    found = list(periods_of_months(12, first=date(2025, 12, 31), last=date(2026, 12, 30)))
    assert [each.last for each in found] == [date(2025, 12, 31)]


def test_a_year_has_no_whole_periods_of_five_months() -> None:
    with pytest.raises(ValueError, match="5 months"):
        list(periods_of_months(5, first=date(2026, 1, 1), last=date(2026, 12, 31)))


def test_weeks_run_from_monday_to_sunday() -> None:
    found = list(weeks(first=date(2026, 5, 1), last=date(2026, 5, 17)))
    assert [each.last for each in found] == [date(2026, 5, 3), date(2026, 5, 10), date(2026, 5, 17)]
    assert all(each.first.weekday() == 0 for each in found)


@given(
    st.sampled_from([1, 2, 3, 4, 6, 12]), st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 900)
)
def test_periods_follow_each_other_without_gap(length: int, first: date, days: int) -> None:
    found = list(periods_of_months(length, first=first, last=first + timedelta(days=days)))
    for before, after in pairwise(found):
        assert after.first == before.last + timedelta(days=1)
    assert all(first <= each.last <= first + timedelta(days=days) for each in found)
