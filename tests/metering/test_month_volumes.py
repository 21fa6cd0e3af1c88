"""Months by time: the short way over the ends of a month gives what all readings give."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.engines.columnar.worlds import RULES, random_world
from shuiheng.metering.apportion import profile_of, spread
from shuiheng.metering.blocks import EMPTY, as_read_litres, block_of, join
from shuiheng.metering.civil_time import HOUR, day_of, month_after, start_of
from shuiheng.metering.intervals import intervals_of
from shuiheng.metering.model import HOURS_OF_WEEK, Meter, Profile, Reading, Volume
from shuiheng.metering.month_volumes import (
    DatedProfile,
    MonthOfMeter,
    SpreadRules,
    profile_held,
    uncut_months,
    volume_by_time,
)
from shuiheng.metering.tables import MISSING
from shuiheng.metering.versions import effective_readings
from shuiheng.metering.volumes import Usage, volume

BUSY = profile_of(name="busy", hours=[each % 5 for each in range(HOURS_OF_WEEK)])


def _profile_on(day: date) -> Profile:
    return BUSY if day.day % 2 else SpreadRules(rules=RULES, longest_seconds=0).profile_on(day)


def _over_all(meter: Meter, readings: tuple[Reading, ...], begin: date, spreading: SpreadRules) -> Volume:
    """Return the volume of a month over all readings of a meter."""
    laid = [
        spread(each, spreading.profile_on(day_of(each.end.read_at)))
        for each in intervals_of(meter, readings, RULES)
    ]
    usage = Usage(
        spreads=tuple(each for each in laid if each is not None), longest_seconds=spreading.longest_seconds
    )
    return volume(usage, start_of(begin), start_of(month_after(begin)))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), longest=st.sampled_from([HOUR, 2 * HOUR, 40 * HOUR]))
def test_the_ends_of_a_plain_month_and_its_volume_as_read_suffice(seed: int, longest: int) -> None:
    world = random_world(seed, meters=2, days=4)
    spreading = SpreadRules(rules=RULES, longest_seconds=longest, profile_on=_profile_on)
    for id_, meter in world.meters.items():
        readings = effective_readings(world.versions(id_))
        by_month = defaultdict(list)
        for reading in readings:
            by_month[day_of(reading.read_at).replace(day=1)].append(reading)
        before = EMPTY
        for begin in sorted(by_month):
            own = by_month[begin]
            block = block_of(meter, own, RULES)
            whole = join(meter, before, block, rules=RULES)
            lead = 0 if before.last is None else own[0].read_at - before.last.read_at
            is_plain = whole.unknown == before.unknown and max(block.longest_gap_seconds, lead) <= longest
            litres = as_read_litres(meter, before, block, rules=RULES)
            month = MonthOfMeter(
                begin=begin,
                before=before.last,
                readings=(own[0], own[-1]) if is_plain and litres is not None else tuple(own),
                behind=next((each for each in readings if each.read_at > own[-1].read_at), None),
                plain_litres=litres if is_plain else None,
            )
            found = volume_by_time(meter, month, spreading=spreading)
            assert found == _over_all(meter, readings, begin, spreading)
            before = whole


def test_a_month_without_readings_has_its_part_of_the_interval_over_it() -> None:
    meter = Meter(id="1")
    before = Reading(read_at=start_of(date(2025, 1, 31)), register=0)
    behind = Reading(read_at=start_of(date(2025, 3, 2)), register=300)
    spreading = SpreadRules(rules=RULES, longest_seconds=HOUR)
    month = MonthOfMeter(begin=date(2025, 2, 1), before=before, readings=(), behind=behind)
    found = volume_by_time(meter, month, spreading=spreading)
    assert (found.litres, found.spread_seconds, found.missing_seconds) == (280, 28 * 86400, 0)  # 10 a day
    assert found.profiles == ("even",)


def test_a_month_with_one_reading_and_no_neighbour_is_unknown_and_not_zero() -> None:
    own = Reading(read_at=start_of(date(2025, 2, 3)), register=5)
    month = MonthOfMeter(begin=date(2025, 2, 1), before=None, readings=(own,), behind=None)
    found = volume_by_time(Meter(id="1"), month, spreading=SpreadRules(rules=RULES, longest_seconds=HOUR))
    assert found.litres is None and found.missing_seconds == 28 * 86400


def test_a_month_is_uncut_only_when_no_interval_crosses_its_ends_and_none_is_long_or_unknown() -> None:
    columns = {
        "start_at": np.zeros(8, np.int64),
        "before_at": np.array([0, -1, MISSING, 0, 0, 0, 0, MISSING]),
        "end_at": np.full(8, 100),
        "last_at": np.array([100, 100, 100, 99, 99, 100, 100, 50]),
        "behind_at": np.array([110, 110, 110, 110, MISSING, 110, 110, MISSING]),
        "unknown": np.array([0, 0, 0, 0, 0, 1, 0, 0]),
        "gap": np.array([10, 10, 10, 10, 10, 10, 11, 10]),
    }
    found = uncut_months(columns, np.full(8, 10)).tolist()
    assert found == [True, False, True, False, True, False, False, True]


def test_of_the_profiles_that_hold_on_a_day_the_one_named_first_counts() -> None:
    own = DatedProfile(first=date(2025, 2, 1), end=date(2025, 3, 1), profile=BUSY)
    night = profile_of(name="night", hours=[1] + [0] * (HOURS_OF_WEEK - 1))
    of_class = DatedProfile(first=date(2025, 1, 1), end=None, profile=night)
    days = [date(2024, 12, 31), date(2025, 1, 31), date(2025, 2, 1), date(2025, 2, 28), date(2025, 3, 1)]
    found = [profile_held([own, of_class], day).id for day in days]
    assert found == ["even", "night", "busy", "busy", "night"]
