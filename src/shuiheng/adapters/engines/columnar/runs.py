"""Runs: files of the readings that hold, sorted by meter, kept as steps from reading to reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import DTypeLike, NDArray

from shuiheng.adapters.engines.columnar.files import NewFiles
from shuiheng.adapters.engines.columnar.manifest import Run
from shuiheng.adapters.engines.columnar.meters import MeterBook
from shuiheng.metering.civil_time import DAY
from shuiheng.metering.kernels import Rows, day_of_instants, day_start, latest_rows, merged_rows, no_rows
from shuiheng.metering.rule_arrays import Ints
from shuiheng.metering.tables import WITHDRAWN


def _schema(step: pa.DataType) -> pa.Schema:
    return pa.schema(
        [
            pa.field("meter", pa.int64(), nullable=False),
            pa.field("wait", pa.int32(), nullable=False),
            pa.field("step", step, nullable=False),
        ]
    )


RUN_SCHEMA, NARROW_RUN_SCHEMA = _schema(pa.int64()), _schema(pa.int32())
"""Row groups follow the order of meters; in a group of several days, meters of like use stand together.
The rows of a meter follow each other in order of time. `wait` and `step` count from the reading before;
in the first row of a meter from the begin of the run's first day, and from zero."""

PATCH_SCHEMA = pa.schema(
    [
        pa.field("meter", pa.int64(), nullable=False),
        pa.field("read_at", pa.int64(), nullable=False),
        pa.field("register", pa.int64()),
    ]
)
"""Sorted by meter, then time. A null register takes the reading away."""

RUN_OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": {"meter": 3, "wait": 1, "step": 3},
    "use_dictionary": False,
    "column_encoding": {"meter": "PLAIN", "wait": "PLAIN", "step": "BYTE_STREAM_SPLIT"},
    "data_page_size": 1 << 18,
    "write_statistics": ["meter"],
}
"""Long runs of equal numbers: plain ones, compressed, take a third of the time of a dictionary."""

READS_AT_ONCE = 2

DAY_RUN_OPTIONS = RUN_OPTIONS | {
    "compression_level": 3,
    "use_dictionary": ["wait"],
    "data_page_size": 1 << 20,
    "column_encoding": {"step": "BYTE_STREAM_SPLIT", "meter": "DELTA_BINARY_PACKED"},
}
"""For runs of one day, in which a meter has few rows."""

PATCH_OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 1,
    "use_dictionary": False,
    "column_encoding": {"register": "BYTE_STREAM_SPLIT", "read_at": "DELTA_BINARY_PACKED"},
}


def _steps(values: Ints, is_first: NDArray[np.bool_], origin: int, dtype: DTypeLike) -> NDArray[Any]:
    """Return by how much each value is above the one before; those in first rows above the origin."""
    steps = np.empty(len(values), dtype)
    np.subtract(values[1:], values[:-1], out=steps[1:], casting="same_kind")
    begins = np.flatnonzero(is_first)
    steps[begins] = values[begins] - origin
    return steps


def totals(steps: NDArray[Any], is_first: NDArray[np.bool_], origin: int) -> Ints:
    """Return running totals that begin anew, at an origin, in each first row."""
    sums = np.cumsum(steps, dtype=np.int64)
    begins = np.flatnonzero(is_first)
    before = sums[begins] - steps[begins] - origin
    lengths = np.diff(np.append(begins, len(steps)))
    sums -= np.repeat(before, lengths)
    return sums


def first_rows(meter: NDArray[Any]) -> NDArray[np.bool_]:
    """Return where another meter begins."""
    is_first = np.ones(len(meter), bool)
    is_first[1:] = meter[1:] != meter[:-1]
    return is_first


def write_run(
    new: NewFiles,
    book: MeterBook,
    days: tuple[int, int],
    parts: Iterable[Rows],
    *,
    is_narrow: bool = False,
) -> Run | None:
    """Write readings that hold, given by runs of meters, into one file; None when there are none.

    Args:
        new: Files of this commit.
        book: The meters.
        days: First and last day.
        parts: The readings.
        is_narrow: Whether all registers are below 2³¹ litres, so that steps need half the room.
    """
    (first_day, last_day), rows = days, 0
    schema = NARROW_RUN_SCHEMA if is_narrow else RUN_SCHEMA
    writer, path = None, None
    try:
        for part in parts:
            if writer is None:
                path = new.path("state", "readings")
                options = DAY_RUN_OPTIONS if first_day == last_day else RUN_OPTIONS
                writer = pq.ParquetWriter(path, schema, **options)
            is_first = first_rows(part.meter)
            columns = [
                book.ids_at(part.meter),
                _steps(part.read_at, is_first, day_start(first_day), np.int32),
                _steps(part.register, is_first, 0, np.int32 if is_narrow else np.int64),
            ]
            table = pa.table([pa.array(column) for column in columns], schema=schema)
            writer.write_table(table, row_group_size=max(1, len(part)))
            rows += len(part)
    finally:
        if writer is not None:
            writer.close()
    if path is None:
        return None
    return Run(file=path.name, first_day=first_day, last_day=last_day, rows=rows, is_patch=False)


def write_patch(new: NewFiles, book: MeterBook, rows: Rows) -> Run:
    """Write rows in order that lie over earlier runs; WITHDRAWN takes a reading away."""
    is_withdrawn = rows.register <= WITHDRAWN
    columns = [
        pa.array(book.ids[rows.meter]),
        pa.array(rows.read_at),
        pa.array(rows.register, mask=is_withdrawn),
    ]
    file = new.write("state", "patch", pa.table(columns, schema=PATCH_SCHEMA), **PATCH_OPTIONS)
    days = (rows.read_at - day_start(0) - 1) // DAY
    return Run(file=file, first_day=int(days.min()), last_day=int(days.max()), rows=len(rows), is_patch=True)


def read_run(folder: Path, run: Run, book: MeterBook, *, wanted: set[int] | None = None) -> Rows:
    """Return the rows of a run in order; of row groups without a wanted meter id nothing."""
    with pq.ParquetFile(folder / "state" / run.file) as file:
        groups = list(range(file.metadata.num_row_groups))
        if wanted is not None:
            groups = [group for group in groups if _may_hold(file.metadata.row_group(group), wanted)]
        if not groups:
            return no_rows()
        table = file.read_row_groups(groups, use_threads=False)
    ids = table["meter"].to_numpy()
    meter = book.index_of(ids).astype(np.int64)
    if run.is_patch:
        register = table["register"].fill_null(WITHDRAWN).to_numpy()
        return Rows(meter=meter, read_at=table["read_at"].to_numpy(), register=register)
    is_first = first_rows(meter)
    rows = Rows(
        meter=meter,
        read_at=totals(table["wait"].to_numpy(), is_first, day_start(run.first_day)),
        register=totals(table["step"].to_numpy(), is_first, 0),
    )
    return _by_meter(rows, np.flatnonzero(is_first))


def _by_meter(rows: Rows, begins: Ints) -> Rows:
    """Return rows in order of meter; those of each meter follow each other already."""
    meters = rows.meter[begins]
    if (meters[1:] > meters[:-1]).all():
        return rows
    order = np.argsort(meters)
    lengths = np.diff(np.append(begins, len(rows)))[order]
    shifts = begins[order] - (np.cumsum(lengths) - lengths)
    return rows.at(np.repeat(shifts, lengths) + np.arange(len(rows)))


def _may_hold(row_group: Any, wanted: set[int]) -> bool:
    statistics = row_group.column(0).statistics
    if statistics is None or not statistics.has_min_max:
        return True
    if len(wanted) > 64:
        return not (max(wanted) < statistics.min or min(wanted) > statistics.max)
    return any(statistics.min <= each <= statistics.max for each in wanted)


def read_days(
    folder: Path, runs: Sequence[Run], book: MeterBook, *, days: tuple[int, int], chosen: NDArray[np.bool_]
) -> Rows:
    """Return the readings that hold in the days from one to another, in order.

    Args:
        folder: Folder of the store.
        runs: The runs of a month.
        book: The meters.
        days: First and last day.
        chosen: Marks of meters, or of days and meters `[day, meter]`.
    """
    meters = chosen if chosen.ndim == 1 else chosen.any(axis=0)
    few = np.flatnonzero(meters)
    wanted = None if len(few) == len(book) else set(book.ids[few].tolist())
    held: list[Rows] = []
    patches: list[Rows] = []
    touched = [run for run in runs if run.last_day >= days[0] and run.first_day <= days[1]]

    def read(run: Run) -> Rows:
        return _chosen(read_run(folder, run, book, wanted=wanted), run, days, chosen)

    with ThreadPoolExecutor(READS_AT_ONCE) as pool:
        for run, rows in zip(touched, pool.map(read, touched), strict=True):
            (patches if run.is_patch else held).append(rows)
    base = held[0] if len(held) == 1 else latest_rows(*_columns(held))
    return merged_rows(base, latest_rows(*_columns(patches))) if patches else base


def _chosen(rows: Rows, run: Run, days: tuple[int, int], chosen: NDArray[np.bool_]) -> Rows:
    """Return the rows of a run that lie in some days and are marked."""
    if chosen.ndim == 1:
        keep = chosen[rows.meter]
        if run.first_day < days[0] or run.last_day > days[1]:
            keep &= (rows.read_at > day_start(days[0])) & (rows.read_at <= day_start(days[1] + 1))
    elif run.first_day == run.last_day:
        keep = chosen[run.first_day - days[0]][rows.meter]
    else:
        day = day_of_instants(rows.read_at) - days[0]
        inside = (day >= 0) & (day < len(chosen))
        keep = inside & chosen[np.where(inside, day, 0), rows.meter]
    return rows if keep.all() else rows.at(keep)


def _columns(parts: list[Rows]) -> tuple[Ints, Ints, Ints]:
    whole = [no_rows(), *parts]
    return (
        np.concatenate([rows.meter for rows in whole]),
        np.concatenate([rows.read_at for rows in whole]),
        np.concatenate([rows.register for rows in whole]),
    )
