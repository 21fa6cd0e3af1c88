"""The state of a month with some rows more: only the days and meters that they touch are made anew."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from shuiheng.adapters.engines.columnar.blocks import empty_days, write_days, write_month
from shuiheng.adapters.engines.columnar.building import Making
from shuiheng.adapters.engines.columnar.evidence import EvidenceFiles, Piece, Versions, concatenated
from shuiheng.adapters.engines.columnar.manifest import Month, Run
from shuiheng.adapters.engines.columnar.months import days_in, first_day
from shuiheng.adapters.engines.columnar.runs import read_days, write_patch, write_run
from shuiheng.metering.civil_time import DAY
from shuiheng.metering.kernels import (
    Blocks,
    Rows,
    are_in,
    day_of_instants,
    day_row_blocks,
    day_start,
    latest_rows,
    merged_rows,
    month_blocks,
    no_rows,
    put,
    take,
)
from shuiheng.metering.planes import day_planes
from shuiheng.metering.rule_arrays import Ints, Mask, key_of
from shuiheng.metering.tables import WITHDRAWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A month as it is held, and its blocks.

    Args:
        month: Number of the month.
        state: Its files.
        blocks: Its day blocks, `[day, meter]`; changed in place.
        summary: Its month blocks; changed in place.
    """

    month: int
    state: Month
    blocks: Blocks
    summary: Blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """New rows of a month: for each meter and instant the version that holds among them.

    Args:
        last: The rows.
        recorded_at: When each was recorded.
        pieces: All evidence, with the new versions.
    """

    last: Rows
    recorded_at: Ints
    pieces: list[Piece]


def amend_month(making: Making, held: Held, fresh: Versions, pieces: list[Piece], *, is_open: bool) -> Month:
    """Return the state of a month after versions that were appended to the evidence.

    Args:
        making: What the making of state needs.
        held: The month before.
        fresh: The new versions of this month, in the order in which they hold.
        pieces: All evidence, with the new versions.
        is_open: Whether the month is the newest one, whose files are by day.
    """
    days = day_of_instants(fresh.read_at)
    has_rows = np.zeros(days_in(held.month), bool)
    has_rows[[day - first_day(held.month) for day in held.state.newest]] = True
    is_new_day = ~has_rows[days - first_day(held.month)]
    first, late = fresh.at(is_new_day), fresh.at(~is_new_day)
    new_runs, touched = _new_days(making, held, first, is_open=is_open)
    runs = [*held.state.runs, *new_runs]
    if len(late):
        chosen = np.zeros((days_in(held.month), len(making.book)), bool)
        meter = making.book.index_of(late.meter)
        chosen[day_of_instants(late.read_at) - first_day(held.month), meter] = True
        old = _held_rows(making, held, chosen)
        over = _winners(making, held, _latest(late, meter, pieces), old)
        runs.append(write_patch(making.new, making.book, over))
        _put_days(making, held, merged_rows(old, over), chosen)
        touched |= chosen
    after = replace(
        held.state,
        runs=tuple(runs),
        newest=_newest(held, fresh),
        has_withdrawals=held.state.has_withdrawals or bool((fresh.register == WITHDRAWN).any()),
    )
    return _with_blocks(making, held, after, touched)


def remake_blocks(making: Making, held: Held, touched: Mask) -> Month:
    """Return a month with the blocks of some days and meters made anew: a rule or an event has changed."""
    rows = _held_rows(making, held, touched)
    _put_days(making, held, rows, touched)
    return _with_blocks(making, held, held.state, touched)


def _with_blocks(making: Making, held: Held, after: Month, touched: Mask) -> Month:
    """Write the blocks that were touched and the month's summary, and return the month with them."""
    if not touched.any():
        return after
    meters = np.flatnonzero(touched.any(axis=0))
    chosen = slice(None) if len(meters) == touched.shape[1] else meters
    days = [
        take({name: column[day] for name, column in held.blocks.items()}, chosen)
        for day in np.flatnonzero(held.blocks["n"].any(axis=1))
    ]
    put(held.summary, meters, month_blocks(meters, days, making.rules))
    file = write_days(making.new, making.book, first_day(held.month), held.blocks, touched)
    summary = write_month(making.new, making.book, held.summary)
    return replace(after, blocks=(*after.blocks, file), summary=summary)


def _held_rows(making: Making, held: Held, chosen: Mask) -> Rows:
    """Return the readings that are held of the days and meters marked."""
    days = np.flatnonzero(chosen.any(axis=1))
    if not len(days):
        return no_rows()
    first, (begin, end) = first_day(held.month), (int(days[0]), int(days[-1]))
    bounds, marks = (first + begin, first + end), chosen[begin : end + 1]
    return read_days(making.folder, held.state.runs, making.book, days=bounds, chosen=marks)


def _latest(late: Versions, meter: Ints, pieces: list[Piece]) -> Fresh:
    """Return for each meter and instant the version that holds among new ones."""
    recorded_at = latest_rows(meter, late.read_at, late.recorded_at).register
    return Fresh(last=latest_rows(meter, late.read_at, late.register), recorded_at=recorded_at, pieces=pieces)


def _winners(making: Making, held: Held, fresh: Fresh, old: Rows) -> Rows:
    """Return the rows that hold over what is held; where recording does not decide, the evidence does."""
    last = fresh.last
    days = day_of_instants(last.read_at)
    newest = np.full(days_in(held.month), np.iinfo(np.int64).min)
    for day, at in held.state.newest.items():
        newest[day - first_day(held.month)] = at
    is_doubtful = fresh.recorded_at <= newest[days - first_day(held.month)]
    if not held.state.has_withdrawals:
        is_doubtful &= are_in(last.keys, old.keys)
    if not is_doubtful.any():
        return last
    register = last.register.copy()
    register[is_doubtful] = _by_evidence(making, last.at(is_doubtful), fresh.pieces)
    return Rows(meter=last.meter, read_at=last.read_at, register=register)


def _by_evidence(making: Making, asked: Rows, pieces: list[Piece]) -> Ints:
    """Return the register that holds at each meter and instant asked for, by all evidence."""
    least, greatest, keys = int(asked.read_at.min()), int(asked.read_at.max()), asked.keys
    parts = []
    files = EvidenceFiles(making.folder)
    try:
        for piece in sorted(pieces, key=lambda each: (each.batch.id, each.group)):
            if piece.read_to >= least and piece.read_from <= greatest:
                versions = files.read(piece)
                found = key_of(making.book.index_of(versions.meter), versions.read_at)
                parts.append(versions.at(are_in(found, keys)))
    finally:
        files.close()
    versions = concatenated(parts).in_order()
    held = latest_rows(making.book.index_of(versions.meter), versions.read_at, versions.register)
    return held.register[np.searchsorted(held.keys, keys)]


def _new_days(making: Making, held: Held, fresh: Versions, *, is_open: bool) -> tuple[list[Run], Mask]:
    """Take days that had no rows before: write their runs, put their blocks, and mark those."""
    first = first_day(held.month)
    touched = np.zeros((days_in(held.month), len(making.book)), bool)
    if not len(fresh):
        return [], touched
    days = day_of_instants(fresh.read_at)
    bounds = (
        [(int(day), int(day)) for day in _each_once(days)]
        if is_open
        else [(int(days.min()), int(days.max()))]
    )
    meter, runs = making.book.index_of(fresh.meter), []
    for begin, end in bounds:
        inside = (days >= begin) & (days <= end)
        part = slice(None) if inside.all() else inside
        planes = day_planes(begin, end, making.book.grid_of)
        planes.scatter(meter[part], fresh.read_at[part], fresh.register[part])
        runs.append(write_run(making.new, making.book, (begin, end), planes.rows()))
        for day in _each_once(days[part]):
            blocks = planes.day_blocks(int(day), making.rules)
            for name, column in blocks.items():
                held.blocks[name][day - first] = column
            touched[day - first] = blocks["n"] > 0
    return [run for run in runs if run is not None], touched


def _each_once(days: Ints) -> Ints:
    """Return the days that occur, in order."""
    least = days.min()
    found: Ints = np.flatnonzero(np.bincount(days - least)) + least
    return found


def _put_days(making: Making, held: Held, rows: Rows, touched: Mask) -> None:
    first = first_day(held.month)
    empty = empty_days(1, len(making.book))
    for place in np.flatnonzero(touched.any(axis=1)):
        start_at = day_start(first + int(place))
        part = rows.at((rows.read_at > start_at) & (rows.read_at <= start_at + DAY))
        meters, blocks = day_row_blocks(part, making.rules, start_at=start_at)
        day = {name: column[place] for name, column in held.blocks.items()}
        put(day, touched[place], take({name: column[0] for name, column in empty.items()}, touched[place]))
        put(day, meters, blocks)


def _newest(held: Held, fresh: Versions) -> dict[int, int]:
    """Return the last instant of taking in by day, with the new versions."""
    newest = dict(held.state.newest)
    days = day_of_instants(fresh.read_at)
    latest = np.zeros(days_in(held.month), np.int64)
    latest[days - first_day(held.month)] = fresh.recorded_at  # in order of recording: the last one stays
    for day in _each_once(days).tolist():
        at = int(latest[day - first_day(held.month)])
        newest[day] = max(newest.get(day, at), at)
    return newest
