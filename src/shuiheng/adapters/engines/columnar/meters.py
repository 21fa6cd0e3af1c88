"""The meters of the store: their index, registers, grids and events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from shuiheng.metering.model import EventKind, IntervalRules, Meter, MeterEvent, Register
from shuiheng.metering.rule_arrays import Ints, Registers, RuleArrays, rule_arrays

HOURLY = 3600
QUARTER = 900
DAILY = 86400
SELDOM = 6 * HOURLY
"""A new meter with more time than this from reading to reading is taken for one that is read daily."""

DENSE = 4

METER_SCHEMA = pa.schema(
    [
        pa.field("meter", pa.int64(), nullable=False),
        pa.field("grid_seconds", pa.int32(), nullable=False),
        pa.field("modulus", pa.int64(), nullable=False),
        pa.field("multiplier", pa.int64(), nullable=False),
        pa.field("greatest_flow", pa.int64(), nullable=False),
    ]
)
"""One row per meter. Modulus 0: not known. Greatest flow below 0: not known. Grid 0: irregular."""

EVENT_SCHEMA = pa.schema(
    [
        pa.field("meter", pa.int64(), nullable=False),
        pa.field("at", pa.int64(), nullable=False),
        pa.field("sequence", pa.int32(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("final", pa.int64()),
        pa.field("start", pa.int64()),
        pa.field("modulus", pa.int64()),
        pa.field("multiplier", pa.int64()),
        pa.field("greatest_flow", pa.int64()),
    ]
)
"""One row per event. A null multiplier: the register behind it is of the same make."""


@dataclass(frozen=True, slots=True)
class MeterBook:
    """The meters in order of index, with what is known of each.

    Args:
        ids: Id by index.
        grid_of: Nominal seconds between two readings, by index.
        registers: Register that each began with.
    """

    ids: Ints
    grid_of: NDArray[np.int32]
    registers: Registers
    _sorted: Ints
    _order: Ints
    _table: NDArray[np.int32] | None
    _is_plain: bool

    def __len__(self) -> int:
        """Return the number of meters."""
        return len(self.ids)

    def ids_at(self, index: NDArray[Any]) -> NDArray[Any]:
        """Return the id of each meter; the very indices where ids are numbered like them."""
        return index if self._is_plain else self.ids[index]

    def index_of(self, ids: NDArray[Any]) -> NDArray[Any]:
        """Return the index of each meter, -1 where it is not known."""
        if not len(self.ids):
            return np.full(len(ids), -1, np.int64)
        if self._table is not None:
            if len(ids) and ids.min() >= 0 and ids.max() < len(self._table):
                if self._is_plain:
                    return ids
                index: NDArray[Any] = self._table[ids]
                return index
            inside = (ids >= 0) & (ids < len(self._table))
            return np.where(inside, self._table[np.where(inside, ids, 0)], -1)
        place = np.minimum(np.searchsorted(self._sorted, ids), len(self.ids) - 1)
        return np.where(self._sorted[place] == ids, self._order[place], -1)


def book_of(ids: Ints, grid_of: NDArray[np.int32], registers: Registers) -> MeterBook:
    """Return the book of meters in order of index."""
    order = np.argsort(ids, kind="stable")
    table = None
    if len(ids) and ids.min() >= 0 and ids.max() < DENSE * len(ids) + 1_000_000:
        table = np.full(int(ids.max()) + 1, -1, np.int32)
        table[ids] = np.arange(len(ids))
    is_plain = bool((ids == np.arange(len(ids))).all())
    return MeterBook(ids, grid_of, registers, ids[order], order, table, is_plain)


def empty_book() -> MeterBook:
    """Return a book without meters."""
    nothing = np.empty(0, np.int64)
    return book_of(
        nothing, np.empty(0, np.int32), Registers(modulus=nothing, multiplier=nothing, greatest_flow=nothing)
    )


def with_new(book: MeterBook, ids: NDArray[Any], read_at: Ints) -> MeterBook:
    """Return the book with the meters of a batch that it does not know; their grid is seen from the batch."""
    unknown = np.flatnonzero(book.index_of(ids) < 0)
    if not unknown.size:
        return book
    new, place = np.unique(ids[unknown], return_inverse=True)
    grid = _grids(place, read_at[unknown], len(new))
    return book_of(
        np.concatenate([book.ids, new.astype(np.int64)]),
        np.concatenate([book.grid_of, grid]),
        Registers(
            modulus=np.append(book.registers.modulus, np.zeros(len(new), np.int64)),
            multiplier=np.append(book.registers.multiplier, np.ones(len(new), np.int64)),
            greatest_flow=np.append(book.registers.greatest_flow, np.full(len(new), -1, np.int64)),
        ),
    )


def _grids(place: Ints, read_at: Ints, count: int) -> NDArray[np.int32]:
    """Return the grid of each new meter by the instants of its first batch."""
    off_hour = np.bincount(place, read_at % HOURLY != 0, minlength=count) > 0
    off_quarter = np.bincount(place, read_at % QUARTER != 0, minlength=count) > 0
    rows = np.bincount(place, minlength=count)
    first, last = np.full(count, np.iinfo(np.int64).max), np.full(count, np.iinfo(np.int64).min)
    np.minimum.at(first, place, read_at)
    np.maximum.at(last, place, read_at)
    is_daily = (rows > 1) & (last - first > SELDOM * (rows - 1))
    grid = np.where(is_daily, DAILY, np.where(off_hour & ~off_quarter, QUARTER, HOURLY))
    return grid.astype(np.int32)


def with_registers(book: MeterBook, table: pa.Table) -> MeterBook:
    """Return the book with the registers and grids of some meters set, new ones added."""
    given = table.select(METER_SCHEMA.names).cast(METER_SCHEMA)
    columns = {name: given[name].to_numpy() for name in METER_SCHEMA.names}
    book = with_new(book, columns["meter"], np.zeros(given.num_rows, np.int64))
    index = book.index_of(columns["meter"])
    grid_of, registers = book.grid_of.copy(), book.registers
    grid_of[index] = columns["grid_seconds"]
    changed = {}
    for name in ("modulus", "multiplier", "greatest_flow"):
        changed[name] = getattr(registers, name).copy()
        changed[name][index] = columns[name]
    return book_of(book.ids, grid_of, replace(registers, **changed))


def described_otherwise(book: MeterBook, before: MeterBook) -> Ints:
    """Return the ids of meters of a book that an earlier one describes otherwise or does not hold."""
    place = before.index_of(book.ids)
    is_known = place >= 0
    differs = ~is_known
    differs[is_known] |= book.grid_of[is_known] != before.grid_of[place[is_known]]
    for name in ("modulus", "multiplier", "greatest_flow"):
        new, old = getattr(book.registers, name), getattr(before.registers, name)
        differs[is_known] |= new[is_known] != old[place[is_known]]
    return book.ids[differs]


def book_table(book: MeterBook) -> pa.Table:
    """Return the book as a table."""
    columns = [
        book.ids,
        book.grid_of,
        book.registers.modulus,
        book.registers.multiplier,
        book.registers.greatest_flow,
    ]
    return pa.table([pa.array(column) for column in columns], schema=METER_SCHEMA)


def read_book(path: Path) -> MeterBook:
    """Return the book that a file holds."""
    table = pq.read_table(path, schema=METER_SCHEMA)
    columns = {name: table[name].to_numpy() for name in METER_SCHEMA.names}
    registers = Registers(
        modulus=columns["modulus"], multiplier=columns["multiplier"], greatest_flow=columns["greatest_flow"]
    )
    return book_of(columns["meter"], columns["grid_seconds"], registers)


def events_by_meter(events: pa.Table) -> dict[int, list[MeterEvent]]:
    """Return the events of a table by meter."""
    by_meter: dict[int, list[MeterEvent]] = {}
    for row in events.to_pylist():
        by_meter.setdefault(row["meter"], []).append(_event(row))
    return by_meter


def rules_of(book: MeterBook, events: pa.Table, rules: IntervalRules) -> RuleArrays:
    """Return what the volumes of these meters depend on."""
    by_meter = events_by_meter(events)
    ids = np.array(list(by_meter), np.int64)
    index = book.index_of(ids)
    meters = {
        int(place): Meter(id=str(id_), events=tuple(by_meter[int(id_)]))
        for place, id_ in zip(index, ids, strict=True)
        if place >= 0
    }
    return rule_arrays(book.registers, rules, meters=meters)


def _event(row: dict[str, Any]) -> MeterEvent:
    register = None
    if row["multiplier"] is not None:
        flow = row["greatest_flow"]
        register = Register(
            modulus_litres=row["modulus"] or None,
            multiplier=row["multiplier"],
            greatest_flow_l_h=None if flow is None or flow < 0 else flow,
        )
    return MeterEvent(
        at=row["at"],
        kind=EventKind(row["kind"]),
        final=row["final"],
        start=row["start"],
        register=register,
        sequence=row["sequence"],
    )
