"""Files of day blocks and month blocks, and the blocks of a month as arrays [day, meter]."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shuiheng.adapters.engines.columnar.errors import DamagedStoreError
from shuiheng.adapters.engines.columnar.files import NewFiles
from shuiheng.adapters.engines.columnar.meters import MeterBook
from shuiheng.adapters.engines.columnar.runs import first_rows, totals
from shuiheng.metering.civil_time import DAY
from shuiheng.metering.kernels import Blocks, day_start, empty_blocks
from shuiheng.metering.rule_arrays import Ints
from shuiheng.metering.tables import BLOCK, MISSING

DAY_SCHEMA = pa.schema(
    [
        pa.field("meter", pa.int64(), nullable=False),
        pa.field("day", pa.date32(), nullable=False),
        pa.field("n", pa.int32(), nullable=False),
        pa.field("first_second", pa.int32(), nullable=False),
        pa.field("last_second", pa.int32(), nullable=False),
        pa.field("lead", pa.int64(), nullable=False),
        pa.field("shift", pa.int64(), nullable=False),
        pa.field("excess", pa.int64(), nullable=False),
        pa.field("unknown", pa.int32(), nullable=False),
        pa.field("unknown_seconds", pa.int32(), nullable=False),
        pa.field("spliced", pa.int32(), nullable=False),
        pa.field("rolled", pa.int32(), nullable=False),
        pa.field("gap", pa.int32(), nullable=False),
        pa.field("night", pa.int64()),
    ]
)
"""One row per meter and day that has readings, or that has lost them (n = 0); sorted by meter, then day.
`lead`: first register less the last one of the row before of the same meter, in the first row of a
meter less zero. `shift`: last less first register. `excess`: known litres less `shift`, mostly zero."""

_MONTH_NAMES = {"last": "shift", "known": "excess"}
MONTH_SCHEMA = pa.schema(
    [
        pa.field("meter", pa.int64(), nullable=False),
        *[
            pa.field(
                _MONTH_NAMES.get(column.name, column.name), pa.type_for_alias(column.dtype), nullable=False
            )
            for column in BLOCK
        ],
    ]
)
"""One row per meter that has readings in the month. `shift` and `excess` as in the days."""

NIGHT_SCHEMA = pa.schema([("meter", pa.int64()), ("night", pa.date32()), ("litres", pa.int64())])
"""One row per meter and night that has a volume."""

_SPLIT = ("lead", "shift", "night", "day")
_FEW_VALUES = ("n", "gap")
DAY_OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": {field.name: 3 if field.name in _SPLIT else 1 for field in DAY_SCHEMA},
    "use_dictionary": list(_FEW_VALUES),
    "column_encoding": {
        field.name: "BYTE_STREAM_SPLIT" if field.name in _SPLIT else "PLAIN"
        for field in DAY_SCHEMA
        if field.name not in _FEW_VALUES
    }
    | {"meter": "DELTA_BINARY_PACKED"},
    "write_statistics": False,
}
MONTH_OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 1,
    "use_dictionary": False,
    "column_encoding": {
        field.name: "BYTE_STREAM_SPLIT" if field.name in ("first", "shift") else "DELTA_BINARY_PACKED"
        for field in MONTH_SCHEMA
    },
    "write_statistics": False,
}

METERS_AT_ONCE = 1000
"""Meters whose days are put into columns in one go: they stay near the processor."""


def empty_days(days: int, count: int) -> Blocks:
    """Return empty day blocks as arrays [day, meter]."""
    return {name: column.reshape(days, count) for name, column in empty_blocks(days * count).items()}


def widened(blocks: Blocks, count: int) -> Blocks:
    """Return blocks with empty ones for meters that came later."""
    days, held = blocks["n"].shape
    if held == count:
        return blocks
    wide = empty_days(days, count)
    for name, column in wide.items():
        column[:, :held] = blocks[name]
    return wide


def write_days(new: NewFiles, book: MeterBook, first_day: int, days: Blocks, touched: Any = None) -> str:
    """Write the day blocks `[day, meter]` that have readings, or those touched; return the file's name."""
    chosen = days["n"] > 0 if touched is None else touched
    tables = []
    for begin in range(0, max(chosen.shape[1], 1), METERS_AT_ONCE):
        part = slice(begin, begin + METERS_AT_ONCE)
        is_in = np.ascontiguousarray(chosen[:, part].T)
        meter, day = np.nonzero(is_in)
        blocks = {name: np.ascontiguousarray(column[:, part].T)[is_in] for name, column in days.items()}
        tables.append(_day_table(book, begin + meter, first_day + day, blocks))
    return new.write("state", "days", pa.concat_tables(tables), **DAY_OPTIONS)


def _day_table(book: MeterBook, meter: Ints, day: Ints, blocks: Blocks) -> pa.Table:
    start_at = day_start(0) + day * DAY
    is_first, first, last = first_rows(meter), blocks["first"], blocks["last"]
    lead = first.copy()
    lead[1:] -= np.where(is_first[1:], 0, last[:-1])
    has = blocks["n"] > 0
    night = blocks["night"]
    columns: dict[str, Any] = {
        "meter": book.ids[meter],
        "day": pa.array(day.astype(np.int32), pa.int32()).view(pa.date32()),
        "first_second": np.where(has, blocks["first_at"] - start_at, 0),
        "last_second": np.where(has, blocks["last_at"] - start_at, 0),
        "lead": lead,
        "shift": last - first,
        "excess": blocks["known"] - (last - first),
        "night": pa.array(night, mask=night == MISSING),
    }
    for name in ("n", "unknown", "unknown_seconds", "spliced", "rolled", "gap"):
        columns[name] = blocks[name]
    arrays = [
        column if isinstance(column, pa.Array) else pa.array(column.astype(field.type.to_pandas_dtype()))
        for field in DAY_SCHEMA
        for column in [columns[field.name]]
    ]
    return pa.table(arrays, schema=DAY_SCHEMA)


def _read_table(
    folder: Path, file: str, columns: list[str] | None = None, *, use_threads: bool = False
) -> pa.Table:
    try:
        with pq.ParquetFile(folder / "state" / file) as opened:
            return opened.read(columns=columns, use_threads=use_threads)
    except (OSError, pa.ArrowInvalid) as error:
        raise DamagedStoreError(file, f"it cannot be read ({error})") from error


def read_days(folder: Path, files: Sequence[str], book: MeterBook, first_day: int, days: int) -> Blocks:
    """Return the day blocks of a month as arrays [day, meter]; a later file lies over the earlier ones."""
    blocks = empty_days(days, len(book))
    for file in files:
        table = _read_table(folder, file)
        meter = book.index_of(table["meter"].to_numpy())
        day = _days_of(table)
        place = (day - first_day, meter)
        start_at = day_start(0) + day.astype(np.int64) * DAY
        columns = {
            name: table[name].to_numpy() for name in DAY_SCHEMA.names if name not in ("meter", "day", "night")
        }
        is_first = first_rows(meter)
        last = totals(columns["lead"] + columns["shift"], is_first, 0)
        has = columns["n"] > 0
        blocks["last"][place] = last
        blocks["first"][place] = last - columns["shift"]
        blocks["known"][place] = columns["shift"] + columns["excess"]
        blocks["first_at"][place] = np.where(has, start_at + columns["first_second"], 0)
        blocks["last_at"][place] = np.where(has, start_at + columns["last_second"], 0)
        blocks["night"][place] = table["night"].fill_null(MISSING).to_numpy()
        for name in ("n", "unknown", "unknown_seconds", "spliced", "rolled", "gap"):
            blocks[name][place] = columns[name]
    return blocks


def night_table(folder: Path, file: str) -> pa.Table:
    """Return the nights of a file that nothing lies over."""
    table = _read_table(folder, file, ["meter", "day", "night"], use_threads=True)
    columns = table.filter(pc.is_valid(table["night"])).columns
    return pa.table(columns, schema=NIGHT_SCHEMA)


def read_nights(folder: Path, files: Sequence[str], book: MeterBook, first_day: int, days: int) -> Ints:
    """Return the night volumes of a month as an array [day, meter], MISSING where there is none."""
    nights = np.full((days, len(book)), MISSING, np.int64)
    for file in files:
        table = _read_table(folder, file, ["meter", "day", "night"])
        place = (_days_of(table) - first_day, book.index_of(table["meter"].to_numpy()))
        nights[place] = table["night"].fill_null(MISSING).to_numpy()
    return nights


def _days_of(table: pa.Table) -> Any:
    return table["day"].combine_chunks().view(pa.int32()).to_numpy()


def write_month(new: NewFiles, book: MeterBook, blocks: Blocks) -> str:
    """Write the month blocks that have readings, one row per meter, and return the file's name."""
    has = np.flatnonzero(blocks["n"] > 0)
    shift = blocks["last"] - blocks["first"]
    kept = blocks | {"last": shift, "known": blocks["known"] - shift}
    arrays = [pa.array(book.ids[has])]
    arrays += [pa.array(kept[column.name][has].astype(column.dtype)) for column in BLOCK]
    return new.write("state", "months", pa.table(arrays, schema=MONTH_SCHEMA), **MONTH_OPTIONS)


def read_month(folder: Path, file: str, book: MeterBook) -> Blocks:
    """Return the month blocks of all meters of the book, by index."""
    blocks = empty_blocks(len(book), BLOCK)
    if not file:
        return blocks
    table = _read_table(folder, file)
    index = book.index_of(table["meter"].to_numpy())
    for column in BLOCK:
        blocks[column.name][index] = table[_MONTH_NAMES.get(column.name, column.name)].to_numpy()
    blocks["known"][index] += blocks["last"][index]
    blocks["last"][index] += blocks["first"][index]
    return blocks
