"""Months by time from months as read: a silent month has its part, an unknown one is null."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from adapters.engines.columnar.worlds import World
from adapters.engines.settlement.stores import filled, job_of, told_by_time, volumes_by_time
from shuiheng.adapters.engines.settlement import settle_embedded
from shuiheng.metering.civil_time import start_of
from shuiheng.metering.model import Meter

DAY = 86400


def _told(tmp_path: Path, world: World) -> dict[tuple[int, date], tuple[object, ...]]:
    with filled(tmp_path / "store", world).snapshot() as reader:
        settle_embedded(reader, job_of(reader, tmp_path / "out"))
    return told_by_time(tmp_path / "out")


def test_a_silent_month_has_its_part_of_the_interval_over_it(tmp_path: Path) -> None:
    first, last = start_of(date(2025, 1, 31)), start_of(date(2025, 3, 2))
    world = World({1: Meter(id="1")}, {"a": [(1, first, 0, first), (1, last, 300, last)]})
    found = _told(tmp_path, world)
    assert found == volumes_by_time(world)
    assert {key[1].month: row[:3] for key, row in found.items()} == {
        1: (10, 0, 10),
        2: (280, 0, 280),
        3: (10, 0, 10),
    }


def test_a_fall_makes_a_month_unknown_and_not_zero(tmp_path: Path) -> None:
    begin = start_of(date(2025, 1, 1))
    rows = [(1, begin + DAY, 500, begin), (1, begin + 31 * DAY, 100, begin)]
    found = _told(tmp_path, World({1: Meter(id="1", grid_seconds=86400)}, {"a": rows}))
    assert found[1, date(2025, 1, 1)] == (None, 0, 0, 0, 0, 31 * DAY, "")


def test_readings_at_both_ends_make_by_time_the_same_as_read(tmp_path: Path) -> None:
    begin = start_of(date(2025, 1, 1))
    rows = [(1, begin + day * DAY, 7 * day, begin) for day in range(60)]
    world = World({1: Meter(id="1", grid_seconds=DAY)}, {"a": rows})
    found = _told(tmp_path, world)
    assert found == volumes_by_time(world)
    assert found[1, date(2025, 1, 1)] == (217, 217, 0, 31 * DAY, 0, 0, "")
    assert found[1, date(2025, 2, 1)] == (196, 196, 0, 28 * DAY, 0, 0, "")
