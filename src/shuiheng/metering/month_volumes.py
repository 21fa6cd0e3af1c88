"""The volume by time of a month of a meter, from what an engine keeps of the month and its neighbours.

An engine knows of each month its first and last reading, the longest gap and how many
intervals have no volume. Most months need no more: only where the ends of a month are
not read, or something lies inside that single intervals must tell, the readings are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from numpy.typing import NDArray

from shuiheng.metering.apportion import spread
from shuiheng.metering.civil_time import day_of, midnights_inside, month_after, start_of
from shuiheng.metering.intervals import interval_between, intervals_of
from shuiheng.metering.model import EVEN, Interval, IntervalRules, Meter, Profile, Reading, Volume
from shuiheng.metering.rule_arrays import Mask
from shuiheng.metering.tables import MISSING
from shuiheng.metering.volumes import Usage, volume

ProfileOn = Callable[[date], Profile]
"""Which profile lays an interval over time, by the day on which it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedProfile:
    """A profile that holds from a day until another, which is not part of it; None is without end."""

    first: date
    end: date | None
    profile: Profile


def always_even(_day: date) -> Profile:
    """Return the even profile, whatever the day."""
    return EVEN


def profile_held(held: Sequence[DatedProfile], day: date) -> Profile:
    """Return the profile of a day: of those that hold the one named first, else the even one."""
    for each in held:
        if each.first <= day and (each.end is None or day < each.end):
            return each.profile
    return EVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfMeter:
    """A month of a meter with its neighbouring readings.

    Args:
        begin: First day of the month.
        before: Last reading before it, None when there is none.
        readings: Its readings in order; of a plain month the first and the last suffice.
        behind: First reading behind it, None when there is none.
        plain_litres: Litres as read of a plain month, in which no interval that ends in it is unknown
            or longer than the grid allows; None where all readings must be looked at.
    """

    begin: date
    before: Reading | None
    readings: tuple[Reading, ...]
    behind: Reading | None
    plain_litres: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadRules:
    """By what intervals become volumes and lie over time.

    Args:
        rules: When a fall of a register is noise, and when a rollover.
        longest_seconds: Longest interval that counts as measured.
        profile_on: By which profile an interval is laid over time.
    """

    rules: IntervalRules
    longest_seconds: int
    profile_on: ProfileOn = always_even


def usage_by_profiles(intervals: Iterable[Interval], *, profile_on: ProfileOn, longest_seconds: int) -> Usage:
    """Return what intervals tell of the use of a meter, each laid by the profile of the day of its end.

    One within a day needs none: months and days do not divide it.
    """

    def profile_of(interval: Interval) -> Profile:
        first, last = interval.start.read_at, interval.end.read_at
        return profile_on(day_of(last)) if midnights_inside(first, last) else EVEN

    laid = (spread(each, profile_of(each)) for each in intervals)
    return Usage(spreads=tuple(each for each in laid if each is not None), longest_seconds=longest_seconds)


def uncut_months(months: Mapping[str, NDArray[Any]], longest_seconds: NDArray[Any]) -> Mask:
    """Return which months no interval crosses, all inside being measured: by time is then as read.

    One row per meter and month. Columns: start_at, end_at of the month; before_at and behind_at,
    the neighbouring readings, MISSING where there is none; last_at, its own last; unknown and gap as in
    tables.VOLUME. What lies before the first reading of a meter or behind its last is missing.
    """
    begins_clean = (months["before_at"] == months["start_at"]) | (months["before_at"] == MISSING)
    ends_clean = (months["last_at"] == months["end_at"]) | (months["behind_at"] == MISSING)
    is_uncut: Mask = begins_clean & ends_clean
    is_uncut &= (months["unknown"] == 0) & (months["gap"] <= longest_seconds)
    return is_uncut


def volume_by_time(meter: Meter, month: MonthOfMeter, *, spreading: SpreadRules) -> Volume:
    """Return the volume by time of a month, the same as over all readings of the meter."""
    start_at, end_at = start_of(month.begin), start_of(month_after(month.begin))
    if month.plain_litres is None or not month.readings:
        return _volume(meter, [month.before, *month.readings, month.behind], start_at, end_at, spreading)
    first, last = month.readings[0], month.readings[-1]
    lead = _volume(meter, [month.before, first], start_at, end_at, spreading)
    trail = _volume(meter, [last, month.behind], start_at, end_at, spreading)
    led_in = (
        0
        if month.before is None
        else _known(interval_between(meter, month.before, first, rules=spreading.rules))
    )
    litres = month.plain_litres - led_in
    seconds = last.read_at - first.read_at
    return replace(
        lead,
        measured_litres=lead.measured_litres + trail.measured_litres + litres,
        spread_litres=lead.spread_litres + trail.spread_litres,
        measured_seconds=lead.measured_seconds + trail.measured_seconds + seconds,
        spread_seconds=lead.spread_seconds + trail.spread_seconds,
        missing_seconds=lead.missing_seconds + trail.missing_seconds - lead.seconds - seconds,
        profiles=tuple(sorted({*lead.profiles, *trail.profiles})),
    )


def _known(interval: Interval) -> int:
    return interval.volume_litres or 0


def _volume(
    meter: Meter, readings: Sequence[Reading | None], start_at: int, end_at: int, spreading: SpreadRules
) -> Volume:
    known = [each for each in readings if each is not None]
    intervals = intervals_of(meter, known, spreading.rules)
    usage = usage_by_profiles(
        intervals, profile_on=spreading.profile_on, longest_seconds=spreading.longest_seconds
    )
    return volume(usage, start_at, end_at)
