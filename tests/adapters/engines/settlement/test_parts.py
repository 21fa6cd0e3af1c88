"""Parts: written whole, named by kind, month and range."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from adapters.engines.settlement.stores import filled, job_of, many_worlds
from shuiheng.adapters.engines.settlement import KINDS, read_answers
from shuiheng.adapters.engines.settlement.parts import (
    PERIODS,
    READING_SCHEMA,
    empty_answers,
    in_order,
    part_name,
    part_names,
    write_part,
    write_summary,
)

ROWS = pa.table([[2, 1, 1], [5, 9, 7], [0, 1, 2]], schema=READING_SCHEMA)


def test_a_part_is_named_by_kind_month_and_range() -> None:
    assert part_name("days", 55 * 12 + 1, 7) == "days/2025-02/00007.parquet"


def test_rows_are_written_in_order_and_twice_is_as_once(tmp_path: Path) -> None:
    name = part_name("readings", 600, 0)
    assert write_part(tmp_path, name, in_order("readings", ROWS)) == 3
    first = (tmp_path / name).read_bytes()
    write_part(tmp_path, name, in_order("readings", pa.concat_tables([ROWS.slice(1), ROWS.slice(0, 1)])))
    assert (tmp_path / name).read_bytes() == first
    found = read_answers(tmp_path, "readings")
    assert found["meter"].to_pylist() == [1, 1, 2] and found["read_at"].to_pylist() == [7, 9, 5]


def test_no_rows_make_no_file(tmp_path: Path) -> None:
    assert write_part(tmp_path, part_name("readings", 600, 0), ROWS.slice(0, 0)) == 0
    assert part_names(tmp_path, "readings") == []
    assert read_answers(tmp_path, "readings").num_rows == 0


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_columns_also_without_rows(kind: str) -> None:
    assert {"meter", PERIODS[kind]} <= set(empty_answers(kind).column_names)


def test_what_a_machine_left_half_written_is_removed_at_the_end(tmp_path: Path) -> None:
    with filled(tmp_path / "store", many_worlds([1], days=2)).snapshot() as reader:
        job = job_of(reader, tmp_path / "out")
    half = job.out / "days" / "2025-01" / ".half.tmp"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"PAR")
    write_summary(job, {})
    assert not half.exists() and (job.out / "settlement.json").exists()
