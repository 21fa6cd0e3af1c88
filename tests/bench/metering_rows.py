"""Landing files of a made-up city: hourly registers in m³ as recorded, with gaps, resends, corrections."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

SCHEMA = pa.schema(
    [
        ("meter_id", pa.int32()),
        ("ts", pa.timestamp("us")),
        ("value", pa.float64()),
        ("recorded_at", pa.timestamp("us")),
    ]
)
MICROSECONDS = 1_000_000
HOUR = 3600 * MICROSECONDS
BEGIN = int(np.datetime64("2025-01-01T00:00:00", "us").astype(np.int64))


def landing_table(
    meter: NDArray[np.int32], ts: NDArray[np.int64], litres: NDArray[np.int64], recorded: NDArray[np.int64]
) -> pa.Table:
    """Return rows in order of recording, with registers in m³."""
    order = np.argsort(recorded, kind="stable")
    columns = [
        pa.array(meter[order].astype(np.int32)),
        pa.array(ts[order], pa.timestamp("us")),
        pa.array(litres[order] / 1000.0),
        pa.array(recorded[order], pa.timestamp("us")),
    ]
    return pa.table(columns, schema=SCHEMA)


def write_city(folder: Path, *, meters: int, hours: int) -> list[Path]:
    """Write one landing file per month in the manner of the shared generator, and return their paths."""
    rng = np.random.default_rng(20250101)
    folder.mkdir(parents=True, exist_ok=True)
    steps = (rng.gamma(2.0, 0.5, (hours, meters)) * np.exp(rng.normal(5.6, 1.0, meters))).astype(np.int64)
    litres = rng.integers(0, 50_000_000, meters) + np.cumsum(steps, axis=0)
    ts = (BEGIN + HOUR * np.arange(hours))[:, None] + np.zeros((1, meters), np.int64)
    recorded = ts + rng.integers(30, 900, ts.shape) * MICROSECONDS
    meter = np.broadcast_to(np.arange(meters, dtype=np.int32), ts.shape)
    keep = rng.random(ts.shape) >= 0.005
    rows = [column[keep] for column in (meter, ts, litres, recorded)]
    chance = rng.random(len(rows[0]))
    late = [column[chance < 0.006] for column in rows]
    late[3] = late[3] + rng.integers(600, 3 * 86400, len(late[0])) * MICROSECONDS
    is_wrong = (chance >= 0.004) & (chance < 0.006)
    rows[2] = rows[2] - np.where(is_wrong, np.minimum(rng.integers(1, 200, len(chance)), rows[2]), 0)
    table = landing_table(*(np.concatenate(pair) for pair in zip(rows, late, strict=True)))
    paths = []
    months = table["recorded_at"].to_numpy().astype("datetime64[M]")
    for month in np.unique(months):
        paths.append(folder / f"{month}.parquet")
        pq.write_table(table.filter(pa.array(months == month)), paths[-1], row_group_size=200_000)
    return paths
