"""Kernels: readings to day blocks, day blocks to months, months to volumes. Arrays in, arrays out.

They know no engine: one machine, a pool and a cluster run the same functions. Their
results join associatively (decision 0010), so that any worker may make any part, and a
late row changes one day block and one month block.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shuiheng.metering.civil_time import DAY, HOUR, OFFSET
from shuiheng.metering.rule_arrays import (
    MEASURED,
    ROLLED_OVER,
    SPLICED,
    Intervals,
    Ints,
    Mask,
    RuleArrays,
    interval_volumes,
    key_of,
)
from shuiheng.metering.tables import BLOCK, DAY_BLOCK, MISSING, WITHDRAWN, Column

NIGHT_FROM, NIGHT_TO = 2 * HOUR, 4 * HOUR

Blocks = dict[str, NDArray[Any]]
"""Arrays of one length by column name: `tables.BLOCK`, and `night` when they are of days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Readings that hold, one element each, in order of meter, then instant.

    Args:
        meter: Index of the meter.
        read_at: Instant.
        register: Litres that the register showed.
    """

    meter: NDArray[Any]
    read_at: Ints
    register: Ints

    def __len__(self) -> int:
        """Return the number of readings."""
        return len(self.meter)

    def at(self, index: Any) -> Rows:
        """Return some of them."""
        return Rows(meter=self.meter[index], read_at=self.read_at[index], register=self.register[index])

    @property
    def keys(self) -> Ints:
        """One number per reading that sorts by meter, then instant."""
        return key_of(self.meter, self.read_at)


def no_rows() -> Rows:
    """Return no readings."""
    nothing = np.empty(0, np.int64)
    return Rows(meter=nothing, read_at=nothing, register=nothing)


def empty_blocks(count: int, columns: tuple[Column, ...] = DAY_BLOCK) -> Blocks:
    """Return empty blocks, one per meter. Columns: see tables.DAY_BLOCK."""
    blocks: Blocks = {column.name: np.zeros(count, column.dtype) for column in columns}
    if "night" in blocks:
        blocks["night"][:] = MISSING
    return blocks


def put(into: Blocks, index: Any, blocks: Blocks) -> None:
    """Write blocks to their places among others, in place."""
    for name, column in into.items():
        column[index] = blocks[name]


def take(blocks: Blocks, index: Any) -> Blocks:
    """Return some of the blocks."""
    return {name: column[index] for name, column in blocks.items()}


def day_of_instants(read_at: Ints) -> Ints:
    """Return the local day of each instant, counted from 1970-01-01; 00:00 closes the day before."""
    days: Ints = (read_at + (OFFSET - 1)) // DAY
    return days


def day_start(day: int) -> int:
    """Return the instant at which a day begins, which is not part of it."""
    return day * DAY - OFFSET


def are_in(keys: Ints, known: Ints) -> Mask:
    """Return which keys are among the known ones, which are in order."""
    if not len(known):
        return np.zeros(len(keys), bool)
    place = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    found: Mask = known[place] == keys
    return found


def latest_rows(meter: NDArray[Any], read_at: Ints, register: Ints) -> Rows:
    """Return for each meter and instant the last of the rows given, withdrawals too, in order."""
    keys = key_of(meter, read_at)
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    is_last = np.ones(len(keys), bool)
    is_last[:-1] = keys[1:] != keys[:-1]
    kept = order[is_last]
    return Rows(meter=meter[kept], read_at=read_at[kept], register=register[kept])


def merged_rows(base: Rows, over: Rows) -> Rows:
    """Return rows in order with others put over them: the others win, and a withdrawal removes."""
    if not len(over):
        return base
    held, keys = base.keys, over.keys
    keep = np.ones(len(held), bool)
    keep[np.searchsorted(held, keys[are_in(keys, held)])] = False
    base, held = base.at(keep), held[keep]
    over = over.at(over.register > WITHDRAWN)
    place = np.searchsorted(held, over.keys)
    return Rows(
        meter=np.insert(base.meter, place, over.meter),
        read_at=np.insert(base.read_at, place, over.read_at),
        register=np.insert(base.register, place, over.register),
    )


def no_register(plane: NDArray[Any]) -> int:
    """Return the number from which down a cell of a plane of some type has no register."""
    return int(np.iinfo(plane.dtype).min) + WITHDRAWN - MISSING


def plane_blocks(
    plane: NDArray[Any], *, start_at: int, grid_seconds: int, rules: RuleArrays, meters: Ints
) -> tuple[Blocks, Mask]:
    """Return the day blocks of a full plane, and the columns for which they hold.

    One column per meter of `meters`, one row of the plane per step of the grid in the day
    (start_at, start_at + a day]. They hold where no reading is missing and none fell by
    more than noise; the others go to `row_blocks`. Events are not looked at.
    """
    tolerance = rules.rules.tolerance_litres
    count = plane.shape[1]
    is_plain = plane.min(axis=0) > no_register(plane)
    if len(plane) > 1:
        is_plain &= (plane[1:] - plane[:-1]).min(axis=0) >= -tolerance
    columns = np.flatnonzero(is_plain)
    whole = len(columns) == count
    first, last = (plane[0], plane[-1]) if whole else (plane[0, columns], plane[-1, columns])
    blocks = empty_blocks(len(columns))
    blocks["n"][:] = len(plane)
    blocks["first_at"][:] = start_at + grid_seconds
    blocks["last_at"][:] = start_at + DAY
    blocks["first"][:], blocks["last"][:] = first, last
    blocks["gap"][:] = grid_seconds if len(plane) > 1 else 0
    row = rules.rows_at(meters[columns], blocks["first_at"])
    multiplier = rules.registers.multiplier[row]
    blocks["known"][:] = (last - first) * multiplier
    if NIGHT_FROM % grid_seconds == 0:
        two, four = plane[NIGHT_FROM // grid_seconds - 1], plane[NIGHT_TO // grid_seconds - 1]
        litres = (four - two) if whole else (four - two)[columns]
        blocks["night"][:] = litres * multiplier
        is_plain[columns[litres < -tolerance]] = False
    kept = is_plain[columns]
    return blocks if kept.all() else take(blocks, kept), is_plain


def row_blocks(rows: Rows, rules: RuleArrays) -> tuple[Ints, Blocks]:
    """Return the meters in `rows` and the block of each, on the exact path: gaps, falls, events, any grid.

    One row per meter; all its rows are taken as one run. Rows in order of meter, then instant.
    """
    if not len(rows):
        return np.empty(0, np.int64), empty_blocks(0)
    is_first = np.ones(len(rows), bool)
    is_first[1:] = rows.meter[1:] != rows.meter[:-1]
    begins = np.flatnonzero(is_first)
    ends = np.append(begins[1:], len(rows)) - 1
    inside = np.flatnonzero(~is_first)
    pairs = _between(rows, inside - 1, inside)
    litres, basis = interval_volumes(pairs, rules)
    is_unknown = litres == MISSING
    seconds = pairs.end_at - pairs.start_at
    blocks = empty_blocks(len(begins))
    blocks["n"][:] = ends - begins + 1
    blocks["first_at"][:], blocks["first"][:] = rows.read_at[begins], rows.register[begins]
    blocks["last_at"][:], blocks["last"][:] = rows.read_at[ends], rows.register[ends]

    def put_sum(name: str, values: NDArray[Any], *, greatest: bool = False) -> None:
        spread = np.zeros(len(rows), np.int64)
        spread[inside] = values
        blocks[name][:] = (np.maximum if greatest else np.add).reduceat(spread, begins)

    put_sum("known", np.where(is_unknown, 0, litres))
    put_sum("gap", seconds, greatest=True)
    if is_unknown.any():
        put_sum("unknown", is_unknown)
        put_sum("unknown_seconds", seconds * is_unknown)
    if (basis != MEASURED).any():
        put_sum("spliced", basis == SPLICED)
        put_sum("rolled", basis == ROLLED_OVER)
    return rows.meter[begins].astype(np.int64), blocks


def night_volumes(rows: Rows, rules: RuleArrays, *, start_at: int) -> tuple[NDArray[Any], Ints]:
    """Return meters and night volumes of one day: register at 04:00 less register at 02:00.

    Only meters with both readings and a volume between them. Rows of one day, in order.
    """
    two = rows.at(rows.read_at == start_at + NIGHT_FROM)
    four = rows.at(rows.read_at == start_at + NIGHT_TO)
    _, left, right = np.intersect1d(two.meter, four.meter, assume_unique=True, return_indices=True)
    pairs = Intervals(
        meter=two.meter[left],
        start_at=two.read_at[left],
        start=two.register[left],
        end_at=four.read_at[right],
        end=four.register[right],
    )
    litres, _ = interval_volumes(pairs, rules)
    known = litres != MISSING
    return pairs.meter[known], litres[known]


def day_row_blocks(rows: Rows, rules: RuleArrays, *, start_at: int) -> tuple[Ints, Blocks]:
    """Return the meters in the rows of one day and their day blocks, with the nights. See `row_blocks`."""
    meters, blocks = row_blocks(rows, rules)
    at_night, litres = night_volumes(rows, rules, start_at=start_at)
    blocks["night"][np.searchsorted(meters, at_night)] = litres
    return meters, blocks


def _between(rows: Rows, left: NDArray[Any], right: NDArray[Any]) -> Intervals:
    return Intervals(
        meter=rows.meter[right],
        start_at=rows.read_at[left],
        start=rows.register[left],
        end_at=rows.read_at[right],
        end=rows.register[right],
    )


def lead_volumes(meter: NDArray[Any], left: Blocks, right: Blocks, rules: RuleArrays) -> Blocks:
    """Return the interval from each left block to its right one, as the columns that a join adds.

    One row per meter; zero where either block is empty. `is_between` says where there is one.
    """
    index = np.flatnonzero((left["n"] > 0) & (right["n"] > 0))
    pairs = Intervals(
        meter=meter[index],
        start_at=left["last_at"][index],
        start=left["last"][index],
        end_at=right["first_at"][index],
        end=right["first"][index],
    )
    litres, basis = interval_volumes(pairs, rules)
    seconds, is_unknown = pairs.end_at - pairs.start_at, litres == MISSING
    added: Blocks = {
        "known": np.where(is_unknown, 0, litres),
        "unknown": is_unknown.astype(np.int32),
        "unknown_seconds": seconds * is_unknown,
        "spliced": (basis == SPLICED).astype(np.int32),
        "rolled": (basis == ROLLED_OVER).astype(np.int32),
        "gap": seconds,
        "is_between": np.ones(len(index), bool),
    }
    lead: Blocks = {name: np.zeros(len(meter), column.dtype) for name, column in added.items()}
    put(lead, index, added)
    return lead


def joined(meter: NDArray[Any], left: Blocks, right: Blocks, rules: RuleArrays) -> Blocks:
    """Return the joined blocks of neighbouring runs, one row per meter. Associative; `n` = 0 is the unit."""
    lead = lead_volumes(meter, left, right, rules)
    has_left, has_right = left["n"] > 0, right["n"] > 0
    blocks: Blocks = {
        "n": left["n"] + right["n"],
        "first_at": np.where(has_left, left["first_at"], right["first_at"]),
        "first": np.where(has_left, left["first"], right["first"]),
        "last_at": np.where(has_right, right["last_at"], left["last_at"]),
        "last": np.where(has_right, right["last"], left["last"]),
        "gap": np.maximum(np.maximum(left["gap"], right["gap"]), lead["gap"]),
    }
    for name in ("known", "unknown", "unknown_seconds", "spliced", "rolled"):
        blocks[name] = left[name] + right[name] + lead[name]
    return {column.name: blocks[column.name] for column in BLOCK}


def month_blocks(meter: NDArray[Any], days: list[Blocks], rules: RuleArrays) -> Blocks:
    """Return the month blocks of meters from their day blocks in order of time. One row per meter."""
    month = empty_blocks(len(meter), BLOCK)
    for day in days:
        month = joined(meter, month, day, rules)
    return month


def as_read_volumes(meter: NDArray[Any], before: Blocks, blocks: Blocks, rules: RuleArrays) -> Blocks:
    """Return the volumes as read (抄见水量) of periods: joined with what came before, less what came before.

    One row per meter. Columns: see tables.VOLUME.
    """
    lead = lead_volumes(meter, before, blocks, rules)
    ending = np.maximum(blocks["n"] - 1, 0) + lead["is_between"]
    volumes: Blocks = {
        name: blocks[name] + lead[name] for name in ("unknown", "unknown_seconds", "spliced", "rolled")
    }
    volumes["gap"] = np.maximum(blocks["gap"], lead["gap"])
    is_known = ending > volumes["unknown"]
    volumes["litres"] = np.where(is_known, blocks["known"] + lead["known"], MISSING)
    return volumes


def carried(before: Blocks, blocks: Blocks) -> Blocks:
    """Return the last reading up to the end of a period: of its block, or else what was carried into it."""
    has = blocks["n"] > 0
    return {
        "n": np.where(has, blocks["n"], before["n"]),
        "last_at": np.where(has, blocks["last_at"], before["last_at"]),
        "last": np.where(has, blocks["last"], before["last"]),
    }
