"""Planes give the same rows and blocks as rows that were sorted."""

from __future__ import annotations

import numpy as np
import pytest

from metering.arrays import RULES, arrays_of, as_block
from shuiheng.metering import planes as planes_module
from shuiheng.metering.blocks import block_of
from shuiheng.metering.kernels import Rows, day_start, latest_rows
from shuiheng.metering.model import EventKind, Meter, MeterEvent, Reading
from shuiheng.metering.planes import PlaneMemory, cells_of, day_planes
from shuiheng.metering.tables import WITHDRAWN

DAY = 20_000
GRIDS = np.array([3600, 900, 0, 3600, 86400, 900], np.int32)


def _versions(seed: int, grids: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return versions of two days in the order in which they hold: on grids, off them, resent, withdrawn."""
    rng = np.random.default_rng(seed)
    meter = rng.integers(0, len(grids), 600)
    grid = np.where(grids[meter] == 0, 1, grids[meter])
    grid = np.where(rng.random(600) < 0.1, 1, grid)
    elapsed = rng.integers(1, 2 * 86400 + 1, 600)
    read_at = day_start(DAY) + np.minimum(-(-elapsed // grid) * grid, 2 * 86400)
    register = rng.integers(0, 2**40, 600)
    register[rng.random(600) < 0.1] = WITHDRAWN
    return meter, read_at, register


@pytest.mark.parametrize("grids", [GRIDS, np.full(6, 3600, np.int32), np.zeros(6, np.int32)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planes_hold_the_last_version_of_each_instant(seed: int, grids: np.ndarray) -> None:
    versions = _versions(seed, grids)
    planes = day_planes(DAY, DAY + 1, grids)
    for part in np.array_split(np.arange(600), 5):
        planes.scatter(*(column[part] for column in versions))
    due = latest_rows(*versions)
    due = due.at(due.register > WITHDRAWN)
    assert _listed(list(planes.rows())) == _listed([due])
    days = [rows for day in (DAY, DAY + 1) for rows in planes.day_rows(day)]
    assert sorted(_listed(days)) == _listed([due])


@pytest.mark.parametrize("grid", [3600, 0])
def test_planes_are_narrow_until_a_register_needs_more_than_31_bits(grid: int) -> None:
    planes = day_planes(DAY, DAY, np.array([grid], np.int32))
    at = np.array([day_start(DAY) + 3600])
    planes.scatter(np.array([0]), at, np.array([2**31 - 1]))
    assert planes.is_narrow
    planes.scatter(np.array([0]), at, np.array([2**31]))
    assert not planes.is_narrow


@pytest.mark.parametrize("seed", [1, 2])
def test_versions_in_many_stretches_hold_as_in_one(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = _versions(seed, GRIDS)
    whole = day_planes(DAY, DAY + 1, GRIDS)
    whole.scatter(*versions)
    monkeypatch.setattr(planes_module, "ROWS_SCATTERED", 7)
    parts = day_planes(DAY, DAY + 1, GRIDS)
    parts.scatter(*versions)
    assert _listed(list(parts.rows())) == _listed(list(whole.rows()))


@pytest.mark.parametrize("seed", [4, 5, 6])
def test_day_blocks_of_planes_are_those_of_the_core(seed: int) -> None:
    swap = MeterEvent(at=day_start(DAY) + 40_000, kind=EventKind.SWAP, final=2**39, start=5)
    meters = [Meter(id=str(each), events=(swap,) if each % 2 else ()) for each in range(6)]
    planes = day_planes(DAY, DAY + 1, GRIDS)
    versions = _versions(seed, GRIDS)
    hours = day_start(DAY) + 3600 * np.arange(1, 49)
    for meter in (0, 3):
        planes.scatter(np.full(48, meter), hours, np.arange(100, 148))
    planes.scatter(*(column[versions[0] != 0] for column in versions))
    rules = arrays_of(meters)
    for day in (DAY, DAY + 1):
        blocks = planes.day_blocks(day, rules)
        rows = list(planes.day_rows(day))
        for meter in range(6):
            readings = [
                Reading(read_at=at, register=register) for id_, at, register in _listed(rows) if id_ == meter
            ]
            assert as_block(blocks, meter) == block_of(meters[meter], readings, RULES)


@pytest.mark.parametrize("most", [2**31 - 1, 2**31])
def test_a_register_that_needs_more_than_32_bits_is_kept_beside_the_others(most: int) -> None:
    planes = day_planes(DAY, DAY, np.array([3600, 3600], np.int32))
    hours = day_start(DAY) + 3600 * np.arange(1, 5)
    planes.scatter(np.array([0, 0, 1]), hours[[0, 1, 0]], np.array([7, WITHDRAWN, 9]))
    planes.scatter(np.array([1, 0]), hours[[1, 2]], np.array([most, WITHDRAWN]))
    found = [(meter, register) for meter, _, register in _listed(list(planes.rows()))]
    assert found == [(0, 7), (1, 9), (1, most)]
    assert (planes.planes[0].registers.dtype == np.int32) == (most == 2**31 - 1)


def test_cells_are_counted_for_meters_with_planes_only() -> None:
    assert cells_of(2, GRIDS) == 2 * (2 * 24 + 2 * 96)


@pytest.mark.parametrize("has_loose", [False, True])
def test_rows_by_size_are_the_same_rows_with_each_meter_in_one_piece(has_loose: bool) -> None:
    grids = np.full(4, 3600, np.int32)
    planes = day_planes(DAY, DAY + 2, grids)
    hours = day_start(DAY) + 3600 * np.arange(1, 73)
    for meter, use in enumerate((9, 1, 5, 3)):
        planes.scatter(np.full(72, meter), hours, 100 + use * np.arange(72))
    if has_loose:
        planes.scatter(np.array([2]), hours[:1] + 7, np.array([103]))
    found = _listed(list(planes.rows_by_size(DAY, DAY + 2)))
    assert sorted(found) == _listed(list(planes.rows()))
    meters = list(dict.fromkeys(meter for meter, _, _ in found))
    assert meters == ([1, 3, 0, 2] if has_loose else [1, 3, 2, 0])
    assert found == [row for meter in meters for row in sorted(found) if row[0] == meter]
    part = _listed(list(planes.rows_by_size(DAY + 1, DAY + 1)))
    assert part == _listed(list(planes.day_rows(DAY + 1)))


def test_memory_that_is_used_again_holds_no_reading_of_before() -> None:
    memory, grids = PlaneMemory(), np.array([3600, 900], np.int32)
    first = day_planes(DAY, DAY + 1, grids, memory=memory)
    first.scatter(np.array([0, 1]), day_start(DAY) + np.array([3600, 900]), np.array([5, 6]))
    assert len(_listed(list(first.rows()))) == 2
    again = day_planes(DAY, DAY, grids, memory=memory)
    assert not list(again.rows())
    assert np.shares_memory(first.planes[0].registers, again.planes[0].registers)


def _listed(parts: list[Rows]) -> list[tuple[int, int, int]]:
    return [
        row
        for rows in parts
        for row in zip(rows.meter.tolist(), rows.read_at.tolist(), rows.register.tolist(), strict=True)
    ]
