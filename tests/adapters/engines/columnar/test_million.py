"""A million readings: the store gives what plain SQL over the landing files gives, row by row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from adapters.engines.columnar.worlds import RULES
from bench.metering_rows import write_city
from shuiheng.adapters.engines.columnar import open_store

METERS, HOURS = 1250, 800  # a month and a bit of hours: the sealed month and the open one
SPAN = (date(2024, 12, 1), date(2025, 3, 1))
MONTHS = """
    WITH held AS (
      SELECT meter_id, ts, round(value * 1000)::BIGINT AS litres FROM read_parquet($files)
      QUALIFY row_number() OVER (PARTITION BY meter_id, ts ORDER BY recorded_at DESC) = 1),
    steps AS (
      SELECT meter_id, ts, litres - lag(litres) OVER (PARTITION BY meter_id ORDER BY ts) AS step FROM held)
    SELECT meter_id, date_trunc('month', ts - INTERVAL 1 SECOND)::DATE AS month, sum(step)::BIGINT, count(*)
    FROM steps GROUP BY ALL"""
NIGHTS = """
    WITH held AS (
      SELECT meter_id, ts::DATE AS night, hour(ts) AS h, round(value * 1000)::BIGINT AS litres
      FROM read_parquet($files) WHERE hour(ts) IN (2, 4)
      QUALIFY row_number() OVER (PARTITION BY meter_id, ts ORDER BY recorded_at DESC) = 1)
    SELECT meter_id, night, max(litres) FILTER (h = 4) - max(litres) FILTER (h = 2) AS litres
    FROM held GROUP BY ALL HAVING litres IS NOT NULL"""


@pytest.mark.parametrize("is_one_by_one", [False, True])
def test_a_million_readings_give_what_plain_sql_gives(tmp_path: Path, is_one_by_one: bool) -> None:
    paths = write_city(tmp_path / "landing", meters=METERS, hours=HOURS)
    store = open_store(tmp_path / "store", rules=RULES)
    with store.writer() as writer:
        files = {path.stem: path for path in reversed(paths)}
        if is_one_by_one:
            for name, path in files.items():
                writer.append_files({name: path})
        else:
            writer.append_files(files, link=True)
    with duckdb.connect() as sql:
        given = {"files": [str(path) for path in paths]}
        months = {
            (meter, month): (litres, count)
            for meter, month, litres, count in sql.execute(MONTHS, given).fetchall()
        }
        nights = {(meter, night): litres for meter, night, litres in sql.execute(NIGHTS, given).fetchall()}
    with store.snapshot() as reader:
        rows = reader.months(None, *SPAN).to_pylist()
        assert {(row["meter"], row["month"]): (row["litres"], row["readings"]) for row in rows} == months
        rows = reader.nights(None, *SPAN).to_pylist()
        assert {(row["meter"], row["night"]): row["litres"] for row in rows} == nights
    assert sum(count for _, count in months.values()) > 990_000
