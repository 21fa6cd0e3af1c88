"""What must hold for any history of a meter: the definition that every engine is compared with."""

from __future__ import annotations

import random
from datetime import date
from functools import reduce
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metering.histories import DAY, HOUR, MAY, RULES, History, history
from shuiheng.metering.apportion import profile_of
from shuiheng.metering.blocks import EMPTY, as_read_litres, block_of, join, joined
from shuiheng.metering.civil_time import start_of
from shuiheng.metering.intervals import intervals_of
from shuiheng.metering.model import EVEN, Block, Method, Profile, Volume
from shuiheng.metering.versions import effective_readings
from shuiheng.metering.volumes import Usage, days, months, usage_of, volume

FIRST, LAST = date(2026, 5, 1), date(2026, 12, 31)
WORKING = profile_of(name="works", hours=([0] * 8 + [3] * 10 + [1] * 6) * 5 + [0] * 48)
SUMMER = profile_of(
    name="summer", hours=[1 + hour % 24 for hour in range(168)], months=[1] * 5 + [4, 5, 4] + [2] * 4
)
SEEDS = st.integers(0, 2**32)


def _usage(made: History, profile: Profile) -> Usage:
    return usage_of(intervals_of(made.meter, made.readings, RULES), profile=profile, longest_seconds=2 * HOUR)


def _check_versions(made: History, rng: random.Random) -> None:
    shuffled = list(made.versions) + rng.choices(made.versions, k=5)
    rng.shuffle(shuffled)
    assert effective_readings(shuffled) == effective_readings(made.versions) == made.readings


def _check_intervals(made: History) -> None:
    assert [each.volume_litres for each in intervals_of(made.meter, made.readings, RULES)] == list(
        made.passed
    )


def _check_blocks(made: History, rng: random.Random) -> None:
    cuts = sorted(rng.sample(range(len(made.readings) + 1), k=min(4, len(made.readings) + 1)))
    runs = [made.readings[a:b] for a, b in pairwise([0, *cuts, len(made.readings)])]
    blocks = [block_of(made.meter, run, RULES) for run in runs]
    whole = block_of(made.meter, made.readings, RULES)

    def two(left: Block, right: Block) -> Block:
        return join(made.meter, left, right, rules=RULES)

    assert joined(made.meter, blocks, RULES) == whole
    assert reduce(lambda right, left: two(left, right), reversed(blocks), EMPTY) == whole
    assert whole.known_litres == sum(litres or 0 for litres in made.passed)
    assert whole.unknown == made.passed.count(None)


def _sums(volumes: tuple[Volume, ...]) -> tuple[int, int, int]:
    return (
        sum(each.measured_litres + each.spread_litres for each in volumes),
        sum(each.measured_seconds + each.spread_seconds for each in volumes),
        sum(each.missing_seconds for each in volumes),
    )


def _check_volumes(made: History, profile: Profile, rng: random.Random) -> None:
    usage = _usage(made, profile)
    by_day, by_month = days(usage, FIRST, LAST), months(usage, FIRST, LAST)
    start_at, end_at = by_day[0].start_at, by_day[-1].end_at
    cuts = sorted({start_at, end_at, *(rng.randrange(start_at, end_at) for _ in range(9))})
    anyhow = tuple(volume(usage, a, b) for a, b in pairwise(cuts))
    year = (volume(usage, start_at, end_at),)
    assert _sums(by_day) == _sums(by_month) == _sums(anyhow) == _sums(year)
    for each in (*by_day, *by_month, *anyhow, *year):
        assert each.measured_seconds + each.spread_seconds + each.missing_seconds == each.seconds
    everything = volume(usage, made.readings[0].read_at - 1, made.readings[-1].read_at + 1)
    assert everything.measured_litres + everything.spread_litres == sum(each or 0 for each in made.passed)


def _check_as_read(made: History) -> None:
    usage = _usage(made, EVEN)
    before = EMPTY
    for each in months(usage, FIRST, LAST, method=Method.AS_READ):
        inside = [r for r in made.readings if each.start_at < r.read_at <= each.end_at]
        own = block_of(made.meter, inside, RULES)
        assert as_read_litres(made.meter, before, own, rules=RULES) == each.litres
        assert each.measured_seconds + each.spread_seconds + each.missing_seconds == each.seconds
        before = join(made.meter, before, own, rules=RULES)


def _check_all(seed: int) -> None:
    made, rng = history(seed), random.Random(seed)  # noqa: S311  no secrets
    _check_versions(made, rng)
    _check_intervals(made)
    _check_blocks(made, rng)
    _check_volumes(made, rng.choice([EVEN, WORKING, SUMMER]), rng)
    _check_as_read(made)


@given(SEEDS)
@settings(max_examples=200, deadline=None)
def test_any_history_telescopes_in_any_order_and_grouping(seed: int) -> None:
    _check_all(seed)


@pytest.mark.nightly
@given(SEEDS)
@settings(max_examples=10_000, deadline=None)
def test_ten_thousand_histories_telescope_in_any_order_and_grouping(seed: int) -> None:
    _check_all(seed)


def test_the_histories_have_swaps_rollovers_and_unknown_volumes() -> None:
    made = [history(seed) for seed in range(300)]
    blocks = [block_of(each.meter, each.readings, RULES) for each in made]
    assert (
        min(sum(b.spliced for b in blocks), sum(b.rolled for b in blocks), sum(b.unknown for b in blocks))
        > 20
    )
    assert start_of(FIRST) == MAY and max(b.longest_gap_seconds for b in blocks) > 30 * DAY
