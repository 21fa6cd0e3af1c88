"""Tables of answers: what is missing is null, what is empty has the same columns."""

from __future__ import annotations

from datetime import date

import numpy as np

from shuiheng.adapters.engines.columnar.answers import dates_of, no_periods, period_table, quality_table
from shuiheng.metering.kernels import empty_blocks
from shuiheng.metering.tables import BLOCK, MISSING


def _blocks() -> dict[str, np.ndarray]:
    blocks = empty_blocks(3, BLOCK)
    blocks["n"][:] = [2, 0, 1]
    blocks["first_at"][:], blocks["last_at"][:] = [10, 0, 30], [20, 0, 30]
    blocks["first"][:], blocks["last"][:] = [100, 0, 7], [150, 0, 7]
    return blocks


def _volumes() -> dict[str, np.ndarray]:
    volumes = {name: np.zeros(3, np.int64) for name in ("unknown", "unknown_seconds", "spliced", "rolled")}
    return volumes | {"gap": np.array([10, 0, 0]), "litres": np.array([50, MISSING, MISSING])}


def test_a_meter_without_readings_has_no_row_and_an_unknown_volume_is_null() -> None:
    table = period_table(np.array([5, 6, 7]), 0, "day", _blocks(), _volumes())
    assert table["meter"].to_pylist() == [5, 7]
    assert table["day"].to_pylist() == [date(1970, 1, 1)] * 2
    assert table["litres"].to_pylist() == [50, None]


def test_no_periods_have_the_columns_of_some() -> None:
    table = period_table(np.array([5, 6, 7]), 0, "month", _blocks(), _volumes())
    assert no_periods("month").schema == table.schema and no_periods("month").num_rows == 0


def test_quality_has_a_row_for_each_meter_and_expects_nothing_without_a_grid() -> None:
    table = quality_table(np.array([5, 6, 7]), np.array([3600, 900, 0]), 12, _blocks())
    assert table["month"].to_pylist() == [date(1971, 1, 1)] * 3
    assert table["expected"].to_pylist() == [31 * 24, 31 * 96, None]
    assert table["last_at"].to_pylist() == [20, None, 30]


def test_days_are_dates() -> None:
    assert dates_of([0, 31]).to_pylist() == [date(1970, 1, 1), date(1970, 2, 1)]
