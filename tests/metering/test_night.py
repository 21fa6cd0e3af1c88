"""Night flow."""

from __future__ import annotations

from datetime import date

import pytest

from metering.histories import RULES, at, reading
from shuiheng.metering.model import EventKind, Meter, MeterEvent, Reading
from shuiheng.metering.night import night_litres

SECOND_OF_MAY = date(2026, 5, 2)
SWAP = MeterEvent(at=at(2, 3), kind=EventKind.SWAP, final=130, start=5)


@pytest.mark.parametrize(
    ("readings", "litres"),
    [
        ([reading(2, 100, hour=2), reading(2, 140, hour=4)], 40),
        ([reading(2, 100, hour=2), reading(2, 999, hour=3), reading(2, 140, hour=4)], 40),
        ([reading(2, 100, hour=2), reading(2, 100, hour=4)], 0),
        ([reading(2, 100, hour=2), reading(2, 80, hour=4)], None),
        ([reading(2, 100, hour=2), reading(2, 140, hour=5)], None),
        ([reading(2, 100, hour=1), reading(2, 140, hour=4)], None),
        ([reading(3, 100, hour=2), reading(3, 140, hour=4)], None),
        ([Reading(read_at=at(2, 2) + 1, register=100), reading(2, 140, hour=4)], None),
        ([], None),
    ],
)
def test_the_night_volume_needs_both_readings_and_a_volume(
    readings: list[Reading], litres: int | None
) -> None:
    assert night_litres(Meter(id="m1"), readings, SECOND_OF_MAY, rules=RULES) == litres


def test_a_swap_in_the_night_is_spliced() -> None:
    readings = [reading(2, 100, hour=2), reading(2, 50, hour=4)]
    meter = Meter(id="m1", events=(SWAP,))
    assert night_litres(meter, readings, SECOND_OF_MAY, rules=RULES) == 30 + 45
