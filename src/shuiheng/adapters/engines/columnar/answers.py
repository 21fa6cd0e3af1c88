"""The tables in which every engine answers: one row per meter and month, day or night."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from shuiheng.adapters.engines.columnar.months import days_in, first_day
from shuiheng.metering.civil_time import DAY
from shuiheng.metering.kernels import Blocks, empty_blocks
from shuiheng.metering.rule_arrays import Ints
from shuiheng.metering.tables import MISSING

_VOLUMES = ("unknown", "unknown_seconds", "spliced", "rolled", "gap")


def dates_of(days: Any) -> pa.Array:
    """Return days, counted from 1970-01-01, as dates."""
    return pa.array(np.asarray(days).astype(np.int32), pa.int32()).view(pa.date32())


def period_table(ids: Ints, day: int, name: str, blocks: Blocks, volumes: Blocks) -> pa.Table:
    """Return the rows of one period that have readings: what was read in it, and the volume as read.

    Args:
        ids: Meters.
        day: First day of the period.
        name: Column of the period, `month` or `day`.
        blocks: What was read in it, one element per meter.
        volumes: Volumes as read, one element per meter; see tables.VOLUME.
    """
    has = np.flatnonzero(blocks["n"] > 0)
    litres = volumes["litres"][has]
    columns: dict[str, Any] = {"meter": ids[has], name: dates_of(np.full(len(has), day))}
    columns["readings"] = blocks["n"][has].astype(np.int32)
    for each in ("first_at", "first", "last_at", "last"):
        columns[each] = blocks[each][has].astype(np.int64)
    columns["litres"] = pa.array(litres, pa.int64(), mask=litres == MISSING)
    columns |= {each: volumes[each][has].astype(np.int64) for each in _VOLUMES}
    return pa.table(columns)


def no_periods(name: str) -> pa.Table:
    """Return the table of no periods, `month` or `day`."""
    nothing = np.empty(0, np.int64)
    volumes = dict.fromkeys((*_VOLUMES, "litres"), nothing)
    return period_table(nothing, 0, name, empty_blocks(0), volumes)


def quality_table(ids: Ints, grid: NDArray[Any], month: int, blocks: Blocks) -> pa.Table:
    """Return how well meters were read in a month, one row for each; `expected` is null without a grid.

    Args:
        ids: Meters.
        grid: Nominal seconds between two readings of each, 0 when it is read irregularly.
        month: The month, counted from 1970-01.
        blocks: What was read in it, one element per meter.
    """
    grid = grid.astype(np.int64)
    expected = np.where(grid > 0, days_in(month) * DAY // np.maximum(grid, 1), 0)
    columns: dict[str, Any] = {
        "meter": ids,
        "month": dates_of(np.full(len(ids), first_day(month))),
        "readings": blocks["n"],
        "expected": pa.array(expected, mask=grid <= 0),
    }
    columns |= {name: blocks[name] for name in _VOLUMES}
    columns["last_at"] = pa.array(blocks["last_at"], mask=blocks["n"] == 0)
    return pa.table(columns)
