"""Ranges of meters: all of them, each in one range, of about the same weight."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from adapters.engines.columnar.worlds import RULES
from adapters.engines.settlement.stores import GAPS, filled, many_worlds
from shuiheng.adapters.engines.columnar.meters import book_of, empty_book
from shuiheng.adapters.engines.settlement.ranges import bounds_of, load_range, range_of
from shuiheng.metering.rule_arrays import plain_registers


def test_ranges_are_cut_by_the_readings_that_grids_let_expect() -> None:
    ids = np.array([40, 10, 30, 20, 50])
    book = book_of(ids, np.array([3600, 3600, 900, 86400, 0], np.int32), plain_registers(5))
    assert bounds_of(book, most_readings=1000) == (30, 40)  # 744 + 31, then 2976, then 744 + 31
    assert range_of(np.array([10, 29, 30, 40, 50]), np.array([30, 40])).tolist() == [0, 0, 1, 2, 2]
    assert bounds_of(book, most_readings=10**9) == () == bounds_of(empty_book())


@pytest.mark.parametrize("most", [800, 3000, 10**9])
def test_the_ranges_hold_every_meter_once_with_what_the_ledger_says(tmp_path: Path, most: int) -> None:
    world = many_worlds([1, 2, 3], days=2)
    with filled(tmp_path / "store", world).snapshot() as reader:
        state = reader.folder / "state"
        bounds = bounds_of(reader._meters()[0], most_readings=most)
        found = []
        for ids in zip((None, *bounds), (*bounds, None), strict=True):
            own = load_range(
                state / reader.manifest.meters,
                state / reader.manifest.events,
                ids=ids,
                rules=RULES,
                gaps=GAPS,
            )
            found += [own.meter(index) for index in range(len(own.book))]
    assert [int(meter.id) for meter in found] == sorted(world.meters)
    for meter in found:
        known = world.meters[int(meter.id)]
        assert (meter.register.multiplier, meter.grid_seconds) == (
            known.register.multiplier,
            known.grid_seconds,
        )
        assert {event.at for event in meter.events} == {event.at for event in known.events}


def test_a_meter_without_grid_may_be_silent_longer(tmp_path: Path) -> None:
    with filled(tmp_path / "store", many_worlds([1, 2], days=2)).snapshot() as reader:
        state = reader.folder / "state"
        own = load_range(state / reader.manifest.meters, None, ids=(None, None), rules=RULES, gaps=GAPS)
    by_grid = dict(zip(own.book.grid_of.tolist(), own.longest.tolist(), strict=True))
    assert by_grid[3600] == 2 * 3600 and by_grid[0] > by_grid[3600]
