"""Doubts about a filed register follow from the interval that it ends and from the months beside it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.records.models import SettledMonth
from shuiheng.metering.civil_time import DAY, end_of, start_of
from shuiheng.metering.model import Meter, Reading, Register
from shuiheng.services.readings.filed_register import Neighbours
from shuiheng.services.readings.filing_checks import MonthsBeside, doubts_of, use_since

SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
MODULUS = 10_000_000_000
METER = Meter(id="1", register=Register(modulus_litres=MODULUS, greatest_flow_l_h=100_000))
UNKNOWN = MonthsBeside(last=None, year=None)


def _settled(litres: int) -> SettledMonth:
    return SettledMonth(by_time_litres=litres, measured_seconds=31 * DAY, spread_seconds=0)


def _beside(register: int, later: int | None = None) -> Neighbours:
    after = None if later is None else Reading(read_at=end_of(OCTOBER) + 9 * DAY, register=later)
    return Neighbours(before=Reading(read_at=end_of(SEPTEMBER), register=register), after=after)


def _codes(
    before: int, filed: int, *, later: int | None = None, last: int | None = None, year: int | None = None
) -> list[str]:
    months = MonthsBeside(
        last=None if last is None else _settled(last), year=None if year is None else _settled(year)
    )
    register = Reading(read_at=end_of(OCTOBER), register=filed)
    return [
        each.code.removeprefix("filing.")
        for each in doubts_of(METER, _beside(before, later), register, months=months)
    ]


@pytest.mark.parametrize(
    ("last", "year", "volume", "codes"),
    [
        (1_000_000, 1_500_000, 3_000_000, []),  # twice the higher of both is not above it
        (1_000_000, 1_500_000, 3_000_001, ["far_above"]),
        (1_000_000, None, 2_000_001, ["far_above"]),
        (None, None, 9_000_000, []),
        (1_000_000, 1_500_000, 500_000, []),
        (1_000_000, 1_500_000, 499_999, ["far_below"]),
        (1_000_000, 1_500_000, 0, ["no_use"]),
        (9_000, None, 0, []),  # 9 m³ are not asked about
        (4_000, None, 13_999, []),
        (0, 0, 0, []),
    ],
)
def test_use_is_held_against_both_months(
    last: int | None, year: int | None, volume: int, codes: list[str]
) -> None:
    assert _codes(50_000_000, 50_000_000 + volume, last=last, year=year) == codes


def test_the_plainest_doubt_stands_alone() -> None:
    assert _codes(50_000_000, 5_000_000, last=1_000_000) == ["unit_jump"]
    assert _codes(50_000_000, 30_000_000, last=1_000_000) == ["register_fell"]
    assert _codes(50_000_000, MODULUS) == ["beyond_digits"]
    assert _codes(50_000_000, MODULUS - 1) == ["too_much"]
    assert _codes(MODULUS - 1_000_000, 1_000_000) == ["rolled_over"]


def test_a_later_reading_that_is_lower_is_doubtful() -> None:
    assert _codes(50_000_000, 51_000_000, later=50_500_000) == ["above_later"]
    assert _codes(50_000_000, 51_000_000, later=51_000_000) == []


def test_a_first_register_is_not_doubtful_and_tells_no_use() -> None:
    nothing = Neighbours(before=None, after=None)
    filed = Reading(read_at=end_of(OCTOBER), register=7)
    assert doubts_of(METER, nothing, filed, months=UNKNOWN) == []
    assert use_since(METER, nothing, filed) is None


@given(st.integers(0, MODULUS - 1), st.integers(0, MODULUS - 1))
def test_use_is_that_of_the_register_or_not_known(before: int, filed: int) -> None:
    beside = _beside(before)
    use = use_since(METER, beside, Reading(read_at=end_of(OCTOBER), register=filed))
    assert use is not None and Fraction(use.days) == 31
    assert use.litres is None or (use.litres - (filed - before)) % MODULUS == 0
    assert use.since == end_of(SEPTEMBER) == start_of(date(2026, 10, 1))
