"""Blocks and their joining. Random histories: test_histories.py."""

from __future__ import annotations

import pytest

from metering.histories import DAY, RULES, at, reading
from shuiheng.metering.blocks import EMPTY, as_read_litres, block_of, join, joined
from shuiheng.metering.errors import OrderError
from shuiheng.metering.model import Block, EventKind, Meter, MeterEvent, Register

METER = Meter(
    id="m1",
    register=Register(modulus_litres=1000),
    events=(MeterEvent(at=at(3, 12), kind=EventKind.SWAP, final=40, start=910),),
)
READINGS = (
    reading(1, 10),
    reading(2, 30),
    reading(4, 920),
    reading(5, 20),
    reading(9, 700),
    reading(10, 100),
)


def test_a_block_counts_what_lies_between_its_readings() -> None:
    assert block_of(METER, READINGS, RULES) == Block(
        n=6,
        first=READINGS[0],
        last=READINGS[-1],
        known_litres=20 + (10 + 10) + 100 + 680,
        unknown=1,
        unknown_seconds=DAY,
        spliced=1,
        rolled=1,
        longest_gap_seconds=4 * DAY,
    )


def test_a_block_of_one_reading_has_no_interval() -> None:
    assert block_of(METER, READINGS[:1], RULES) == Block(n=1, first=READINGS[0], last=READINGS[0])


def test_the_empty_block_is_the_unit() -> None:
    block = block_of(METER, READINGS, RULES)
    assert block_of(METER, (), RULES) == EMPTY
    assert join(METER, EMPTY, block, rules=RULES) == join(METER, block, EMPTY, rules=RULES) == block


@pytest.mark.parametrize("cut", range(7))
def test_joining_adds_the_interval_between(cut: int) -> None:
    blocks = [block_of(METER, run, RULES) for run in (READINGS[:cut], READINGS[cut:])]
    assert joined(METER, blocks, RULES) == block_of(METER, READINGS, RULES)


def test_blocks_out_of_order_are_refused() -> None:
    early, late = block_of(METER, READINGS[:3], RULES), block_of(METER, READINGS[2:], RULES)
    with pytest.raises(OrderError):
        join(METER, early, late, rules=RULES)


@pytest.mark.parametrize(
    ("before", "inside", "litres"),
    [
        (0, 0, None),
        (0, 1, None),
        (0, 2, 20),
        (1, 2, 20),
        (1, 3, 40),
        (5, 6, None),
        (4, 6, 680),
        (6, 6, None),
    ],
)
def test_the_volume_as_read_is_what_the_readings_of_the_period_closed(
    before: int, inside: int, litres: int | None
) -> None:
    earlier, own = block_of(METER, READINGS[:before], RULES), block_of(METER, READINGS[before:inside], RULES)
    assert as_read_litres(METER, earlier, own, rules=RULES) == litres
    last_only = block_of(METER, READINGS[before - 1 : before] if before else (), RULES)
    assert as_read_litres(METER, last_only, own, rules=RULES) == litres
