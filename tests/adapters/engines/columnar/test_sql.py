"""SQL over a store: the same readings, nothing outside."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
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


@pytest.mark.parametrize("is_wide_first", [False, True])
def test_sql_sees_small_and_great_registers_in_files_of_their_own(
    tmp_path: Path, is_wide_first: bool
) -> None:
    store, at, month = store_at(tmp_path), 20_000 * 86400, 31 * 86400
    registers = (2**40, 7) if is_wide_first else (7, 2**40)
    versions = [(1, at + place * month, register, at) for place, register in enumerate(registers)]
    with store.writer() as writer:
        for row in versions:
            writer.append(f"batch {row[1]}", batch_table([row]), settle=False)
        writer.rebuild()
    types = {pq.read_schema(path).field("step").type for path in (tmp_path / "state").glob("*-readings-*")}
    assert types == {pa.int32(), pa.int64()}
    with store.snapshot() as reader, sql_over(reader, *SPAN) as sql:
        found = sql.execute("SELECT meter, read_at, register FROM readings ORDER BY read_at").fetchall()
    assert found == [row[:3] for row in versions]


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
