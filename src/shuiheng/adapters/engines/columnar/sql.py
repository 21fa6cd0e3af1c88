"""SQL over one generation of a store, for analysts: `readings`, `days`, `months`, read-only and bounded.

For commands at the machine only. Never give it words that come from a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from shuiheng.adapters.engines.columnar.manifest import Run
from shuiheng.adapters.engines.columnar.reader import Reader
from shuiheng.metering.civil_time import OFFSET
from shuiheng.metering.kernels import day_start

_COLUMNS = f"meter, read_at, make_timestamp(((read_at + {OFFSET}) * 1000000)::BIGINT) AS local_at, register"
_NO_READINGS = (
    "SELECT NULL::BIGINT AS meter, NULL::BIGINT AS read_at, NULL::TIMESTAMP AS local_at, "
    "NULL::BIGINT AS register WHERE false"
)
_READINGS = "SELECT {columns} FROM ({held})"
_STEPS = """
    SELECT meter, (origin + sum(wait) OVER held)::BIGINT AS read_at, (sum(step) OVER held)::BIGINT AS register
    FROM read_parquet({files}, filename = true, file_row_number = true, union_by_name = true)
    JOIN run_files USING (filename)
    WINDOW held AS (PARTITION BY filename, meter ORDER BY file_row_number)"""
_PATCHES = """
    SELECT meter, read_at, register
    FROM read_parquet({files}, filename = true) JOIN run_files USING (filename)
    QUALIFY row_number() OVER (PARTITION BY meter, read_at ORDER BY place DESC) = 1"""
_PATCHED = """
    WITH held AS ({steps}), over AS ({patches})
    SELECT * FROM held ANTI JOIN over USING (meter, read_at)
    UNION ALL SELECT * FROM over WHERE register IS NOT NULL"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a connection may use.

    Args:
        memory_mb: Memory; what does not fit goes to a folder of its own that is removed afterwards.
        threads: Threads.
    """

    memory_mb: int = 512
    threads: int = 2


@contextmanager
def sql_over(
    reader: Reader, from_on: date, to_on: date, *, bounds: Bounds | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection with the tables `months` and `days` of a period and the view `readings` of all.

    Columns of `months` and `days`: those of `Reader.months` and `Reader.days`. `readings`: meter,
    read_at (seconds of UTC), local_at, register. Nothing outside of the store can be opened.
    """
    limits = bounds or Bounds()
    with TemporaryDirectory() as spill, duckdb.connect() as connection:
        connection.execute(f"SET threads = {int(limits.threads)}")
        connection.execute(f"SET memory_limit = '{int(limits.memory_mb)}MB'")
        connection.execute(f"SET temp_directory = {_quoted(spill)}")
        connection.execute("SET preserve_insertion_order = false")
        _make_periods(connection, reader, from_on, to_on)
        _make_readings(connection, reader)
        allowed = ", ".join(_quoted(str(folder)) for folder in (reader.folder / "state", Path(spill)))
        connection.execute(f"SET allowed_directories = [{allowed}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection


def _make_periods(connection: duckdb.DuckDBPyConnection, reader: Reader, from_on: date, to_on: date) -> None:
    connection.register("month_rows", reader.months(None, from_on, to_on))
    connection.execute("CREATE TABLE months AS FROM month_rows")
    connection.unregister("month_rows")
    connection.register("no_days", reader.days(None, date(1970, 1, 1), date(1970, 1, 1)))
    connection.execute("CREATE TABLE days AS FROM no_days")
    connection.unregister("no_days")
    for table in reader.day_tables(None, from_on, to_on):
        connection.register("day_rows", table)
        connection.execute("INSERT INTO days FROM day_rows")
        connection.unregister("day_rows")


def _make_readings(connection: duckdb.DuckDBPyConnection, reader: Reader) -> None:
    runs = [run for month in reader.manifest.months.values() for run in month.runs]
    paths = {run.file: str(reader.folder / "state" / run.file) for run in runs}
    connection.execute("CREATE TABLE run_files (filename VARCHAR, origin BIGINT, place INTEGER)")
    rows = [(paths[run.file], day_start(run.first_day), place) for place, run in enumerate(runs)]
    if rows:
        connection.executemany("INSERT INTO run_files VALUES (?, ?, ?)", rows)
    connection.execute(f"CREATE VIEW readings AS {_readings(runs, paths)}")


def _readings(runs: list[Run], paths: dict[str, str]) -> str:
    base = [_quoted(paths[run.file]) for run in runs if not run.is_patch]
    over = [_quoted(paths[run.file]) for run in runs if run.is_patch]
    if not base:
        held = "SELECT 0::BIGINT AS meter, 0::BIGINT AS read_at, 0::BIGINT AS register WHERE false"
    else:
        held = _STEPS.format(files=f"[{', '.join(base)}]")
    if over:
        held = _PATCHED.format(steps=held, patches=_PATCHES.format(files=f"[{', '.join(over)}]"))
    return _READINGS.format(columns=_COLUMNS, held=held) if runs else _NO_READINGS


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
