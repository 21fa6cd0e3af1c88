"""Reading: chosen meters and periods, versions, quality, nights."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from adapters.engines.columnar.test_writer import hours
from adapters.engines.columnar.worlds import (
    DAY,
    HOUR,
    SPAN,
    START,
    World,
    batch_table,
    expected,
    found_in,
    meter_table,
    random_world,
    store_at,
)
from shuiheng.adapters.engines.columnar import Reader, Store
from shuiheng.adapters.engines.columnar.errors import UnknownBatchError
from shuiheng.metering.civil_time import end_of, start_of
from shuiheng.metering.model import Meter


def _filled(folder: Path, seed: int) -> tuple[World, Store]:
    world, store = random_world(seed, days=4), store_at(folder)
    with store.writer() as writer:
        for batch, rows in world.batches.items():
            writer.append(batch, batch_table(rows))
    return World({id_: Meter(id=each.id) for id_, each in world.meters.items()}, world.batches), store


def test_a_part_of_meters_and_days_is_a_part_of_all(tmp_path: Path) -> None:
    world, store = _filled(tmp_path, 51)
    some = sorted(world.meters)[:2]
    with store.snapshot() as reader:
        whole = reader.days(None, *SPAN).to_pylist()
        part = reader.days([*some, 999_999], date(2025, 2, 1), date(2025, 2, 2)).to_pylist()
        wanted = [
            row
            for row in whole
            if row["meter"] in some and row["day"] in (date(2025, 2, 1), date(2025, 2, 2))
        ]
        key = lambda row: (row["day"], row["meter"])  # noqa: E731 - one line says it
        assert sorted(part, key=key) == sorted(wanted, key=key) and part
        months = reader.months(some, date(2025, 2, 14), date(2025, 2, 14)).to_pylist()
        assert sorted(months, key=lambda row: row["meter"]) == sorted(
            (
                row
                for row in reader.months(None, *SPAN).to_pylist()
                if row["month"] == date(2025, 2, 1) and row["meter"] in some
            ),
            key=lambda row: row["meter"],
        )
        nights = reader.nights(some, date(2025, 2, 1), date(2025, 2, 1)).to_pylist()
        assert {(row["meter"], row["night"]): row["litres"] for row in nights} == {
            key: litres
            for key, litres in expected(world)["nights"].items()
            if key[0] in some and key[1] == date(2025, 2, 1)
        }


def test_the_last_reading_of_a_meter_is_that_of_its_last_month(tmp_path: Path) -> None:
    world, store = _filled(tmp_path, 53)
    with store.snapshot() as reader:
        held = {(row["meter"], row["read_at"]): row["register"] for row in _held(reader, world)}
        assert _last(reader, None, SPAN) == {
            meter: max(each for each in held.items() if each[0][0] == meter) for meter, _ in held
        }
        some = sorted(world.meters)[:1]
        assert _last(reader, [*some, 999_999], SPAN).keys() == {*some}
        assert _last(reader, None, (date(2024, 1, 1), date(2024, 12, 1))) == {}


def test_a_reading_of_an_earlier_month_is_last_only_where_that_month_is_asked(tmp_path: Path) -> None:
    store, first, later = store_at(tmp_path), end_of(date(2025, 2, 3)), end_of(date(2025, 4, 3))
    with store.writer() as writer:
        writer.append("b", batch_table([(1, first, 5, 9), (2, first, 6, 9), (2, later, 7, 9)]))
    early, late = date(2025, 2, 1), date(2025, 4, 30)
    with store.snapshot() as reader:
        assert _last(reader, None, (early, late)) == {1: ((1, first), 5), 2: ((2, later), 7)}
        assert _last(reader, None, (late, late)).keys() == {2}
        assert _last(reader, None, (early, early)) == {1: ((1, first), 5), 2: ((2, first), 6)}


def _last(
    reader: Reader, meters: list[int] | None, span: tuple[date, date]
) -> dict[int, tuple[tuple[int, int], int]]:
    rows = reader.last_of(meters, *span).to_pylist()
    return {row["meter"]: ((row["meter"], row["read_at"]), row["register"]) for row in rows}


def _held(reader: Reader, world: World) -> list[dict[str, int]]:
    rows = reader.readings_of(sorted(world.meters), 0, start_of(date(2100, 1, 1)))
    return rows.to_pylist()  # type: ignore[no-any-return]  # all columns are whole numbers


def test_readings_of_a_stretch_leave_out_its_begin_and_keep_its_end(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    with store.writer() as writer:
        writer.append("a", batch_table(hours(4, list(range(60)))))
    with store.snapshot() as reader:
        found = reader.readings(4, START + 23 * HOUR, START + 49 * HOUR)
        assert found["register"].to_pylist() == list(range(23, 49))
        assert reader.readings(5, 0, 2**34).num_rows == 0


def test_all_versions_are_given_with_batch_and_row(tmp_path: Path) -> None:
    world, store = _filled(tmp_path, 52)
    meter = next(iter(world.meters))
    with store.snapshot() as reader:
        found = reader.readings(meter, START, START + 9 * DAY, with_versions=True).to_pylist()
    due = sorted(
        world.versions(meter), key=lambda each: (each.read_at, each.recorded_at, each.batch, each.row)
    )
    due = [each for each in due if each.read_at > START]
    assert [
        (row["read_at"], row["register"], row["recorded_at"], row["batch"], row["row"]) for row in found
    ] == [(each.read_at, each.register, each.recorded_at, each.batch, each.row) for each in due]


def test_a_batch_reaches_over_its_own_meters_and_instants(tmp_path: Path) -> None:
    world, store = _filled(tmp_path, 53)
    with store.snapshot() as reader:
        for batch, rows in world.batches.items():
            reach = reader.reach_of(batch)
            assert reach.meters == sorted({meter for meter, *_ in rows})
            instants = [read_at for _, read_at, *_ in rows]
            assert (reach.first_at, reach.last_at) == (min(instants), max(instants))
        with pytest.raises(UnknownBatchError):
            reader.reach_of("never")


def test_quality_names_months_without_readings_and_no_number_for_irregular_meters(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    with store.writer() as writer:
        writer.append("a", batch_table([*hours(1, list(range(30))), (2, START + 5, 7, START)]))
        writer.put_meters(meter_table({2: Meter(id="2")}))
    with store.snapshot() as reader:
        rows = {
            (row["meter"], row["month"]): row
            for row in reader.quality(None, date(2024, 12, 1), date(2025, 1, 1)).to_pylist()
        }
    hourly, irregular = rows[1, date(2025, 1, 1)], rows[2, date(2025, 1, 1)]
    assert (hourly["readings"], hourly["expected"]) == (30, 744)
    assert (irregular["readings"], irregular["expected"]) == (1, None)
    silent = rows[1, date(2024, 12, 1)]
    assert (silent["readings"], silent["expected"], silent["last_at"]) == (0, 744, None)


def test_a_month_counts_from_the_last_reading_however_long_ago(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    late = start_of(date(2025, 8, 9))
    with store.writer() as writer:
        writer.append("a", batch_table([*hours(1, [100]), (1, late, 170, late), *hours(2, [5])]))
    with store.snapshot() as reader:
        rows = reader.months(None, date(2025, 8, 1), date(2025, 8, 31)).to_pylist()
        assert [(row["meter"], row["litres"], row["readings"]) for row in rows] == [(1, 70, 1)]
        day = reader.days([1], date(2025, 8, 8), date(2025, 8, 8)).to_pylist()
        assert [(row["litres"], row["gap"]) for row in day] == [(70, late - START - HOUR)]
        assert np.array(reader.meters()).tolist() == [1, 2]
        assert found_in(reader, [1])["readings"][1] == [(START + HOUR, 100), (late, 170)]
