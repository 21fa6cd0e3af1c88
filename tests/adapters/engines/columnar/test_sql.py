"""SQL over a store: the same readings, nothing outside."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from adapters.engines.columnar.worlds import SPAN, batch_table, expected, random_world, store_at
from shuiheng.adapters.engines.columnar.sql import Bounds, sql_over
from shuiheng.metering.model import Meter


@pytest.mark.parametrize("is_compact", [False, True])
def test_sql_sees_the_readings_days_and_months_that_hold(tmp_path: Path, is_compact: bool) -> None:
    world, store = random_world(61), store_at(tmp_path / "it's")
    with store.writer() as writer:
        for batch, rows in world.batches.items():
            writer.append(batch, batch_table(rows))
        if is_compact:
            writer.compact()
    due = expected(type(world)({id_: Meter(id=each.id) for id_, each in world.meters.items()}, world.batches))
    with store.snapshot() as reader, sql_over(reader, *SPAN, bounds=Bounds(memory_mb=200, threads=1)) as sql:
        found = sql.execute("SELECT meter, read_at, register FROM readings ORDER BY ALL").fetchall()
        assert found == [(id_, *each) for id_ in sorted(due["readings"]) for each in due["readings"][id_]]
        days = sql.execute("SELECT meter, day, litres FROM days").fetchall()
        assert {(id_, day): litres for id_, day, litres in days} == {
            key: row[5] for key, row in due["days"].items()
        }
        total = sql.execute("SELECT sum(litres) FROM months").fetchone()
        assert total == (sum(row[5] or 0 for row in due["months"].values()),)
        local = sql.execute(
            "SELECT count(*) FROM readings WHERE epoch(local_at) - read_at <> 28800"
        ).fetchone()
        assert local == (0,)


def test_sql_over_an_empty_store_has_its_tables(tmp_path: Path) -> None:
    with store_at(tmp_path).snapshot() as reader, sql_over(reader, *SPAN) as sql:
        for table in ("readings", "days", "months"):
            assert sql.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608 - three known words


@pytest.mark.parametrize(
    "words",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY months TO '/tmp/months.csv'",
        "ATTACH '/tmp/other.db'",
        "INSTALL httpfs",
        "SET memory_limit = '900GB'",
        "SET enable_external_access = true",
    ],
)
def test_sql_opens_nothing_outside_and_keeps_its_bounds(tmp_path: Path, words: str) -> None:
    with (
        store_at(tmp_path).snapshot() as reader,
        sql_over(reader, *SPAN) as sql,
        pytest.raises(duckdb.Error),
    ):
        sql.execute(words).fetchall()
