"""The files of a settlement: one per kind, month and range of meters, the same bytes from every engine."""

from __future__ import annotations

import json
import os
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from shuiheng.adapters.engines.columnar.answers import no_periods, quality_table
from shuiheng.adapters.engines.columnar.blocks import NIGHT_SCHEMA
from shuiheng.adapters.engines.columnar.meters import empty_book
from shuiheng.adapters.engines.settlement import by_time
from shuiheng.adapters.engines.settlement.job import SettleJob
from shuiheng.metering.kernels import empty_blocks

READING_SCHEMA = pa.schema([(name, pa.int64()) for name in ("meter", "read_at", "register")])
PERIODS = {
    "months": "month",
    "days": "day",
    "nights": "night",
    "quality": "month",
    "by_time": "month",
    "readings": "read_at",
}
"""Column beside `meter` by which the rows of a kind are told apart, and sorted."""

OPTIONS: dict[str, Any] = {"compression": "zstd", "compression_level": 1, "store_schema": False}
SUMMARY = "settlement.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a settlement covers.

    Args:
        generation: Generation of the store.
        from_on: First day.
        to_on: Last day.
        ranges: Number of ranges of meters.
        rows: Rows by kind.
    """

    generation: int
    from_on: str
    to_on: str
    ranges: int
    rows: dict[str, int]


def empty_answers(kind: str) -> pa.Table:
    """Return the table of a kind without rows."""
    if kind in ("months", "days"):
        return no_periods(PERIODS[kind])
    if kind == "quality":
        return quality_table(empty_book().ids, empty_book().grid_of, 0, empty_blocks(0))
    return {"nights": NIGHT_SCHEMA, "by_time": by_time.SCHEMA, "readings": READING_SCHEMA}[kind].empty_table()


def part_name(kind: str, month: int, place: int) -> str:
    """Return the name of the part of a month, counted from 1970-01, and a range of meters."""
    return f"{kind}/{1970 + month // 12}-{month % 12 + 1:02d}/{place:05d}.parquet"


def write_part(folder: Path, name: str, table: pa.Table) -> int:
    """Write a part and return its rows; without rows there is no file. Written twice it is the same.

    Rows are given in order of meter, then period.
    """
    if not table.num_rows:
        return 0
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{uuid.uuid4().hex}.tmp")
    pq.write_table(table.combine_chunks(), beside, **OPTIONS)
    with beside.open("rb") as stream:
        os.fsync(stream.fileno())
    beside.rename(path)
    return int(table.num_rows)


def in_order(kind: str, table: pa.Table) -> pa.Table:
    """Return rows in the order in which they are written."""
    return table.sort_by([("meter", "ascending"), (PERIODS[kind], "ascending")])


def part_names(folder: Path, kind: str) -> list[str]:
    """Return the names of the parts of a kind, by month, then range."""
    return sorted(path.relative_to(folder).as_posix() for path in (folder / kind).glob("*/*.parquet"))


def read_answers(folder: Path, kind: str) -> pa.Table:
    """Return all rows of a kind, by month, then meter."""
    tables = [pq.read_table(folder / name, partitioning=None) for name in part_names(folder, kind)]
    return pa.concat_tables([empty_answers(kind), *tables])


def write_summary(job: SettleJob, rows: dict[str, int]) -> Summary:
    """Write what a settlement covers, as its last file: a folder without it is not whole.

    Files that a machine left half written when it died are removed.
    """
    for left in job.out.glob("*/*/.*.tmp"):
        left.unlink(missing_ok=True)
    summary = Summary(
        generation=job.generation,
        from_on=job.from_on.isoformat(),
        to_on=job.to_on.isoformat(),
        ranges=job.ranges,
        rows={kind: rows.get(kind, 0) for kind in job.kinds},
    )
    beside = job.out / f"{SUMMARY}.tmp"
    beside.write_text(json.dumps(asdict(summary), indent=2) + "\n", "utf-8")
    beside.rename(job.out / SUMMARY)
    return summary


def read_summary(folder: Path) -> Summary:
    """Return what a settlement covers."""
    return Summary(**json.loads((folder / SUMMARY).read_text("utf-8")))
