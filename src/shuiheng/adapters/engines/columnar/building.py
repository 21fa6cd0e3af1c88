"""The state of a month from all its evidence at once: rows are scattered, not sorted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import numpy as np

from shuiheng.adapters.engines.columnar.blocks import empty_days, write_days, write_month
from shuiheng.adapters.engines.columnar.evidence import EvidenceFiles, Piece, Versions, concatenated
from shuiheng.adapters.engines.columnar.files import NewFiles
from shuiheng.adapters.engines.columnar.manifest import Month, Run
from shuiheng.adapters.engines.columnar.meters import MeterBook
from shuiheng.adapters.engines.columnar.months import day_of_instant, days_in, first_day
from shuiheng.adapters.engines.columnar.runs import write_run
from shuiheng.adapters.engines.columnar.sharing import Window
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the evidence of some days has brought: files of readings, how new each day is, any withdrawal."""

    runs: list[Run]
    newest: dict[int, int]
    has_withdrawals: bool


class MonthSite:
    """A month that is made from all evidence of it, window by window; threads may build several at once.

    Args:
        making: What the making of state needs.
        windows: All windows of the month, in order.
        is_open: Whether its files are to be by day, see `open_parts`.
    """

    def __init__(self, making: Making, windows: list[Window], *, is_open: bool) -> None:
        self._making = making
        self._windows = windows
        self._is_open = is_open
        self._blocks: Blocks | None = None
        self._found: list[Found] = []
        self._lock = Lock()

    def build(self, window: Window, pieces: list[Piece], memory: PlaneMemory) -> Month | None:
        """Build a window; return the month when no other one is left, else None."""
        making = replace(self._making, memory=memory)
        first, last = self._windows[0].from_day, self._windows[-1].to_day
        parts = open_parts(first, last) if self._is_open else [(first, last)]
        found = build_window(making, window, pieces, blocks=self._day_blocks(window.month), parts=parts)
        with self._lock:
            self._found.append(found)
            is_whole = len(self._found) == len(self._windows)
        return self._whole(window.month) if is_whole else None

    def _day_blocks(self, month: int) -> Blocks:
        with self._lock:
            if self._blocks is None:
                self._blocks = empty_days(days_in(month), len(self._making.book))
            return self._blocks

    def _whole(self, month: int) -> Month:
        making, blocks = self._making, self._day_blocks(month)
        self._blocks = None
        newest = {day: at for found in self._found for day, at in found.newest.items()}
        if not newest:
            return Month()
        runs = [run for found in self._found for run in found.runs]
        return Month(
            runs=tuple(sorted(runs, key=lambda run: run.first_day)),
            blocks=(write_days(making.new, making.book, first_day(month), blocks),),
            summary=write_month(making.new, making.book, summed(making, blocks)),
            newest=dict(sorted(newest.items())),
            has_withdrawals=any(found.has_withdrawals for found in self._found),
        )


def build_window(
    making: Making, window: Window, pieces: list[Piece], *, blocks: Blocks, parts: list[tuple[int, int]]
) -> Found:
    """Make the state of some days from all evidence of them.

    Args:
        making: What the making of state needs.
        window: The days.
        pieces: All evidence.
        blocks: Day blocks `[day, meter]` of the month; those of the window are put in.
        parts: First and last day of each part of the month that has files of its own.
    """
    from_day, to_day = window.from_day, window.to_day
    newest: dict[int, int] = {}
    has_withdrawals = False
    planes = day_planes(from_day, to_day, making.book.grid_of, memory=making.memory)
    for versions in _in_order(making, in_window(pieces, from_day, to_day), planes):
        has_withdrawals |= _scatter(making, planes, versions, newest)
    for day in range(from_day, to_day + 1):
        for name, column in planes.day_blocks(day, making.rules).items():
            blocks[name][day - first_day(window.month)] = column
    inside = [(max(first, from_day), min(last, to_day)) for first, last in parts]
    runs = [
        write_run(making.new, making.book, days, planes.rows_by_size(*days), is_narrow=planes.is_narrow)
        for days in inside
        if days[0] <= days[1]
    ]
    return Found(
        runs=[run for run in runs if run is not None], newest=newest, has_withdrawals=has_withdrawals
    )


def summed(making: Making, blocks: Blocks) -> Blocks:
    """Return the month blocks of all meters from their day blocks."""
    days = [{name: column[day] for name, column in blocks.items()} for day in range(len(blocks["n"]))]
    return month_blocks(np.arange(len(making.book)), days, making.rules)


def windows_of(book: MeterBook, pieces: list[Piece], month: int) -> list[Window]:
    """Return the days of a month with evidence, in windows whose cells and disorderly rows fit in memory."""
    first, last = first_day(month), first_day(month + 1) - 1
    chosen = in_window(pieces, first, last)
    if not chosen:
        return []
    first = max(first, min(day_of_instant(piece.read_from) for piece in chosen))
    last = min(last, max(day_of_instant(piece.read_to) for piece in chosen))
    days = last - first + 1
    count = -(-cells_of(days, book.grid_of) // MOST_CELLS)
    disorderly = [sum(piece.rows for piece in cluster) for cluster in clusters(chosen) if len(cluster) > 1]
    count = max(count, -(-max(disorderly, default=0) // MOST_DISORDERLY_ROWS))
    width = max(1, days // max(count, 1))
    bounds = [(day, min(day + width - 1, last)) for day in range(first, last + 1, width)]
    return [
        Window(month=month, from_day=begin, to_day=end, rows=_rows_in(chosen, begin, end))
        for begin, end in bounds
    ]


def _rows_in(pieces: list[Piece], from_day: int, to_day: int) -> int:
    """Return about how many versions pieces hold of some days, as if each were spread evenly."""
    start_at, end_at, rows = day_start(from_day), day_start(to_day + 1), 0.0
    for piece in pieces:
        inside = min(piece.read_to, end_at) - max(piece.read_from, start_at)
        rows += piece.rows * max(inside, 0) / max(piece.read_to - piece.read_from, 1)
    return round(rows)


def _in_order(making: Making, pieces: list[Piece], planes: DayPlanes) -> Iterator[Versions]:
    """Yield the versions of some days in the order in which they hold."""
    files = EvidenceFiles(making.folder)
    try:
        for cluster in clusters(pieces):
            if len(cluster) == 1:
                for versions in files.read_in_order(cluster[0]):
                    yield _inside(versions, cluster[0], planes)
                continue
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


def open_parts(first: int, last: int) -> list[tuple[int, int]]:
    """Return the parts of an open month with files of their own: what is older, each of the last days."""
    late = max(first, last + 1 - DAYS_BY_THEMSELVES)
    older = [(first, late - 1)] if late > first else []
    return older + [(day, day) for day in range(late, last + 1)]
