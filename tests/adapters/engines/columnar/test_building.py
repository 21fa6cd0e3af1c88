"""Building a month from all its evidence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from adapters.engines.columnar.worlds import batch_table, expected, found_in, random_world, store_at
from shuiheng.adapters.engines.columnar import building, sharing
from shuiheng.adapters.engines.columnar.building import clusters, in_window, open_parts, windows_of
from shuiheng.adapters.engines.columnar.evidence import Piece
from shuiheng.adapters.engines.columnar.manifest import Batch
from shuiheng.adapters.engines.columnar.meters import empty_book, with_new
from shuiheng.adapters.engines.columnar.months import month_of_day
from shuiheng.metering.kernels import day_start


def _piece(batch: str, group: int, recorded: tuple[int, int], read: tuple[int, int] = (1, 2)) -> Piece:
    owner = Batch(
        id=batch,
        file=batch,
        form="litres",
        rows=1,
        first_at=read[0],
        last_at=read[1],
        recorded_from=recorded[0],
        recorded_to=recorded[1],
        checksum=(),
        is_settled=True,
    )
    return Piece(
        batch=owner,
        group=group,
        rows=1,
        read_from=read[0],
        read_to=read[1],
        recorded_from=recorded[0],
        recorded_to=recorded[1],
    )


def _clustered(*pieces: Piece) -> list[list[tuple[str, int]]]:
    return [[(piece.batch.id, piece.group) for piece in cluster] for cluster in clusters(list(pieces))]


def test_pieces_that_were_recorded_behind_each_other_stand_alone() -> None:
    pieces = (_piece("a", 0, (1, 5)), _piece("a", 1, (5, 9)), _piece("b", 0, (10, 12)))
    assert _clustered(*pieces) == [[("a", 0)], [("a", 1)], [("b", 0)]]


def test_pieces_whose_recording_overlaps_stand_together() -> None:
    assert _clustered(_piece("a", 0, (1, 5)), _piece("b", 0, (5, 9))) == [[("a", 0), ("b", 0)]]
    assert _clustered(_piece("a", 0, (1, 5)), _piece("a", 1, (4, 9))) == [[("a", 0), ("a", 1)]]
    nested = (
        _piece("a", 0, (1, 9)),
        _piece("b", 0, (2, 3)),
        _piece("a", 1, (9, 9)),
        _piece("c", 0, (10, 10)),
    )
    assert _clustered(*nested) == [[("a", 0), ("b", 0), ("a", 1)], [("c", 0)]]


def test_a_piece_that_ends_with_the_midnight_before_a_window_is_not_in_it() -> None:
    midnight = 20_000 * 86400 - 8 * 3600
    pieces = [
        _piece("a", 0, (1, 1), (midnight - 9, midnight)),
        _piece("b", 0, (1, 1), (midnight, midnight + 1)),
    ]
    assert [piece.batch.id for piece in in_window(pieces, 20_000, 20_000)] == ["b"]


def test_an_open_month_has_its_last_seven_days_by_themselves() -> None:
    assert open_parts(10, 20) == [(10, 13), *((day, day) for day in range(14, 21))]
    assert open_parts(10, 16) == [(day, day) for day in range(10, 17)]
    assert open_parts(10, 10) == [(10, 10)]


def test_small_windows_give_the_same_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world, store = random_world(21, days=5), store_at(tmp_path)
    plain = type(world)({id_: type(each)(id=each.id) for id_, each in world.meters.items()}, world.batches)
    monkeypatch.setattr(building, "MOST_CELLS", 300)
    monkeypatch.setattr(building, "MOST_DISORDERLY_ROWS", 100)
    with store.writer() as writer:
        for batch, rows in world.batches.items():
            writer.append(batch, batch_table(rows), settle=False)
        writer.rebuild()
    with store.snapshot() as reader:
        assert found_in(reader, world.meters) == expected(plain)


def test_months_that_were_cut_give_the_same_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world, store = random_world(22, days=5), store_at(tmp_path)
    plain = type(world)({id_: type(each)(id=each.id) for id_, each in world.meters.items()}, world.batches)
    monkeypatch.setattr(sharing, "LEAST_CUT", 2)
    monkeypatch.setattr(building, "DAYS_BY_THEMSELVES", 0)
    with store.writer() as writer:
        for batch, rows in world.batches.items():
            writer.append(batch, batch_table(rows), settle=False)
        writer.rebuild()
        months = writer.manifest.months.values()
        assert max(len(month.runs) for month in months) > 1
        assert all(len(month.blocks) == 1 for month in months)
        for month in months:
            days = [day for run in month.runs for day in range(run.first_day, run.last_day + 1)]
            assert days == sorted(set(days))
    with store.snapshot() as reader:
        assert found_in(reader, world.meters) == expected(plain)


def test_rows_of_a_month_are_the_share_of_a_piece_that_lies_in_it() -> None:
    november = day_start(20_028)
    spread = replace(_piece("a", 0, (1, 1), (november - 86399, november + 3 * 86400)), rows=400)
    before = replace(_piece("b", 0, (1, 1), (november - 9, november)), rows=50)
    book = with_new(empty_book(), np.zeros(1, np.int64), np.array([november]))
    found = [windows_of(book, [spread, before], month_of_day(day)) for day in (20_027, 20_028, 20_058)]
    assert [[(each.from_day, each.to_day, each.rows) for each in windows] for windows in found] == [
        [(20_027, 20_027, 150)],
        [(20_028, 20_030, 300)],
        [],
    ]
