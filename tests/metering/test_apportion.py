"""How litres are divided."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metering.histories import DAY, HOUR, MAY, at
from shuiheng.metering.apportion import (
    apportion,
    litres_between,
    litres_until,
    profile_of,
    spread,
    spread_amount,
    weight_of,
)
from shuiheng.metering.civil_time import hour_of_week, month_index, start_of
from shuiheng.metering.errors import BadProfileError, OrderError
from shuiheng.metering.model import EVEN, Basis, Interval, Reading

WORKING = profile_of(name="works", hours=([0] * 8 + [3] * 10 + [1] * 6) * 5 + [0] * 48)
SUMMER = profile_of(name="summer", hours=range(168), months=[1] * 5 + [4, 5, 4] + [2] * 4)
PROFILES = st.sampled_from([EVEN, WORKING, SUMMER])


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, (1, 1, 1), (4, 3, 3)),
        (11, (1, 1, 1), (4, 4, 3)),
        (10, (1, 2), (3, 7)),
        (100, (1, 2, 3), (17, 33, 50)),
        (-10, (1, 1, 1), (-4, -3, -3)),
        (0, (5, 7), (0, 0)),
        (3, (0, 1, 0), (0, 3, 0)),
        (1, (2, 3), (0, 1)),
        (1, (3, 3), (1, 0)),
    ],
)
def test_parts_go_by_greatest_remainder_and_ties_to_the_earlier(
    total: int, weights: tuple[int, ...], parts: tuple[int, ...]
) -> None:
    assert apportion(total, weights) == parts


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=60).filter(any))
def test_parts_add_up_and_are_within_a_litre_of_their_share(total: int, weights: list[int]) -> None:
    parts = apportion(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part * sum(weights) - total * weight) < sum(weights)
        for part, weight in zip(parts, weights, strict=True)
    )


def test_a_reading_on_the_5th_and_one_on_the_9th_of_the_next_month_are_divided_by_days() -> None:
    """35 days, 3,500 L: May has 27 of them, June 8."""
    amount = spread_amount(3_500, start_at=at(5), end_at=at(40))
    june = start_of(date(2026, 6, 1))
    assert litres_between(amount, at(5), june) == 2_700
    assert litres_between(amount, june, at(40)) == 800
    assert [litres_between(amount, each, each + DAY) for each in range(at(5), at(40), DAY)] == [100] * 35


def test_the_profile_of_a_works_puts_nothing_on_its_weekend() -> None:
    """1 May 2026 is a Friday: a works of 36 weights a day works that day and the Monday."""
    amount = spread_amount(720, start_at=at(1), end_at=at(5), profile=WORKING)
    assert [litres_between(amount, at(day), at(day + 1)) for day in range(1, 5)] == [360, 0, 0, 360]
    assert litres_between(amount, at(1, 8), at(1, 18)) == 300
    assert amount.profile is WORKING


def test_weights_of_the_months_move_water_into_summer() -> None:
    hot = profile_of(name="hot", hours=[1] * 168, months=[1] * 5 + [3] * 3 + [1] * 4)
    amount = spread_amount(61 + 30 * 2, start_at=MAY, end_at=start_of(date(2026, 7, 1)), profile=hot)
    assert litres_between(amount, MAY, start_of(date(2026, 6, 1))) == 31


def test_where_the_profile_has_no_weight_the_amount_is_spread_evenly_and_says_so() -> None:
    amount = spread_amount(48, start_at=at(2), end_at=at(4), profile=WORKING)
    assert amount.profile is EVEN
    assert litres_between(amount, at(2), at(3)) == 24


def test_a_night_without_weight_inside_a_day_without_weight_is_divided_evenly() -> None:
    amount = spread_amount(-7, start_at=at(1, 20), end_at=at(3), profile=WORKING)
    assert litres_until(amount, at(2)) == -7
    assert litres_between(amount, at(2), at(3)) == 0


def test_an_interval_without_volume_has_no_spread() -> None:
    ends = {"start": Reading(read_at=at(1), register=5), "end": Reading(read_at=at(2), register=1)}
    assert spread(Interval(volume_litres=None, basis=Basis.FELL, **ends)) is None
    laid = spread(Interval(volume_litres=7, basis=Basis.MEASURED, **ends))
    assert laid is not None and (laid.start_at, laid.end_at, laid.litres) == (at(1), at(2), 7)


def test_an_amount_needs_time() -> None:
    with pytest.raises(OrderError):
        spread_amount(1, start_at=at(1), end_at=at(1))


@pytest.mark.parametrize(
    ("hours", "months"),
    [([1] * 167, [1] * 12), ([1] * 168, [1] * 11), ([0] * 168, [1] * 12), ([-1] + [1] * 167, [1] * 12)],
)
def test_a_profile_that_is_not_whole_is_refused(hours: list[int], months: list[int]) -> None:
    with pytest.raises(BadProfileError, match="odd"):
        profile_of(name="odd", hours=hours, months=months)


@given(PROFILES, st.integers(MAY, MAY + 80 * DAY), st.integers(0, 20 * HOUR))
@settings(max_examples=60, deadline=None)
def test_a_weight_is_the_sum_over_the_seconds(profile: object, start_at: int, seconds: int) -> None:
    chosen = profile if isinstance(profile, type(EVEN)) else EVEN
    slow = sum(
        chosen.hours[hour_of_week(each)] * chosen.months[month_index(each)]
        for each in range(start_at, start_at + seconds, 60)
    )
    aligned = start_at - start_at % 60
    fast = weight_of(chosen, aligned, aligned + len(range(start_at, start_at + seconds, 60)) * 60)
    assert fast == slow * 60


@given(
    PROFILES,
    st.integers(-1000, 10**7),
    st.integers(MAY, MAY + 40 * DAY),
    st.integers(1, 70 * DAY),
    st.lists(st.integers(MAY, MAY + 120 * DAY), max_size=12),
)
@settings(max_examples=200, deadline=None)
def test_any_cuts_divide_an_amount_without_loss(
    profile: object, litres: int, start_at: int, seconds: int, cuts: list[int]
) -> None:
    chosen = profile if isinstance(profile, type(EVEN)) else EVEN
    amount = spread_amount(litres, start_at=start_at, end_at=start_at + seconds, profile=chosen)
    edges = sorted({MAY, MAY + 120 * DAY, *cuts})
    parts = [litres_between(amount, a, b) for a, b in pairwise(edges)]
    assert sum(parts) == litres
    assert min(parts) >= 0 or litres < 0
