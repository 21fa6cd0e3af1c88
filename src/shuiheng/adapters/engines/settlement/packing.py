"""Packs: versions of one range of meters and one month, as bytes that the cluster carries unread.

The cluster would take each row apart and put it together again; of packs it sees some thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from shuiheng.adapters.engines.columnar.evidence import Versions, concatenated
from shuiheng.adapters.engines.columnar.months import first_day, month_of_instant
from shuiheng.adapters.engines.settlement.ranges import range_of
from shuiheng.metering.kernels import day_start
from shuiheng.metering.rule_arrays import Ints
from shuiheng.metering.tables import MISSING

MOST_ROWS = 100_000
"""Versions in a pack: 3.2 MB before compression."""

CODEC = "lz4"
COLUMNS = 4
SCHEMA = pa.schema(
    [
        ("range", pa.int32()),
        ("month", pa.int32()),
        ("task", pa.int32()),
        ("chunk", pa.int32()),
        ("recorded_from", pa.int64()),
        ("recorded_to", pa.int64()),
        ("rows", pa.int32()),
        ("content", pa.binary()),
    ]
)
DDL = (
    "range int, month int, task int, chunk int, "
    "recorded_from bigint, recorded_to bigint, rows int, content binary"
)
NO_MONTH = -(2**31)
"""Month of the pack that only says that a range exists: it comes before all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Versions of a range and a month, in order of batch, then row; `task`, then `chunk` continue that order.

    Args:
        task: Number of the task that read them.
        chunk: Number of the pack in its task.
        recorded_from: First instant of taking in.
        recorded_to: Last instant of taking in.
        rows: Number of versions.
        content: The versions.
    """

    task: int
    chunk: int
    recorded_from: int
    recorded_to: int
    rows: int
    content: bytes

    @property
    def place(self) -> tuple[int, int]:
        """Place in the order of batch and row."""
        return self.task, self.chunk


def packs_of(versions: Versions, *, task: int, bounds: Ints) -> Iterator[pa.RecordBatch]:
    """Yield versions by range and month, in packs.

    Args:
        versions: Versions in order of batch, then row.
        task: Number of the task.
        bounds: First meter id of each range but the first.
    """
    if not len(versions):
        return
    ranges, months = range_of(versions.meter, bounds), _months(versions.read_at)
    first, count = int(months.min()), int(months.max() - months.min()) + 1
    keys = ranges * count + (months - first)
    order = np.argsort(keys.astype(np.int16 if keys.max() < 2**15 else np.int64), kind="stable")
    sorted_keys = keys[order]
    begins = np.flatnonzero(np.append(True, sorted_keys[1:] != sorted_keys[:-1]))
    chunk = 0
    for begin, end in zip(begins, np.append(begins[1:], len(order)), strict=True):
        place, month = divmod(int(sorted_keys[begin]), count)
        for some in range(begin, end, MOST_ROWS):
            part = versions.at(order[some : min(some + MOST_ROWS, end)])
            yield _batch(part, head=[place, month + first, task, chunk])
            chunk += 1


def range_mark(place: int) -> pa.RecordBatch:
    """Return the pack without versions that says that a range exists."""
    nothing = np.empty(0, np.int64)
    empty = Versions(meter=nothing, read_at=nothing, register=nothing, recorded_at=nothing)
    return _batch(empty, head=[place, NO_MONTH, 0, 0])


def _months(read_at: Ints) -> Ints:
    first, last = (month_of_instant(int(at)) for at in (read_at.min(), read_at.max()))
    ends = [day_start(first_day(number)) for number in range(first + 1, last + 1)]
    months: Ints = np.searchsorted(np.array(ends, np.int64), read_at, side="left") + first
    return months


def _batch(versions: Versions, *, head: list[int]) -> pa.RecordBatch:
    columns = (versions.meter, versions.read_at, versions.register, versions.recorded_at)
    content = np.stack([column.astype(np.int64, copy=False) for column in columns]).tobytes()
    recorded = versions.recorded_at
    bounds = [int(recorded.min()), int(recorded.max())] if len(versions) else [0, 0]
    packed = pa.compress(content, codec=CODEC, asbytes=True)
    row: list[Any] = [*head, *bounds, len(versions), packed]
    return pa.record_batch(
        [pa.array([value], field.type) for value, field in zip(row, SCHEMA, strict=True)], SCHEMA
    )


def unpacked(pack: Pack) -> Versions:
    """Return the versions of a pack."""
    size = COLUMNS * 8 * pack.rows
    content = pa.decompress(pack.content, decompressed_size=size, codec=CODEC, asbytes=True)
    meter, read_at, register, recorded_at = np.frombuffer(content, np.int64).reshape(COLUMNS, pack.rows)
    return Versions(meter=meter, read_at=read_at, register=register, recorded_at=recorded_at)


def in_recorded_order(packs: Iterable[Pack]) -> Iterator[Versions]:
    """Yield the versions of packs in the order in which they hold: by recording, then batch, then row.

    Only packs that overlap in recording are put in order together.
    """
    for cluster in _clusters(sorted(packs, key=lambda pack: (pack.recorded_from, pack.place))):
        parts = [unpacked(pack) for pack in sorted(cluster, key=lambda pack: pack.place)]
        yield concatenated(parts).in_order()


def _clusters(packs: list[Pack]) -> list[list[Pack]]:
    """Return packs in runs of which each holds wholly behind the one before."""
    found: list[list[Pack]] = []
    until, highest = MISSING, (-1, -1)
    for pack in packs:
        is_behind = pack.recorded_from > until
        is_behind |= pack.recorded_from == until and pack.place > highest
        if not found or is_behind:
            found.append([pack])
            highest = pack.place
        else:
            found[-1].append(pack)
            highest = max(highest, pack.place)
        until = max(until, pack.recorded_to)
    return found
