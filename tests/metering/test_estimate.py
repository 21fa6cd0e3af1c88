"""The ladder of estimates."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metering.histories import DAY, HOUR, RULES, at, history
from shuiheng.metering.apportion import Spread, litres_between, spread_amount
from shuiheng.metering.civil_time import start_of
from shuiheng.metering.estimate import EstimateRules, estimates_in, shaped
from shuiheng.metering.intervals import intervals_of
from shuiheng.metering.model import EVEN, Rung
from shuiheng.metering.volumes import Usage, days, usage_of, volume, with_estimates

LADDER = EstimateRules(
    linear_seconds=2 * HOUR, same_hours_seconds=7 * DAY, weeks=4, months=3, fewest_known=Fraction(1, 2)
)


def _hourly(first: int, last: int, *, litres: int = 10) -> list[Spread]:
    return [spread_amount(litres, start_at=each, end_at=each + HOUR) for each in range(first, last, HOUR)]


def _without(usage: list[Spread], start_at: int, end_at: int) -> Usage:
    kept = [each for each in usage if each.end_at <= start_at or each.start_at >= end_at]
    return Usage(spreads=tuple(kept), longest_seconds=2 * HOUR)


def _one(usage: Usage, start_at: int, end_at: int) -> Spread:
    (found,) = estimates_in(usage, start_at, end_at, rules=LADDER)
    return found


@pytest.mark.parametrize(
    ("hours", "rung", "litres"), [(1, Rung.LINEAR, 15), (2, Rung.LINEAR, 30), (3, Rung.SAME_HOURS, 30)]
)
def test_up_to_two_hours_lie_between_the_flows_before_and_behind(hours: int, rung: Rung, litres: int) -> None:
    gap = at(40, 6), at(40, 6 + hours)
    usage = _without([*_hourly(at(1), gap[0]), *_hourly(gap[1], at(50), litres=20)], *gap)
    found = _one(usage, at(40), at(41))
    assert (found.rung, found.litres, found.start_at, found.end_at) == (rung, litres, *gap)


def test_up_to_a_week_each_hour_is_the_mean_of_that_hour_of_four_weeks() -> None:
    """The hour from 08:00 took 40 L on each of the four Wednesdays before, all others 10 L."""
    gap = at(36), at(37)
    base = _hourly(at(1), at(60))
    for week in range(1, 5):
        begin = at(36 - 7 * week, 8)
        base = [each for each in base if each.start_at != begin]
        base.append(spread_amount(40, start_at=begin, end_at=begin + HOUR))
    usage = _without(sorted(base, key=lambda each: each.start_at), *gap)
    found = _one(usage, *gap)
    assert (found.rung, found.litres) == (Rung.SAME_HOURS, 23 * 10 + 40)


def test_the_mean_takes_only_weeks_that_are_told() -> None:
    gap = at(36), at(37)
    told = [*_hourly(at(22), at(23), litres=30), *_hourly(at(29), at(30)), *_hourly(at(35), at(36))]
    usage = _without(told, *gap)
    assert _one(usage, *gap).litres == 24 * 20


@pytest.mark.parametrize(("days_", "rung"), [(7, Rung.SAME_HOURS), (8, Rung.THREE_MONTHS)])
def test_a_gap_of_more_than_a_week_climbs_on(days_: int, rung: Rung) -> None:
    gap = at(100), at(100 + days_)
    usage = _without(_hourly(at(1), at(120)), *gap)
    found = _one(usage, at(90), at(119))
    assert (found.rung, found.litres) == (rung, 240 * days_)


def _two_years() -> list[Spread]:
    """Days of 100 L in 2025 and of 150 L in 2026; June 2025 had 200 L a day."""
    made = []
    for ordinal in range(date(2025, 1, 1).toordinal(), date(2026, 9, 1).toordinal()):
        day = date.fromordinal(ordinal)
        litres = 150 if day.year == 2026 else 200 if day.month == 6 else 100
        made.append(spread_amount(litres, start_at=start_of(day), end_at=start_of(day) + DAY))
    return made


def test_a_long_gap_takes_the_month_of_the_year_before_times_the_trend() -> None:
    """March to May rose from 100 to 150 L a day, so June is 200 x 1.5 = 300 L a day."""
    gap = start_of(date(2026, 6, 5)), start_of(date(2026, 6, 25))
    found = _one(_without(_two_years(), *gap), *gap)
    assert (found.rung, found.litres) == (Rung.SAME_MONTH, 20 * 300)
    over = start_of(date(2026, 6, 21)), start_of(date(2026, 7, 11))
    found = _one(_without(_two_years(), *over), *over)
    assert found.litres == 10 * 300 + 10 * 150
    assert litres_between(found, over[0], over[0] + DAY) == 300


def test_without_the_year_before_three_months_are_meant() -> None:
    begin = start_of(date(2026, 6, 5))
    usage = _without(
        [each for each in _two_years() if each.start_at > start_of(date(2026, 1, 1))], begin, at(150)
    )
    found = _one(usage, begin, begin + 20 * DAY)
    assert (found.rung, found.litres) == (Rung.THREE_MONTHS, 20 * 150)


def test_where_every_rung_lacks_its_ground_the_time_stays_missing() -> None:
    usage = Usage(spreads=(spread_amount(5, start_at=at(1), end_at=at(2)),))
    assert estimates_in(usage, at(2), at(30), rules=LADDER) == ()
    assert estimates_in(Usage(spreads=()), at(1), at(2), rules=LADDER) == ()


@pytest.mark.parametrize(("told", "is_enough"), [(46, True), (45, False)])
def test_three_months_need_half_of_their_time(told: int, is_enough: bool) -> None:
    """From 1 May to 31 July are 92 days."""
    end = start_of(date(2026, 8, 1))
    usage = Usage(spreads=tuple(_hourly(end - told * DAY, end)))
    assert bool(estimates_in(usage, end, end + 9 * DAY, rules=LADDER)) is is_enough


def test_a_gap_is_estimated_whole_so_that_months_agree_with_the_year() -> None:
    gap = at(29, 5), at(34, 7)
    usage = _without(_hourly(at(1) - 40 * DAY, at(60)), *gap)
    may = estimates_in(usage, at(1), at(32), rules=LADDER)
    assert may == estimates_in(usage, at(1), at(50), rules=LADDER)
    assert (may[0].start_at, may[0].end_at) == gap


def test_the_true_register_takes_the_place_of_the_estimate_and_keeps_its_shape() -> None:
    """Estimated 24 h x 10 L a day but 40 L more on the second day; the register says twice as much."""
    base = _hourly(at(1), at(60))
    for week in range(1, 5):
        begin = at(37 - 7 * week, 8)
        base = [each for each in base if each.start_at != begin]
        base.append(spread_amount(50, start_at=begin, end_at=begin + HOUR))
    gap = at(36), at(39)
    bare = _without(sorted(base, key=lambda each: each.start_at), *gap)
    estimate = _one(bare, *gap)
    assert [litres_between(estimate, at(day), at(day + 1)) for day in (36, 37, 38)] == [240, 280, 240]
    true = spread_amount(1_520, start_at=gap[0], end_at=gap[1])
    known = Usage(
        spreads=tuple(sorted((*bare.spreads, true), key=lambda each: each.start_at)), longest_seconds=2 * HOUR
    )
    laid = shaped(known, LADDER)
    found = days(laid, date(2026, 6, 5), date(2026, 6, 7))
    assert [each.litres for each in found] == [480, 560, 480]
    assert {each.profiles for each in found} == {("shape-E2",)}
    assert estimates_in(laid, *gap, rules=LADDER) == ()


def test_without_a_longest_gap_nothing_is_shaped_anew() -> None:
    usage = Usage(spreads=(spread_amount(70, start_at=at(1), end_at=at(9)),))
    assert shaped(usage, LADDER) is usage
    tight = Usage(spreads=usage.spreads, longest_seconds=HOUR)
    assert shaped(tight, LADDER).spreads == usage.spreads


@given(st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_estimates_never_change_what_is_measured_and_shapes_telescope(seed: int) -> None:
    made, rng = history(seed), random.Random(seed)  # noqa: S311  no secrets
    usage = usage_of(intervals_of(made.meter, made.readings, RULES), profile=EVEN, longest_seconds=2 * HOUR)
    start_at = rng.randrange(at(1), at(90))
    end_at = start_at + rng.randrange(1, 90 * DAY)
    filled = with_estimates(usage, estimates_in(usage, start_at, end_at, rules=LADDER))
    bare, full = volume(usage, start_at, end_at), volume(filled, start_at, end_at)
    assert (bare.measured_litres, bare.spread_litres) == (full.measured_litres, full.spread_litres)
    assert (bare.measured_seconds, bare.spread_seconds) == (full.measured_seconds, full.spread_seconds)
    assert full.estimated_seconds + full.missing_seconds == bare.missing_seconds
    assert full.estimated_litres >= 0
    laid = shaped(usage, LADDER)
    assert [each.litres for each in laid.spreads] == [each.litres for each in usage.spreads]
    assert all(min(a.cuts) == min(b.cuts) for a, b in zip(laid.spreads, usage.spreads, strict=True))
