"""Kernels: the same blocks and volumes as the plain functions of the core."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metering.arrays import RULES, arrays_of, as_block, rows_of
from metering.test_rule_arrays import METERS
from shuiheng.metering.blocks import as_read_litres, block_of, join
from shuiheng.metering.kernels import (
    Rows,
    are_in,
    as_read_volumes,
    carried,
    day_of_instants,
    day_start,
    empty_blocks,
    joined,
    latest_rows,
    merged_rows,
    month_blocks,
    night_volumes,
    plane_blocks,
    row_blocks,
    take,
)
from shuiheng.metering.model import Meter, Reading
from shuiheng.metering.tables import MISSING, WITHDRAWN

READINGS = st.dictionaries(st.integers(0, 60), st.integers(0, 120), max_size=9)
DAY = 20_000
AT = day_start(DAY)


def _readings(found: dict[int, int]) -> list[Reading]:
    return [Reading(read_at=at, register=found[at]) for at in sorted(found)]


@given(
    meters=METERS,
    found=st.lists(READINGS, min_size=4, max_size=4),
    cuts=st.tuples(st.integers(0, 61), st.integers(0, 61)),
)
def test_blocks_of_rows_and_their_joins_are_those_of_the_core(
    meters: list[Meter], found: list[dict[int, int]], cuts: tuple[int, int]
) -> None:
    rules, count = arrays_of(meters), len(meters)
    bounds = [-1, *sorted(cuts), 99]
    places = np.arange(count)
    parts, due = [], []
    for begin, end in pairwise(bounds):
        chosen = {
            meter: [each for each in _readings(found[meter]) if begin < each.read_at <= end]
            for meter in range(count)
        }
        held, blocks = row_blocks(rows_of(chosen), rules)
        part = empty_blocks(count)
        for name, column in part.items():
            column[held] = blocks[name]
        parts.append(part)
        due.append([block_of(meters[meter], chosen[meter], RULES) for meter in range(count)])
        assert [as_block(part, meter) for meter in range(count)] == due[-1]
    left = joined(places, joined(places, parts[0], parts[1], rules), parts[2], rules)
    right = joined(places, parts[0], joined(places, parts[1], parts[2], rules), rules)
    assert all((left[name] == right[name]).all() for name in left)
    whole = month_blocks(places, parts, rules)
    volumes = as_read_volumes(places, joined(places, parts[0], parts[1], rules), parts[2], rules)
    for meter in range(count):
        before = join(meters[meter], due[0][meter], due[1][meter], rules=RULES)
        assert as_block(whole, meter) == join(meters[meter], before, due[2][meter], rules=RULES)
        litres = (
            as_read_litres(meters[meter], before, due[2][meter], rules=RULES) if due[2][meter].n else None
        )
        assert volumes["litres"][meter] == (MISSING if litres is None else litres)


def test_a_reading_at_midnight_closes_the_day_before() -> None:
    assert day_of_instants(np.array([AT, AT + 1, AT + 86400])).tolist() == [DAY - 1, DAY, DAY]


def test_of_rows_for_one_instant_the_last_one_given_holds() -> None:
    rows = latest_rows(np.array([1, 0, 1]), np.array([5, 5, 5]), np.array([7, 8, WITHDRAWN]))
    assert rows.meter.tolist() == [0, 1] and rows.register.tolist() == [8, WITHDRAWN]


def test_keys_are_found_among_those_in_order() -> None:
    known = np.array([3, 5, 9])
    assert are_in(np.array([9, 2, 5, 10]), known).tolist() == [True, False, True, False]
    assert are_in(np.array([9]), known[:0]).tolist() == [False]


def test_merging_replaces_adds_and_takes_away() -> None:
    base = Rows(meter=np.array([0, 0, 2]), read_at=np.array([1, 3, 1]), register=np.array([10, 30, 21]))
    over = Rows(
        meter=np.array([0, 0, 0, 1, 3]),
        read_at=np.array([1, 2, 3, 9, 9]),
        register=np.array([11, 12, WITHDRAWN, 19, WITHDRAWN]),
    )
    merged = merged_rows(base, over)
    assert merged.meter.tolist() == [0, 0, 1, 2]
    assert merged.read_at.tolist() == [1, 2, 9, 1] and merged.register.tolist() == [11, 12, 19, 21]
    assert merged_rows(base.at(slice(0)), over).register.tolist() == [11, 12, 19]


@pytest.mark.parametrize("grid", [3600, 900])
def test_a_full_plane_gives_the_blocks_of_its_rows(grid: int) -> None:
    rng = np.random.default_rng(1)
    meters = [Meter(id=str(each)) for each in range(6)]
    rules = arrays_of(meters)
    plane = 100 + rng.integers(0, 50, (86400 // grid, 6)).cumsum(axis=0)
    plane[5, 1] = MISSING
    plane[7, 2] -= 2_000
    plane[9, 3] = plane[8, 3] - 2  # noise
    plane[3, 4] = WITHDRAWN
    blocks, is_plain = plane_blocks(plane, start_at=AT, grid_seconds=grid, rules=rules, meters=np.arange(6))
    assert is_plain.tolist() == [True, False, False, True, False, True]
    instants = AT + grid * np.arange(1, len(plane) + 1)
    for place, meter in enumerate(np.flatnonzero(is_plain)):
        readings = [
            Reading(read_at=int(at), register=int(value))
            for at, value in zip(instants, plane[:, meter], strict=True)
        ]
        assert as_block(blocks, place) == block_of(meters[meter], readings, RULES)
        nights = night_volumes(rows_of({int(meter): readings}), rules, start_at=AT)
        assert nights[1].tolist() == [blocks["night"][place]]


def test_a_night_needs_both_readings_and_a_volume() -> None:
    two, four = AT + 7200, AT + 14400
    readings = {
        0: [Reading(read_at=two, register=5), Reading(read_at=four, register=9)],
        1: [Reading(read_at=two, register=5), Reading(read_at=four + 1, register=9)],
        2: [Reading(read_at=two, register=50), Reading(read_at=four, register=9)],
        3: [Reading(read_at=four, register=9)],
    }
    meters, litres = night_volumes(rows_of(readings), arrays_of([Meter(id="m")] * 4), start_at=AT)
    assert meters.tolist() == [0] and litres.tolist() == [4]


def test_what_is_carried_is_the_last_reading_that_there_was() -> None:
    before, after = empty_blocks(2), empty_blocks(2)
    before["n"][:], before["last"][:], before["last_at"][:] = 1, 7, 70
    after["n"][1], after["last"][1], after["last_at"][1] = 1, 8, 80
    found = carried(before, after)
    assert found["last"].tolist() == [7, 8] and found["last_at"].tolist() == [70, 80]
    assert take(found, np.array([1]))["last"].tolist() == [8]
