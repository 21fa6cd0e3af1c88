"""What the embedded engine writes is what its reader says, cut to the period."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from adapters.engines.columnar.worlds import FIRST, expected
from adapters.engines.settlement.stores import (
    figures_in,
    filled,
    job_of,
    many_worlds,
    told_by_time,
    volumes_by_time,
)
from shuiheng.adapters.engines.settlement import KINDS, Asked, read_answers, read_summary, settle_embedded


def test_everything_is_what_the_core_says(tmp_path: Path) -> None:
    world = many_worlds([1, 2], days=4)
    with filled(tmp_path / "store", world).snapshot() as reader:
        summary = settle_embedded(reader, job_of(reader, tmp_path / "out"))
    assert figures_in(tmp_path / "out", world.meters) == expected(world)
    by_time = told_by_time(tmp_path / "out")
    assert by_time == volumes_by_time(world)
    assert {"", "busy", "even"} <= {row[-1] for row in by_time.values()}
    assert read_summary(tmp_path / "out") == summary
    assert summary.rows == {kind: read_answers(tmp_path / "out", kind).num_rows for kind in KINDS}


def test_a_period_cuts_days_and_keeps_months_whole(tmp_path: Path) -> None:
    world = many_worlds([3], days=5)
    day = FIRST + timedelta(days=1)
    with filled(tmp_path / "store", world).snapshot() as reader:
        settle_embedded(reader, job_of(reader, tmp_path / "all"))
        asked = Asked(from_on=day, to_on=day, kinds=KINDS)
        settle_embedded(reader, job_of(reader, tmp_path / "day", asked))
    whole, part = (figures_in(tmp_path / name, world.meters) for name in ("all", "day"))
    assert part["days"] == {key: row for key, row in whole["days"].items() if key[1] == day}
    month = day.replace(day=1)
    assert part["months"] == {key: row for key, row in whole["months"].items() if key[1] == month}
    by_time = told_by_time(tmp_path / "day")
    assert by_time == {key: row for key, row in told_by_time(tmp_path / "all").items() if key[1] == month}


def test_a_month_before_all_readings_has_quality_and_nothing_else(tmp_path: Path) -> None:
    world = many_worlds([3], days=2)
    with filled(tmp_path / "store", world).snapshot() as reader:
        asked = Asked(from_on=date(2024, 5, 1), to_on=date(2024, 5, 31), kinds=KINDS)
        summary = settle_embedded(reader, job_of(reader, tmp_path / "out", asked))
    assert summary.rows == dict.fromkeys(KINDS, 0) | {"quality": len(world.meters)}
    assert read_answers(tmp_path / "out", "quality")["readings"].to_pylist() == [0] * len(world.meters)
