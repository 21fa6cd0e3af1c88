"""Every figure in which two settlements differ is told, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from adapters.engines.settlement.stores import filled, job_of, many_worlds
from shuiheng.adapters.engines.settlement import Asked, Difference, differences, settle_embedded
from shuiheng.adapters.engines.settlement.errors import UnevenSettlementsError
from shuiheng.adapters.engines.settlement.parts import part_names

ASKED = Asked(kinds=("months", "nights"), most_readings=10**9)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """The same settlement twice."""
    with filled(tmp_path / "store", many_worlds([2], days=3)).snapshot() as reader:
        for name in ("one", "other"):
            settle_embedded(reader, job_of(reader, tmp_path / name, ASKED))
    return tmp_path / "one", tmp_path / "other"


def test_the_same_settlement_differs_in_nothing(two: tuple[Path, Path]) -> None:
    assert list(differences(*two)) == []


def test_one_litre_more_is_told_with_its_place(two: tuple[Path, Path]) -> None:
    path = two[1] / part_names(two[1], "months")[0]
    rows = pq.read_table(path, partitioning=None).to_pylist()
    place = next(place for place, row in enumerate(rows) if row["litres"] is not None)
    before = rows[place]["litres"]
    rows[place]["litres"] += 1
    pq.write_table(pa.Table.from_pylist(rows), path)
    assert list(differences(*two)) == [
        Difference(
            kind="months",
            meter=rows[place]["meter"],
            period=str(rows[place]["month"]),
            column="litres",
            ours=before,
            theirs=before + 1,
        )
    ]


def test_unknown_is_not_zero(two: tuple[Path, Path]) -> None:
    path = two[1] / part_names(two[1], "months")[0]
    rows = pq.read_table(path, partitioning=None).to_pylist()
    rows[0]["litres"] = None
    pq.write_table(pa.Table.from_pylist(rows), path)
    (found,) = differences(*two)
    assert (found.column, found.theirs) == ("litres", None)


def test_rows_of_a_part_that_is_missing_are_told_one_by_one(two: tuple[Path, Path]) -> None:
    path = two[1] / part_names(two[1], "nights")[0]
    rows = pq.read_table(path, partitioning=None).num_rows
    path.unlink()
    found = list(differences(*two))
    assert len(found) == rows and {each.column for each in found} == {""}
    assert all(each.theirs is None and each.ours for each in found)


def test_settlements_of_two_periods_are_not_compared(two: tuple[Path, Path], tmp_path: Path) -> None:
    with filled(tmp_path / "again", many_worlds([2], days=3)).snapshot() as reader:
        job = job_of(reader, tmp_path / "third", ASKED)
        settle_embedded(reader, replace(job, to_on=job.from_on))
    with pytest.raises(UnevenSettlementsError, match="to_on"):
        list(differences(two[0], tmp_path / "third"))
