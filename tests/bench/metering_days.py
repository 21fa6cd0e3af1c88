"""What comes after the landing files: new days, late readings, and a city where some meters are special."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shuiheng.adapters.engines.columnar.meters import EVENT_SCHEMA
from shuiheng.adapters.engines.columnar.months import first_day
from shuiheng.metering.civil_time import OFFSET
from shuiheng.metering.kernels import day_start
from tests.bench.metering_rows import HOUR, MICROSECONDS, landing_table

SPECIAL = 50
"""One meter in so many is special."""

SHIFT = 7 * 60 * MICROSECONDS


def late_reading(meter: int, month: int) -> pa.Table:
    """Return one reading that arrives now, of the tenth of a month, a moment before 05:00."""
    now = time.time_ns()
    at = day_start(first_day(month) + 9) + 5 * 3600 - 1 - now % 1000
    columns = {"meter": [meter], "read_at": [at], "register": [10**9], "recorded_at": [now // 10**9]}
    return pa.table({name: pa.array(column, pa.int64()) for name, column in columns.items()})


def write_new_days(folder: Path, count: int) -> None:
    """Write days that follow the landing files, each with corrections of the three days before."""
    (folder / "new").mkdir(exist_ok=True)
    last = pq.read_table(sorted((folder / "L0").glob("*.parquet"))[-1])
    meter, ts = last["meter_id"].to_numpy(), last["ts"].to_numpy().astype(np.int64)
    litres = np.rint(last["value"].to_numpy() * 1000).astype(np.int64)
    end, size = int(ts.max()), int(meter.max()) + 1
    highest = np.zeros(size, np.int64)
    np.maximum.at(highest, meter, litres)
    rng = np.random.default_rng(7)
    recent = np.flatnonzero(ts > end - 72 * HOUR)
    for number in range(count):
        hours = np.arange(1, 25)
        ids = np.tile(np.arange(size, dtype=np.int32), 24)
        at = np.repeat(end + hours * HOUR, size)
        value = (highest[:, None] + 321 * hours).T.ravel()
        chosen = rng.choice(recent, min(2880, len(recent)), replace=False)
        rows = (
            np.concatenate([ids, meter[chosen]]),
            np.concatenate([at, ts[chosen]]),
            np.concatenate([value, litres[chosen] + 50]),
            np.concatenate([at + 300 * MICROSECONDS, np.full(len(chosen), end + 25 * HOUR)]),
        )
        pq.write_table(landing_table(*rows), folder / "new" / f"day-{number}.parquet", compression="zstd")
        highest, end = highest + 321 * 24, end + 24 * HOUR


def write_special(folder: Path, target: Path) -> None:
    """Write the same city with one meter in fifty reset, swapped or read seven minutes after the hour.

    The register of a reset or swapped meter goes on from zero behind a reading whose value is
    the final one, so that its volumes are exactly those of the city as it was.
    """
    shutil.rmtree(target, ignore_errors=True)
    (target / "L0").mkdir(parents=True)
    paths = sorted((folder / "L0").glob("*.parquet"))
    breaks = _breaks(paths)
    for path in paths:
        source = pq.ParquetFile(path)
        with pq.ParquetWriter(target / "L0" / path.name, source.schema_arrow, compression="zstd") as writer:
            for group in range(source.num_row_groups):
                writer.write_table(_changed(source.read_row_group(group), breaks))
    rows = [
        {
            "meter": meter,
            "at": at // MICROSECONDS - OFFSET + 1800,
            "sequence": 0,
            "kind": kind,
            "final": final,
            "start": 0,
        }
        for meter, (at, final) in breaks.items()
        for kind in ["swap" if meter % (2 * SPECIAL) else "reset"]
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema=EVENT_SCHEMA), target / "events.parquet")
    for name in ("meter.parquet", "plan.parquet"):
        shutil.copyfile(folder / name, target / name)


def _breaks(paths: list[Path]) -> dict[int, tuple[int, int]]:
    """Return for two in three special meters a reading behind which the register begins anew."""
    table = pq.read_table(paths[len(paths) // 2])
    meter, ts = table["meter_id"].to_numpy(), table["ts"].to_numpy().astype(np.int64)
    litres = np.rint(table["value"].to_numpy() * 1000).astype(np.int64)
    chosen = np.flatnonzero((meter % SPECIAL == 0) & (meter // SPECIAL % 3 != 2))
    found: dict[int, tuple[int, int]] = {}
    middle = int(np.median(ts))
    for row in chosen[
        ts[chosen] >= middle
    ].tolist():  # in order of recording: the last version of the first hour
        known = found.get(int(meter[row]))
        if known is None or known[0] == ts[row]:
            found[int(meter[row])] = (int(ts[row]), int(litres[row]))
    return found


def _changed(table: pa.Table, breaks: dict[int, tuple[int, int]]) -> pa.Table:
    meter, ts = table["meter_id"].to_numpy(), table["ts"].to_numpy().astype(np.int64)
    litres = np.rint(table["value"].to_numpy() * 1000).astype(np.int64)
    size = int(meter.max()) + 1
    begins, finals = np.full(size, np.iinfo(np.int64).max), np.zeros(size, np.int64)
    for id_, (at, final) in breaks.items():
        if id_ < size:
            begins[id_], finals[id_] = at, final
    litres = np.where(ts > begins[meter], np.maximum(litres - finals[meter], 0), litres)
    is_off = (meter % SPECIAL == 0) & (meter // SPECIAL % 3 == 2)
    recorded = table["recorded_at"].to_numpy().astype(np.int64)
    columns = [pa.array(ts + SHIFT * is_off, pa.timestamp("us")), pa.array(litres / 1000.0)]
    return pa.table(
        [table["meter_id"], *columns, pa.array(recorded, pa.timestamp("us"))], schema=table.schema
    )
