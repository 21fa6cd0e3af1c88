"""The state of a month with some rows more: only the days and meters that they touch are made anew."""

from __future__ import annotations

from collections.abc import Iterator
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
    meter = making.book.index_of(fresh.meter)
    last = latest_rows(meter, fresh.read_at, fresh.register)
    recorded_at = latest_rows(meter, fresh.read_at, fresh.recorded_at).register
    days = day_of_instants(last.read_at)
    is_new_day = ~np.isin(days, list(held.state.newest))
    old = _touched(making, held, last.at(~is_new_day))
    winners = _winners(making, held, Fresh(last=last, recorded_at=recorded_at, pieces=pieces), old)
    over = winners.at(~np.isin(day_of_instants(winners.read_at), days[is_new_day]))
    runs = [*held.state.runs, *_new_runs(making, last.at(is_new_day), is_open=is_open)]
    if len(over):
        runs.append(write_patch(making.new, making.book, over))
    touched = _new_blocks(making, held, last.at(is_new_day))
    touched |= _amended_blocks(making, held, merged_rows(old, over), over)
    after = replace(
        held.state,
        runs=tuple(runs),
        newest=_newest(held, fresh),
        has_withdrawals=held.state.has_withdrawals or bool((fresh.register == WITHDRAWN).any()),
    )
    return _with_blocks(making, held, after, touched)


def remake_blocks(making: Making, held: Held, touched: Mask) -> Month:
    """Return a month with the blocks of some days and meters made anew: a rule or an event has changed."""
    first = first_day(held.month)
    by_meter = np.flatnonzero(touched.any(axis=0))
    chosen = np.zeros(len(making.book), bool)
    chosen[by_meter] = True
    days = (first, first + len(touched) - 1)
    rows = read_days(making.folder, held.state.runs, making.book, days=days, chosen=chosen)
    rows = rows.at(touched[day_of_instants(rows.read_at) - first, rows.meter])
    _put_days(making, held, rows, touched)
    return _with_blocks(making, held, held.state, touched)


def _with_blocks(making: Making, held: Held, after: Month, touched: Mask) -> Month:
    """Write the blocks that were touched and the month's summary, and return the month with them."""
    if not touched.any():
        return after
    meters = np.flatnonzero(touched.any(axis=0))
    days = [
        take({name: column[day] for name, column in held.blocks.items()}, meters)
        for day in range(len(touched))
    ]
    put(held.summary, meters, month_blocks(meters, days, making.rules))
    file = write_days(making.new, making.book, first_day(held.month), held.blocks, touched)
    summary = write_month(making.new, making.book, held.summary)
    return replace(after, blocks=(*after.blocks, file), summary=summary)


def _touched(making: Making, held: Held, rows: Rows) -> Rows:
    """Return the readings that are held of the meters and days of some rows."""
    if not len(rows):
        return no_rows()
    first = first_day(held.month)
    days = day_of_instants(rows.read_at)
    chosen = np.zeros((days_in(held.month), len(making.book)), bool)
    chosen[days - first, rows.meter] = True
    bounds = (int(days.min()), int(days.max()))
    found = read_days(
        making.folder, held.state.runs, making.book, days=bounds, chosen=np.asarray(chosen.any(axis=0))
    )
    return found.at(chosen[day_of_instants(found.read_at) - first, found.meter])


def _winners(making: Making, held: Held, fresh: Fresh, old: Rows) -> Rows:
    """Return the rows that hold over what is held; where recording does not decide, the evidence does."""
    last = fresh.last
    days = day_of_instants(last.read_at)
    newest = np.full(days_in(held.month), np.iinfo(np.int64).min)
    for day, at in held.state.newest.items():
        newest[day - first_day(held.month)] = at
    is_doubtful = fresh.recorded_at <= newest[days - first_day(held.month)]
    if not held.state.has_withdrawals:
        is_doubtful &= np.isin(last.keys, old.keys)
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
                parts.append(versions.at(np.isin(found, keys)))
    finally:
        files.close()
    versions = concatenated(parts).in_order()
    held = latest_rows(making.book.index_of(versions.meter), versions.read_at, versions.register)
    return held.register[np.searchsorted(held.keys, keys)]


def _new_runs(making: Making, rows: Rows, *, is_open: bool) -> Iterator[Run]:
    """Write the rows of days that had none before, by day when the month is open."""
    rows = rows.at(rows.register > WITHDRAWN)
    if not len(rows):
        return
    days = day_of_instants(rows.read_at)
    parts = (
        [(int(day), int(day)) for day in np.unique(days)] if is_open else [(int(days.min()), int(days.max()))]
    )
    for first, last in parts:
        chosen = rows.at((days >= first) & (days <= last))
        run = write_run(making.new, making.book, first, last, [chosen])
        if run is not None:
            yield run


def _new_blocks(making: Making, held: Held, rows: Rows) -> Mask:
    """Put the blocks of days that had no rows before, and return which were touched."""
    first = first_day(held.month)
    touched = np.zeros((days_in(held.month), len(making.book)), bool)
    days = day_of_instants(rows.read_at)
    for day in np.unique(days):
        part = rows.at(days == day)
        planes = day_planes(int(day), int(day), making.book.grid_of)
        planes.scatter(part.meter, part.read_at, part.register)
        blocks = planes.day_blocks(int(day), making.rules)
        for name, column in blocks.items():
            held.blocks[name][day - first] = column
        touched[day - first] = blocks["n"] > 0
    return touched


def _amended_blocks(making: Making, held: Held, rows: Rows, over: Rows) -> Mask:
    """Put the blocks of the days and meters of `over`, whose readings are now `rows`."""
    touched = np.zeros((days_in(held.month), len(making.book)), bool)
    touched[day_of_instants(over.read_at) - first_day(held.month), over.meter] = True
    _put_days(making, held, rows, touched)
    return touched


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
    unique, place = np.unique(days, return_inverse=True)
    latest = np.full(len(unique), np.iinfo(np.int64).min)
    np.maximum.at(latest, place, fresh.recorded_at)
    for day, at in zip(unique.tolist(), latest.tolist(), strict=True):
        newest[day] = max(newest.get(day, at), at)
    return newest
