"""Settling: what appended evidence does to the months that it touches."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from queue import SimpleQueue

import numpy as np

from shuiheng.adapters.engines.columnar.amending import Held, amend_month, remake_blocks
from shuiheng.adapters.engines.columnar.blocks import empty_days, read_days, read_month, widened
from shuiheng.adapters.engines.columnar.building import Making, MonthSite, windows_of
from shuiheng.adapters.engines.columnar.evidence import (
    EvidenceFiles,
    Piece,
    Versions,
    concatenated,
    pieces_of,
)
from shuiheng.adapters.engines.columnar.manifest import Batch, Manifest, Month
from shuiheng.adapters.engines.columnar.months import (
    day_of_instant,
    days_in,
    first_day,
    month_of_day,
    month_of_instant,
)
from shuiheng.adapters.engines.columnar.sharing import WINDOWS_AT_ONCE, Window, shared_out
from shuiheng.metering.kernels import Blocks, day_start, empty_blocks, put
from shuiheng.metering.planes import PlaneMemory
from shuiheng.metering.rule_arrays import Mask
from shuiheng.metering.tables import BLOCK

MOST_ROWS_AMENDED = 3_000_000
"""Above so many new rows a month is built anew from all its evidence: scattering is cheaper than sorting."""

MONTHS_HELD = 2
"""Months whose blocks a writer keeps in memory."""


class Settler:
    """Makes the state of months. Keeps the blocks of the months that it touched last."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[Month, Blocks, Blocks]] = {}
        self._pieces: dict[str, list[Piece]] = {}

    def settled(
        self, making: Making, manifest: Manifest, pending: list[Batch], given: Versions | None = None
    ) -> dict[int, Month]:
        """Return the months after some batches that the evidence holds.

        Args:
            making: What the making of state needs.
            manifest: The generation before, with the batches.
            pending: Batches that the state has not taken in.
            given: The versions of the batches when they are at hand, in the order in which they hold.
        """
        if sum(batch.rows for batch in pending) > MOST_ROWS_AMENDED:
            return self.built(making, manifest, months_of(pending))
        fresh = given if given is not None else self._fresh(making, pending)
        if not len(fresh):
            return dict(manifest.months)
        months = dict(manifest.months)
        pieces = self.pieces(making, manifest)
        bounds = (int(fresh.read_at.min()), int(fresh.read_at.max()))
        touched = range(month_of_instant(bounds[0]), month_of_instant(bounds[1]) + 1)
        newest = max([*months, *touched])
        for number in touched:
            first, end = day_start(first_day(number)), day_start(first_day(number + 1))
            inside = (fresh.read_at > first) & (fresh.read_at <= end)
            if not inside.any():
                continue
            part = fresh if inside.all() else fresh.at(inside)
            held = self._month(making, number, months.get(number, Month()))
            state = amend_month(making, held, part, pieces, is_open=number == newest)
            months[number] = state
            self._keep(held, state)
        return months

    def built(self, making: Making, manifest: Manifest, numbers: Iterable[int]) -> dict[int, Month]:
        """Return the months with some of them made anew from all evidence."""
        months = dict(manifest.months)
        pieces = self.pieces(making, manifest)
        wanted = sorted(numbers)
        newest = max([*months, *wanted], default=0)
        self._held.clear()

        by_month = {number: windows_of(making.book, pieces, number) for number in wanted}
        windows = shared_out([window for each in by_month.values() for window in each])
        sites: dict[int, MonthSite] = {}
        for number in wanted:
            own = [window for window in windows if window.month == number]
            own.sort(key=lambda window: window.from_day)
            sites[number] = MonthSite(making, own, is_open=number == newest)
            months[number] = Month()
        memories: SimpleQueue[PlaneMemory] = SimpleQueue()
        for _ in range(WINDOWS_AT_ONCE):
            memories.put(PlaneMemory())

        def build(window: Window) -> Month | None:
            memory = memories.get()
            try:
                return sites[window.month].build(window, pieces, memory)
            finally:
                memories.put(memory)

        with ThreadPoolExecutor(WINDOWS_AT_ONCE) as pool:
            for window, state in zip(windows, pool.map(build, windows), strict=True):
                months[window.month] = state or months[window.month]
        return {number: state for number, state in months.items() if state.newest}

    def remade(self, making: Making, manifest: Manifest, touched: dict[int, Mask]) -> dict[int, Month]:
        """Return the months with the blocks of some days and meters made anew from their readings."""
        months = dict(manifest.months)
        for number, mask in touched.items():
            if number in months:
                held = self._month(making, number, months[number])
                months[number] = remake_blocks(making, held, mask)
                self._keep(held, months[number])
        return months

    def forget(self) -> None:
        """Drop what is kept in memory: a commit failed, or files were made anew."""
        self._held.clear()
        self._pieces.clear()

    def pieces(self, making: Making, manifest: Manifest) -> list[Piece]:
        """Return the pieces of all evidence."""
        pieces = []
        for batch in manifest.batches:
            if batch.id not in self._pieces:
                self._pieces[batch.id] = pieces_of(making.folder, batch)
            pieces += self._pieces[batch.id]
        return pieces

    def _fresh(self, making: Making, pending: list[Batch]) -> Versions:
        """Return the versions of batches in the order in which they hold."""
        files = EvidenceFiles(making.folder)
        try:
            parts = [
                files.read(piece)
                for batch in sorted(pending, key=lambda each: each.id)
                for piece in pieces_of(making.folder, batch)
            ]
        finally:
            files.close()
        nothing = np.empty(0, np.int64)
        empty = Versions(meter=nothing, read_at=nothing, register=nothing, recorded_at=nothing)
        return concatenated(parts or [empty]).in_order()

    def _month(self, making: Making, number: int, state: Month) -> Held:
        known = self._held.pop(number, None)
        count = len(making.book)
        if known is not None and known[0] == state:
            blocks, summary = widened(known[1], count), known[2]
            if len(summary["n"]) < count:
                wide = empty_blocks(count, BLOCK)
                put(wide, slice(len(summary["n"])), summary)
                summary = wide
            return Held(month=number, state=state, blocks=blocks, summary=summary)
        if not state.blocks:
            blocks, summary = empty_days(days_in(number), count), empty_blocks(count, BLOCK)
        else:
            blocks = read_days(making.folder, state.blocks, making.book, first_day(number), days_in(number))
            summary = read_month(making.folder, state.summary, making.book)
        return Held(month=number, state=state, blocks=blocks, summary=summary)

    def _keep(self, held: Held, state: Month) -> None:
        self._held[held.month] = (state, held.blocks, held.summary)
        while len(self._held) > MONTHS_HELD:
            self._held.pop(next(iter(self._held)))


def months_of(batches: list[Batch]) -> list[int]:
    """Return the months that batches may have readings of."""
    numbers: set[int] = set()
    for batch in batches:
        numbers.update(range(month_of_instant(batch.first_at), month_of_instant(batch.last_at) + 1))
    return sorted(numbers)


def all_settled(batches: Iterable[Batch]) -> tuple[Batch, ...]:
    """Return batches as taken in by the state."""
    return tuple(batch if batch.is_settled else replace(batch, is_settled=True) for batch in batches)


def touched_by_events(making: Making, changed: Iterable[tuple[int, int]]) -> dict[int, Mask]:
    """Return by month the days and meters whose blocks an event at an instant can change."""
    touched: dict[int, Mask] = {}
    for meter, at in changed:
        day = day_of_instant(at)
        month = month_of_day(day)
        if month not in touched:
            touched[month] = np.zeros((days_in(month), len(making.book)), bool)
        touched[month][day - first_day(month), meter] = True
    return touched
