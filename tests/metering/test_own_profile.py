"""A user's own profile is the mean of its hours, and none where too little of them is told."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.metering.civil_time import HOUR, WEEK
from shuiheng.metering.model import HOURS_OF_WEEK
from shuiheng.metering.own_profile import own_profile

MONDAY = 4 * 86_400 - 8 * HOUR  # 1970-01-05 00:00 in Asia/Shanghai
HALF = Fraction(1, 2)


def _hours(weeks: int, litres: list[int]) -> dict[int, int]:
    return {MONDAY + at * HOUR: litres[at % len(litres)] for at in range(weeks * HOURS_OF_WEEK)}


def test_the_weight_of_an_hour_is_the_mean_of_its_litres() -> None:
    first, second = [8] + [2] * 167, [4] + [2] * 167
    hours = _hours(1, first) | {at + WEEK: litres for at, litres in _hours(1, second).items()}
    profile = own_profile("user:7", hours, seconds=2 * WEEK, fewest_told=HALF)
    assert profile is not None and profile.id == "user:7"
    assert profile.hours[:2] == (6, 2) and profile.months == (1,) * 12


def test_months_keep_the_weights_that_they_are_given() -> None:
    months = list(range(1, 13))
    profile = own_profile("u", _hours(1, [3]), seconds=WEEK, fewest_told=HALF, months=months)
    assert profile is not None and profile.months == tuple(months)


def test_too_few_hours_an_hour_that_is_never_told_and_no_use_give_none() -> None:
    whole = _hours(2, [5])
    sunday = MONDAY + 167 * HOUR
    gap = {at: litres for at, litres in whole.items() if (at - sunday) % WEEK}
    few = dict(list(whole.items())[:160])
    for hours in (few, gap, _hours(2, [0]), _hours(2, [-4])):
        assert own_profile("u", hours, seconds=2 * WEEK, fewest_told=HALF) is None


@given(litres=st.lists(st.integers(0, 10_000), min_size=168, max_size=168), weeks=st.integers(1, 3))
def test_weeks_that_are_alike_give_the_litres_themselves(litres: list[int], weeks: int) -> None:
    profile = own_profile("u", _hours(weeks, litres), seconds=weeks * WEEK, fewest_told=Fraction(1))
    assert (None if profile is None else list(profile.hours)) == (litres if any(litres) else None)
