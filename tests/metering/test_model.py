"""Nouns of metering."""

from __future__ import annotations

import pytest

from metering.histories import at
from shuiheng.metering.errors import BadRegisterError
from shuiheng.metering.model import EVEN, Basis, Interval, Method, Reading, Register, Volume, register_of


def test_a_register_of_five_digits_of_cubic_metres_rolls_over_at_a_hundred_million_litres() -> None:
    assert register_of(digits=5, step_litres=1000) == Register(modulus_litres=100_000_000, step_litres=1000)


def test_a_register_without_digits_never_rolls_over() -> None:
    assert register_of(multiplier=10).modulus_litres is None


@pytest.mark.parametrize("fault", ["digits", "step_litres", "multiplier", "greatest_flow_l_h"])
def test_a_register_needs_numbers_from_one(fault: str) -> None:
    assert register_of(**{fault: 1})
    with pytest.raises(BadRegisterError, match=f"{fault} is 0"):
        register_of(**{fault: 0})


def test_an_interval_lasts_from_reading_to_reading() -> None:
    ends = Reading(read_at=at(1), register=0), Reading(read_at=at(2, 1), register=0)
    assert Interval(start=ends[0], end=ends[1], volume_litres=0, basis=Basis.MEASURED).seconds == 25 * 3600


def test_nothing_known_is_not_zero_and_zero_is_a_measurement() -> None:
    day = Volume(start_at=at(1), end_at=at(2), method=Method.BY_TIME)
    assert day.litres is None and day.seconds == 86400
    known = Volume(start_at=at(1), end_at=at(2), method=Method.BY_TIME, measured_seconds=1)
    assert known.litres == 0


def test_the_litres_of_a_volume_are_those_measured_spread_and_estimated() -> None:
    mixed = Volume(
        start_at=at(1),
        end_at=at(2),
        method=Method.BY_TIME,
        measured_litres=5,
        spread_litres=30,
        estimated_litres=200,
        estimated_seconds=1,
    )
    assert mixed.litres == 235


def test_the_even_profile_weighs_all_hours_and_months_alike() -> None:
    assert set(EVEN.hours) | set(EVEN.months) == {1}
    assert (len(EVEN.hours), len(EVEN.months)) == (168, 12)
