"""A few messages go on at once; a steady flow goes in few batches."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.telemetry.pace import BatchRules, Pace

RULES = BatchRules(seconds=5, slow_seconds=60, quick_count=3)


def test_after_quiet_the_first_batches_are_quick_and_a_steady_flow_is_slow() -> None:
    pace = Pace(RULES)
    assert [pace.seconds(now) for now in (0.0, 6.0, 12.0, 18.0, 79.0, 140.0)] == [5, 5, 5, 60, 60, 60]


def test_quiet_gives_quick_batches_back_but_no_more_than_there_were() -> None:
    pace = Pace(RULES)
    for now in (0.0, 5.0, 10.0):
        pace.seconds(now)
    assert [pace.seconds(now) for now in (9000.0, 9005.0, 9010.0, 9015.0)] == [5, 5, 5, 60]


def test_without_a_slow_time_every_batch_is_quick() -> None:
    pace = Pace(BatchRules(seconds=5))
    assert {pace.seconds(float(now)) for now in range(100)} == {5}


@given(pauses=st.lists(st.floats(0, 100), min_size=1, max_size=200))
def test_a_day_never_has_more_batches_than_its_minutes_and_the_quick_ones(pauses: list[float]) -> None:
    pace, now = Pace(RULES), 0.0
    for pause in pauses:
        now += pause + pace.seconds(now)
    assert len(pauses) <= now / RULES.slow_seconds + RULES.quick_count + 1
