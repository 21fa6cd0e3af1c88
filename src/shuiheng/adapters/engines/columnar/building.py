"""The state of a month from all its evidence at once: rows are scattered, not sorted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from shuiheng.adapters.engines.columnar.blocks import empty_days, write_days, write_month
from shuiheng.adapters.engines.columnar.evidence import EvidenceFiles, Piece, Versions, concatenated
from shuiheng.adapters.engines.columnar.files import NewFiles
from shuiheng.adapters.engines.columnar.manifest import Month, Run
from shuiheng.adapters.engines.columnar.meters import MeterBook
from shuiheng.adapters.engines.columnar.months import day_of_instant, days_in, first_day
from shuiheng.adapters.engines.columnar.runs import write_run
from shuiheng.metering.kernels import Blocks, day_start, month_blocks
from shuiheng.metering.planes import DayPlanes, PlaneMemory, cells_of, day_planes
from shuiheng.metering.rule_arrays import RuleArrays
from shuiheng.metering.tables import WITHDRAWN

MOST_CELLS = 20_000_000
"""Cells of planes in memory at once, for one month: 160 MB."""

DAYS_BY_THEMSELVES = 7
"""Last days of the open month that have files of their own: most corrections are of them."""

MOST_DISORDERLY_ROWS = 3_000_000
"""Rows that are put in order in memory at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What the making of state needs.

    Args:
        folder: Folder of the store.
        new: Files of this commit.
        book: The meters.
        rules: What their volumes depend on.
        memory: Memory for planes, when months are built one after the other.
    """

    folder: Path
    new: NewFiles
    book: MeterBook
    rules: RuleArrays
    memory: PlaneMemory | None = None


def in_window(pieces: list[Piece], from_day: int, to_day: int) -> list[Piece]:
    """Return the pieces that may hold readings of some days, in the order in which they were recorded."""
    start_at, end_at = day_start(from_day), day_start(to_day + 1)
    chosen = [piece for piece in pieces if piece.read_to > start_at and piece.read_from <= end_at]
    return sorted(chosen, key=lambda piece: (piece.recorded_from, piece.batch.id, piece.group))


def clusters(pieces: list[Piece]) -> list[list[Piece]]:
    """Return pieces in runs of which each was recorded wholly behind the one before.

    Args:
        pieces: Pieces in the order in which they were recorded, see `in_window`.
    """
    found: list[list[Piece]] = []
    until = 0
    for piece in pieces:
        last = found[-1] if found else []
        is_behind = piece.recorded_from > until or not found
        if len(last) == 1 and last[0].batch.id == piece.batch.id and last[0].group < piece.group:
            is_behind |= piece.recorded_from >= until
        if is_behind:
            found.append([piece])
            until = piece.recorded_to
        else:
            last.append(piece)
            until = max(until, piece.recorded_to)
    return found


def build_month(making: Making, month: int, pieces: list[Piece], *, is_open: bool) -> Month:
    """Return the state of a month made from all evidence of it; the files of an open month are by day."""
    first, days = first_day(month), days_in(month)
    blocks = empty_days(days, len(making.book))
    runs: list[Run] = []
    newest: dict[int, int] = {}
    has_withdrawals = False
    for from_day, to_day in _windows(making, pieces, first, first + days - 1):
        planes = day_planes(from_day, to_day, making.book.grid_of, memory=making.memory)
        for versions in _in_order(making, in_window(pieces, from_day, to_day), planes):
            has_withdrawals |= _scatter(making, planes, versions, newest)
        for day in range(from_day, to_day + 1):
            for name, column in planes.day_blocks(day, making.rules).items():
                blocks[name][day - first] = column
        runs += _write_runs(making, planes, is_open=is_open)
    if not newest:
        return Month()
    return Month(
        runs=tuple(runs),
        blocks=(write_days(making.new, making.book, first, blocks),),
        summary=write_month(making.new, making.book, summed(making, blocks)),
        newest=newest,
        has_withdrawals=has_withdrawals,
    )


def summed(making: Making, blocks: Blocks) -> Blocks:
    """Return the month blocks of all meters from their day blocks."""
    days = [{name: column[day] for name, column in blocks.items()} for day in range(len(blocks["n"]))]
    return month_blocks(np.arange(len(making.book)), days, making.rules)


def _windows(making: Making, pieces: list[Piece], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield runs of days with evidence, none with more cells or disorderly rows than fit in memory."""
    chosen = in_window(pieces, first, last)
    if not chosen:
        return
    first = max(first, min(day_of_instant(piece.read_from) for piece in chosen))
    last = min(last, max(day_of_instant(piece.read_to) for piece in chosen))
    days = last - first + 1
    count = -(-cells_of(days, making.book.grid_of) // MOST_CELLS)
    disorderly = [sum(piece.rows for piece in cluster) for cluster in clusters(chosen) if len(cluster) > 1]
    count = max(count, -(-max(disorderly, default=0) // MOST_DISORDERLY_ROWS))
    width = max(1, days // max(count, 1))
    for day in range(first, last + 1, width):
        yield day, min(day + width - 1, last)


def _in_order(making: Making, pieces: list[Piece], planes: DayPlanes) -> Iterator[Versions]:
    """Yield the versions of some days in the order in which they hold."""
    files = EvidenceFiles(making.folder)
    try:
        for cluster in clusters(pieces):
            by_batch = sorted(cluster, key=lambda piece: (piece.batch.id, piece.group))
            parts = [_inside(files.read(piece), piece, planes) for piece in by_batch]
            yield concatenated(parts).in_order()
    finally:
        files.close()


def _inside(versions: Versions, piece: Piece, planes: DayPlanes) -> Versions:
    if piece.read_from > planes.start_at and piece.read_to <= planes.end_at:
        return versions
    return versions.at((versions.read_at > planes.start_at) & (versions.read_at <= planes.end_at))


def _scatter(making: Making, planes: DayPlanes, versions: Versions, newest: dict[int, int]) -> bool:
    """Put versions into planes, note how new each day is, and return whether one was withdrawn."""
    if not len(versions):
        return False
    planes.scatter(making.book.index_of(versions.meter), versions.read_at, versions.register)
    recorded_to = int(versions.recorded_at[-1])
    from_day, to_day = (day_of_instant(int(at)) for at in (versions.read_at.min(), versions.read_at.max()))
    for day in range(from_day, to_day + 1):
        newest[day] = max(newest.get(day, recorded_to), recorded_to)
    return bool(versions.register.min() == WITHDRAWN)


def _write_runs(making: Making, planes: DayPlanes, *, is_open: bool) -> list[Run]:
    parts = [(planes.first_day, planes.last_day)]
    if is_open:
        parts = open_parts(planes.first_day, planes.last_day)
    runs = [write_run(making.new, making.book, *part, planes.rows_by_size(*part)) for part in parts]
    return [run for run in runs if run is not None]


def open_parts(first: int, last: int) -> list[tuple[int, int]]:
    """Return the parts of an open month with files of their own: what is older, each of the last days."""
    late = max(first, last + 1 - DAYS_BY_THEMSELVES)
    older = [(first, late - 1)] if late > first else []
    return older + [(day, day) for day in range(late, last + 1)]
