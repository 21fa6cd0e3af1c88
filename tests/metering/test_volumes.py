"""Volumes of periods, as read and by time. Random histories: test_histories.py."""

from __future__ import annotations

from datetime import date

import pytest

from metering.histories import DAY, HOUR, RULES, at, reading
from shuiheng.metering.apportion import profile_of, spread_amount
from shuiheng.metering.errors import OrderError
from shuiheng.metering.intervals import intervals_of
from shuiheng.metering.model import Meter, Method, Reading, Rung, Volume
from shuiheng.metering.volumes import Usage, days, missing_in, months, usage_of, volume, with_estimates

WORKING = profile_of(name="works", hours=([0] * 8 + [3] * 10 + [1] * 6) * 5 + [0] * 48)


def _usage(*readings: Reading, longest: int | None = None) -> Usage:
    return usage_of(intervals_of(Meter(id="m1"), readings, RULES), longest_seconds=longest)


def _seconds(found: Volume) -> tuple[int, int, int, int]:
    return found.measured_seconds, found.spread_seconds, found.estimated_seconds, found.missing_seconds


MONTHLY = _usage(reading(5, 1_000), reading(40, 4_500), reading(71, 10_700))
"""3,500 L from 5 May to 9 June, 6,200 L to 10 July."""


def test_by_time_a_month_takes_its_days_of_an_irregular_reading() -> None:
    may, june = months(MONTHLY, date(2026, 5, 1), date(2026, 6, 30))
    assert (may.litres, june.litres) == (2_700, 8 * 100 + 22 * 200)
    assert _seconds(may) == (0, 27 * DAY, 0, 4 * DAY)
    assert _seconds(june) == (0, 30 * DAY, 0, 0)
    assert (june.method, june.profiles) == (Method.BY_TIME, ("even",))


def test_as_read_a_month_takes_whole_what_its_readings_closed() -> None:
    may, june = months(MONTHLY, date(2026, 5, 1), date(2026, 6, 30), method=Method.AS_READ)
    assert may.litres is None and _seconds(may) == (0, 0, 0, 31 * DAY)
    assert june.litres == 3_500 and _seconds(june) == (0, 8 * DAY, 0, 22 * DAY)
    assert june.profiles == ()


def test_a_reading_at_midnight_of_the_first_closes_the_month_before() -> None:
    usage = _usage(reading(1, 0), reading(32, 310))
    for method in Method:
        may, june = months(usage, date(2026, 5, 9), date(2026, 6, 1), method=method)
        assert may.litres == 310 and _seconds(may) == (31 * DAY, 0, 0, 0)
        assert june.litres is None and june.missing_seconds == 30 * DAY


def test_hours_within_a_day_are_measured_and_those_over_midnight_are_cut() -> None:
    usage = _usage(reading(1, 0), reading(1, 5, hour=23), reading(2, 25, hour=1), reading(3, 50))
    first, second = days(usage, date(2026, 5, 1), date(2026, 5, 2))
    assert (first.measured_litres, first.spread_litres) == (5, 10)
    assert _seconds(first) == (23 * HOUR, HOUR, 0, 0)
    assert (second.measured_litres, second.spread_litres) == (25, 10)


@pytest.mark.parametrize(("longest", "measured"), [(2 * HOUR, 2 * HOUR), (2 * HOUR - 1, 0), (None, 2 * HOUR)])
def test_an_interval_longer_than_the_grid_allows_is_spread(longest: int | None, measured: int) -> None:
    found = volume(_usage(reading(1, 0), reading(1, 9, hour=2), longest=longest), at(1), at(2))
    assert found.measured_seconds == measured and found.litres == 9


def test_an_interval_without_volume_is_missing_and_not_zero() -> None:
    usage = _usage(reading(1, 100), reading(2, 160), reading(3, 40), reading(4, 45))
    first, second, third = days(usage, date(2026, 5, 1), date(2026, 5, 3))
    assert (first.litres, second.litres, third.litres) == (60, None, 5)
    assert missing_in(usage, at(1) - 60, at(5)) == ((at(1) - 60, at(1)), (at(2), at(3)), (at(4), at(5)))


def test_a_period_without_time_is_refused() -> None:
    with pytest.raises(OrderError):
        volume(MONTHLY, at(2), at(2))


def test_the_profile_is_named_where_it_divided_something() -> None:
    readings = (reading(1, 0), reading(4, 300), reading(5, 360))
    usage = usage_of(intervals_of(Meter(id="m1"), readings, RULES), profile=WORKING)
    assert volume(usage, at(1), at(2)).profiles == ("works",)
    assert volume(usage, at(1), at(5)).profiles == ()
    assert volume(usage, at(1), at(2)).litres == 300


def test_estimates_fill_what_is_missing_and_change_nothing_that_is_measured() -> None:
    usage = _usage(reading(1, 0), reading(2, 240), reading(3, 100), reading(4, 300))
    estimate = spread_amount(50, start_at=at(2), end_at=at(3), rung=Rung.LINEAR)
    filled = volume(with_estimates(usage, [estimate]), at(1), at(4))
    bare = volume(usage, at(1), at(4))
    assert (filled.measured_litres, filled.measured_seconds) == (440, 2 * DAY)
    assert (bare.measured_litres, bare.measured_seconds) == (440, 2 * DAY)
    assert (filled.estimated_litres, filled.estimated_seconds, filled.rungs) == (50, DAY, (Rung.LINEAR,))
    assert (filled.litres, bare.litres, filled.missing_seconds) == (490, 440, 0)


def test_as_read_no_estimate_counts() -> None:
    usage = with_estimates(MONTHLY, [spread_amount(7, start_at=at(1), end_at=at(5), rung=Rung.LINEAR)])
    assert volume(usage, at(1), at(40), method=Method.AS_READ).litres == 3_500


def test_an_estimate_over_what_registers_tell_is_refused() -> None:
    with pytest.raises(OrderError):
        with_estimates(MONTHLY, [spread_amount(7, start_at=at(4), end_at=at(6), rung=Rung.LINEAR)])
