"""Settled months are what the core says over all readings, however they are asked for."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office import the_office
from shuiheng.adapters.engines.columnar import Store, open_store
from shuiheng.adapters.engines.columnar.evidence import SCHEMA
from shuiheng.adapters.records.models import Account, Meter, SettledMonth
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.metering.checks.record import longest_gap
from shuiheng.metering.civil_time import DAY, day_of, month_after, start_of
from shuiheng.metering.intervals import intervals_of
from shuiheng.metering.model import Method, Reading
from shuiheng.metering.volumes import usage_of, volume
from shuiheng.services.found_city import new_slug
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.readings.reading_store import meter_rules, meter_table, rules_of_intervals
from shuiheng.services.readings.settle_months import FIELDS, settle_months

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 1, 1), date(2026, 5, 1)
BEGIN = start_of(FIRST)
Told = list[tuple[int, int]]


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp())
    yield made
    shutil.rmtree(made)


def _meter(officer: Account, **fields: object) -> Meter:
    new = NewMeter(number=new_slug("m"), keeper=the_office().pk)
    return add_meter(officer, new, MeterFields(**fields), valid_from=date(2025, 1, 1))  # type: ignore[arg-type]


def _store(folder: Path, meter: Meter, told: Told) -> Store:
    store = open_store(folder, rules=rules_of_intervals())
    columns = [[meter.pk] * len(told), [at for at, _ in told], [each for _, each in told], [1] * len(told)]
    with store.writer() as writer:
        writer.put_meters(meter_table(meter_rules([meter])))
        writer.append(f"b{len(writer.manifest.batches)}", pa.table(columns, schema=SCHEMA))
    return store


@st.composite
def _histories(draw: st.DrawFn) -> Told:
    """Readings in five months and around, mostly rising, at whole hours or odd minutes, with long gaps."""
    steps = draw(
        st.lists(
            st.tuples(
                st.sampled_from([3600, 7200, DAY, DAY + 1800, 9 * DAY, 40 * DAY, 95 * DAY]),
                st.integers(0, 90_000),
                st.booleans(),
            ),
            min_size=1,
            max_size=25,
        )
    )
    at, register = BEGIN - draw(st.integers(0, 60)) * DAY + draw(st.sampled_from([0, 900])), 5_000_000
    told = []
    for seconds, litres, falls in steps:
        told.append((at, register))
        at += seconds
        register = max(register - 3_000_000, 0) if falls and litres > 80_000 else register + litres
    return told


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=_histories(), grid=st.sampled_from([None, 60, 1440]))
def test_both_volumes_and_all_seconds_are_those_of_the_core(
    officer: Account, folder: Path, told: Told, grid: int | None
) -> None:
    with transaction.atomic():
        meter = _meter(officer, register_digits=7, grid_minutes=grid)
        store = _store(folder / new_slug("s"), meter, told)
        with store.snapshot() as reader:
            settle_months(reader, [meter], FIRST, LAST)
        rule = meter_rules([meter])[meter.pk]
        readings = [Reading(read_at=at, register=each) for at, each in sorted(dict(told).items())]
        usage = usage_of(
            intervals_of(rule, readings, rules_of_intervals()),
            longest_seconds=longest_gap(rule, metering_checks().rules["V2"]),
        )
        month = FIRST
        while month <= LAST:
            start, end = start_of(month), start_of(month_after(month))
            wanted = volume(usage, start, end)
            row = SettledMonth.objects.filter(meter=meter, month=month).first()
            has_reading = any(start < at <= end for at, _ in told)
            lies_between = any(at <= start for at, _ in told) and any(at > end for at, _ in told)
            assert (row is not None) == (has_reading or lies_between)
            if row is not None:
                seconds = (row.measured_seconds, row.spread_seconds, row.missing_seconds)
                assert seconds == (wanted.measured_seconds, wanted.spread_seconds, wanted.missing_seconds)
                assert row.by_time_litres == wanted.litres
                if row.as_read_litres is not None:
                    read = volume(usage, start, end, method=Method.AS_READ)
                    assert row.as_read_litres == read.measured_litres + read.spread_litres
            month = month_after(month)
        transaction.set_rollback(True)


def _settled(meter: Meter) -> list[tuple[object, ...]]:
    rows = SettledMonth.objects.filter(meter=meter).order_by("month")
    names = [name for name in FIELDS if name not in ("generation", "settled_at")]
    return list(rows.values_list("month", *names))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=_histories(), seed=st.randoms(use_true_random=False))
def test_settling_after_each_batch_is_settling_everything(
    officer: Account, folder: Path, told: Told, seed: Random
) -> None:
    with transaction.atomic():
        meter = _meter(officer, register_digits=7)
        mixed = list(told)
        seed.shuffle(mixed)
        home = folder / new_slug("s")
        for batch in (mixed[: len(mixed) // 2], mixed[len(mixed) // 2 :]):
            if batch:
                days = [day_of(at) for at, _ in batch]
                with _store(home, meter, batch).snapshot() as reader:
                    settle_months(reader, [meter], min(days), max(days))
        by_batches = _settled(meter)
        days = [day_of(at) for at, _ in told]
        with open_store(home, rules=rules_of_intervals()).snapshot() as reader:
            settle_months(reader, [meter], min(days), max(days))
        assert by_batches == _settled(meter)
        transaction.set_rollback(True)


def test_months_of_which_nothing_is_known_any_more_lose_their_rows(officer: Account, folder: Path) -> None:
    meter = _meter(officer)
    _store(folder / "s", meter, [(BEGIN + DAY, 1000)])
    store = _store(folder / "s", meter, [(BEGIN + 100 * DAY, 5000)])
    april = date(2026, 4, 11)
    with store.snapshot() as reader:
        assert settle_months(reader, [meter], april, april) == (4, FIRST)
    with store.writer() as writer:
        writer.withdraw("b1", as_batch="b1-undone", recorded_at=2)
    with store.snapshot() as reader:
        settle_months(reader, [meter], april, april)
    assert [row.month for row in SettledMonth.objects.all()] == [FIRST]


def test_settling_twice_writes_the_same_rows(officer: Account, folder: Path) -> None:
    meter = _meter(officer)
    store = _store(folder / "s", meter, [(BEGIN, 1000), (BEGIN + 45 * DAY, 46_000)])
    rows = []
    for _ in range(2):
        with store.snapshot() as reader:
            settle_months(reader, [meter], FIRST, LAST)
        rows.append(
            list(
                SettledMonth.objects.filter(month__gte=FIRST).order_by("month").values("pk", "by_time_litres")
            )
        )
    assert rows[0] == rows[1]
    assert [row["by_time_litres"] for row in rows[0]] == [31_000, 14_000]
