"""Packs carry versions unchanged, and give them back in the order in which they hold."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from adapters.engines.columnar.worlds import DAY, START
from shuiheng.adapters.engines.columnar.evidence import Versions
from shuiheng.adapters.engines.settlement import packing
from shuiheng.adapters.engines.settlement.packing import (
    NO_MONTH,
    Pack,
    in_recorded_order,
    packs_of,
    range_mark,
)
from shuiheng.metering.tables import WITHDRAWN


def _versions(*rows: tuple[int, int, int, int]) -> Versions:
    meter, read_at, register, recorded_at = np.array(rows, np.int64).T
    return Versions(meter=meter, read_at=read_at, register=register, recorded_at=recorded_at)


def _packs(versions: Versions, *bounds: int, task: int = 0) -> list[tuple[int, int, Pack]]:
    batches = packs_of(versions, task=task, bounds=np.array(bounds, np.int64))
    found = pa.Table.from_batches(batches, packing.SCHEMA).to_pylist()
    return [(row.pop("range"), row.pop("month"), Pack(**row)) for row in found]


def _rows(versions: Versions) -> list[tuple[int, ...]]:
    columns = (versions.meter, versions.read_at, versions.register, versions.recorded_at)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_versions_go_by_range_and_month_and_midnight_closes_the_month_before() -> None:
    rows = [(1, START + DAY, 5, 9), (7, START, 6, 8), (1, START + 2 * DAY, WITHDRAWN, 7)]
    rows.append((1, START + 2 * DAY + 1, 1, 1))
    found = _packs(_versions(*rows), 5)
    january = (2025 - 1970) * 12
    assert [(place, month) for place, month, _ in found] == [(0, january), (0, january + 1), (1, january)]
    held = [_rows(packing.unpacked(pack)) for _, _, pack in found]
    assert held == [[rows[0], rows[2]], [rows[3]], [rows[1]]]
    assert [(pack.recorded_from, pack.recorded_to) for _, _, pack in found] == [(7, 9), (1, 1), (8, 8)]


def test_a_range_is_marked_before_all_its_months() -> None:
    assert range_mark(3).to_pylist()[0]["month"] == NO_MONTH < -(10**9)
    assert range_mark(3).to_pylist()[0]["rows"] == 0


def test_no_versions_make_no_pack() -> None:
    assert not _packs(_versions((1, START, 1, 1)).at(slice(0, 0)))


@pytest.mark.parametrize("seed", range(20))
def test_packs_in_any_order_give_versions_by_recording_then_batch_then_row(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "MOST_ROWS", 3)
    rng = np.random.default_rng(seed)
    packs, placed = [], []
    for task in range(5):
        base = int(rng.integers(0, 12))
        rows = [(1, START + task, number, base + int(rng.integers(0, 6))) for number in range(8)]
        if rng.random() < 0.5:
            rows.sort(key=lambda row: row[3])
        placed += [(row[3], task, place, row) for place, row in enumerate(rows)]
        packs += [pack for _, _, pack in _packs(_versions(*rows), task=task)]
    rng.shuffle(packs)
    found = [row for part in in_recorded_order(packs) for row in _rows(part)]
    assert found == [row for *_, row in sorted(placed)]
