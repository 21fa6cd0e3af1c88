"""Reading planes: the readings of a run of days, one row per step of the grid, one column per meter.

Rows are scattered in the order in which they hold, the last one wins, so nothing is
sorted. What lies off the grid of its meter is kept as rows beside the planes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shuiheng.metering.civil_time import DAY
from shuiheng.metering.kernels import (
    Blocks,
    Rows,
    day_row_blocks,
    day_start,
    empty_blocks,
    latest_rows,
    merged_rows,
    no_register,
    no_rows,
    plane_blocks,
    put,
)
from shuiheng.metering.rule_arrays import Ints, Mask, RuleArrays
from shuiheng.metering.tables import MISSING, WITHDRAWN

GRIDS = (3600, 900)
"""Grids that have planes, in seconds. Meters of any other grid are kept as rows."""

GREATEST_NARROW = 2**31 - 1

ROWS_SCATTERED = 1 << 15
ROWS_AT_ONCE = 500_000
"""Rows that are given out in one go: their columns stay near the processor and need no new pages."""


@dataclass(slots=True)
class Plane:
    """Registers of the meters of one grid, `[step of the grid, column]`."""

    grid_seconds: int
    meters: Ints
    column_of: NDArray[np.int32]
    registers: NDArray[Any]
    is_all: bool

    def put(self, cells: Ints, registers: Ints) -> None:
        """Write registers to cells, the last one wins. Cells have 32 bits until a register needs more."""
        if not len(registers):
            return
        if self.registers.dtype == np.int32 and registers.max() > GREATEST_NARROW:
            self._widen()
        if self.registers.dtype == np.int32:
            narrow = registers.astype(np.int32)
            if registers.min() == WITHDRAWN:
                narrow[registers == WITHDRAWN] = no_register(narrow)
            self.registers.reshape(-1)[cells] = narrow
        else:
            self.registers.reshape(-1)[cells] = registers

    def _widen(self) -> None:
        wide = self.registers.astype(np.int64)
        wide[self.registers == no_register(self.registers)] = WITHDRAWN
        wide[self.registers < no_register(self.registers)] = MISSING
        self.registers = wide


@dataclass(slots=True)
class DayPlanes:
    """The readings of the days `first_day` to `last_day`, counted from 1970-01-01."""

    first_day: int
    last_day: int
    count: int
    planes: list[Plane]
    loose: list[tuple[NDArray[Any], Ints, Ints]] = field(default_factory=list)
    _sorted: Rows | None = None

    @property
    def start_at(self) -> int:
        """Instant at which the first day begins."""
        return day_start(self.first_day)

    @property
    def end_at(self) -> int:
        """Instant at which the last day ends."""
        return day_start(self.last_day + 1)

    @property
    def is_narrow(self) -> bool:
        """Whether all registers are of 31 bits."""
        widest = max((int(registers.max(initial=0)) for _, _, registers in self.loose), default=0)
        return widest <= GREATEST_NARROW and all(plane.registers.dtype == np.int32 for plane in self.planes)

    def scatter(self, meter: NDArray[Any], read_at: Ints, register: Ints) -> None:
        """Take versions in the order in which they hold: a later row replaces an earlier one.

        All instants must lie in the days of the planes; WITHDRAWN stands for no register.
        """
        for begin in range(0, len(meter), ROWS_SCATTERED):
            part = slice(begin, begin + ROWS_SCATTERED)
            self._scatter(meter[part], read_at[part], register[part])

    def _scatter(self, meter: NDArray[Any], read_at: Ints, register: Ints) -> None:
        elapsed = read_at - self.start_at
        for plane in self.planes:
            if not len(meter):
                return
            slot = elapsed // plane.grid_seconds
            fits = slot * plane.grid_seconds == elapsed
            column: NDArray[Any] = meter
            if not plane.is_all:
                column = plane.column_of[meter]
                fits &= column >= 0
            if not fits.all():
                rest = ~fits
                slot, column, held = slot[fits], column[fits], register[fits]
            else:
                rest, held = None, register
            slot -= 1
            slot *= len(plane.meters)
            slot += column
            plane.put(slot, held)
            if rest is None:
                return
            meter, read_at, register, elapsed = meter[rest], read_at[rest], register[rest], elapsed[rest]
        self.loose.append((meter, read_at, register))
        self._sorted = None

    def loose_rows(self) -> Rows:
        """Return the readings off the grids that hold, in order."""
        if self._sorted is None:
            parts = list(zip(*self.loose, strict=True)) if self.loose else []
            rows = latest_rows(*(np.concatenate(part) for part in parts)) if parts else no_rows()
            self._sorted = rows.at(rows.register > WITHDRAWN)
        return self._sorted

    def rows(self) -> Iterator[Rows]:
        """Yield all readings that hold, by runs of meters, in order of meter, then instant."""
        yield from self._rows(self.first_day, self.last_day, self.loose_rows())

    def rows_by_size(self, first_day: int, last_day: int) -> Iterator[Rows]:
        """Yield the readings of some days by runs of meters; in a run, meters of like use stand together.

        Steps of like size pack better. The rows of a meter are in order, the meters need not be.
        """
        loose = self.loose_rows()
        inside = (loose.read_at > day_start(first_day)) & (loose.read_at <= day_start(last_day + 1))
        loose = loose.at(inside)
        if last_day == first_day or len(self.planes) != 1 or not self.planes[0].is_all:
            yield from self._rows(first_day, last_day, loose)
            return
        is_odd = np.zeros(self.count, bool)
        is_odd[loose.meter] = True
        plane, odd = self.planes[0], np.flatnonzero(is_odd)
        sheet, start_at = self._sheet(plane, first_day, last_day), day_start(first_day)
        step = max(1, ROWS_AT_ONCE // len(sheet))
        for first in range(0, self.count, step):
            part = slice(first, first + step)
            rows = _sheet_rows(
                sheet[:, part], plane.meters[part], plane.grid_seconds, start_at, without=is_odd[part]
            )
            if len(rows):
                yield rows
        if len(odd):
            yield merged_rows(_sheet_rows(sheet[:, odd], odd, plane.grid_seconds, start_at), loose)

    def day_rows(self, day: int) -> Iterator[Rows]:
        """Yield the readings of one day that hold, by runs of meters, in order of meter, then instant."""
        yield from self._rows(day, day, self._loose_rows_of(day))

    def _loose_rows_of(self, day: int) -> Rows:
        loose, start_at = self.loose_rows(), day_start(day)
        return loose.at((loose.read_at > start_at) & (loose.read_at <= start_at + DAY))

    def _rows(self, first_day: int, last_day: int, loose: Rows) -> Iterator[Rows]:
        sheets = [(plane, self._sheet(plane, first_day, last_day)) for plane in self.planes]
        slots = max((len(sheet) for _, sheet in sheets), default=1)
        step = max(1, ROWS_AT_ONCE // slots)
        for first in range(0, self.count, step):
            last = min(first + step, self.count)
            part = loose.at(slice(*np.searchsorted(loose.meter, [first, last])))
            for plane, sheet in sheets:
                begin, end = (int(each) for each in np.searchsorted(plane.meters, [first, last]))
                chosen = _sheet_rows(
                    sheet[:, begin:end],
                    plane.meters[begin:end],
                    plane.grid_seconds,
                    day_start(first_day),
                )
                part = merged_rows(chosen, part)
            if len(part):
                yield part

    def _sheet(self, plane: Plane, first_day: int, last_day: int) -> NDArray[Any]:
        slots = DAY // plane.grid_seconds
        return plane.registers[(first_day - self.first_day) * slots : (last_day + 1 - self.first_day) * slots]

    def day_blocks(self, day: int, rules: RuleArrays) -> Blocks:
        """Return the blocks of a day, one row per meter. Columns: see tables.DAY_BLOCK."""
        start_at = day_start(day)
        blocks = empty_blocks(self.count)
        rows = self._loose_rows_of(day)
        special = np.zeros(self.count, bool)
        special[rows.meter] = True
        special[rules.meters_with_events(start_at, start_at + DAY)] = True
        for plane in self.planes:
            sheet = self._sheet(plane, day, day)
            simple, is_plain = plane_blocks(
                sheet, start_at=start_at, grid_seconds=plane.grid_seconds, rules=rules, meters=plane.meters
            )
            put(blocks, plane.meters[is_plain], simple)
            other = np.flatnonzero(~is_plain | special[plane.meters])
            part = _sheet_rows(sheet[:, other], plane.meters[other], plane.grid_seconds, start_at)
            rows = merged_rows(part, rows)
        meters, exact = day_row_blocks(rows, rules, start_at=start_at)
        put(blocks, meters, exact)
        return blocks


class PlaneMemory:
    """Memory for planes that is used again: to get new pages costs more than to fill them."""

    def __init__(self) -> None:
        self._held: dict[int, NDArray[np.int32]] = {}

    def empty(self, grid_seconds: int, rows: int, columns: int) -> NDArray[np.int32]:
        """Return a plane without readings; the one given before for this grid must not be used any more."""
        held = self._held.get(grid_seconds)
        if held is None or held.size < rows * columns:
            held = self._held[grid_seconds] = np.empty(rows * columns, np.int32)
        plane = held[: rows * columns].reshape(rows, columns)
        plane.fill(np.iinfo(np.int32).min)
        return plane


def day_planes(
    first_day: int, last_day: int, grid_of: NDArray[np.int32], *, memory: PlaneMemory | None = None
) -> DayPlanes:
    """Return empty planes of some days for meters 0, 1, …, by the grid of each in seconds."""
    planes = []
    memory = memory or PlaneMemory()
    days = last_day - first_day + 1
    for grid in GRIDS:
        meters = np.flatnonzero(grid_of == grid).astype(np.int64)
        if not len(meters):
            continue
        column_of = np.full(len(grid_of), -1, np.int32)
        column_of[meters] = np.arange(len(meters))
        registers = memory.empty(grid, days * DAY // grid, len(meters))
        is_all = len(meters) == len(grid_of)
        planes.append(Plane(grid, meters, column_of, registers, is_all))
    return DayPlanes(first_day, last_day, len(grid_of), planes)


def cells_of(days: int, grid_of: NDArray[np.int32]) -> int:
    """Return how many cells the planes of so many days have."""
    return sum(days * DAY // grid * int((grid_of == grid).sum()) for grid in GRIDS)


def _sheet_rows(
    sheet: NDArray[Any], meters: Ints, grid_seconds: int, start_at: int, *, without: Mask | None = None
) -> Rows:
    """Return the readings of a sheet `[step, column]` by meter, or without some, in order of their use."""
    by_meter = np.ascontiguousarray(sheet.T)
    if without is not None:
        order = _by_size(by_meter)
        order = order[~without[order]]
        by_meter, meters = by_meter[order], meters[order]
    has = by_meter > no_register(by_meter)
    counts, is_held = np.count_nonzero(has, axis=1), has.reshape(-1)
    instants = start_at + grid_seconds * np.arange(1, len(sheet) + 1, dtype=np.int64)
    return Rows(
        meter=np.repeat(meters, counts),
        read_at=np.tile(instants, len(meters))[is_held],
        register=by_meter.reshape(-1)[is_held].astype(np.int64),
    )


def _by_size(by_meter: NDArray[Any]) -> Ints:
    """Return the meters in order of about what passed behind the first day."""
    begin = by_meter[:, : DAY // GRIDS[0]].max(axis=1)
    passed = np.where(begin > no_register(by_meter), by_meter.max(axis=1) - begin, -1)
    return np.argsort(passed, kind="stable")
