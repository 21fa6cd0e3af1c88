"""What registers do not tell of ended months is filled by the ladder, marked, and gives way to registers."""

from __future__ import annotations

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
from shuiheng.metering.civil_time import DAY, day_of, months_before, start_of
from shuiheng.services.found_city import new_slug
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter, change_meter
from shuiheng.services.readings.estimate_months import estimate_months
from shuiheng.services.readings.reading_store import meter_rules, meter_table, rules_of_intervals
from shuiheng.services.readings.settle_months import settle_months

pytestmark = pytest.mark.django_db
FIRST, TODAY = date(2025, 1, 1), date(2026, 1, 20)
BEGIN = start_of(FIRST)
Told = list[tuple[int, int]]
ROW = ("month", "by_time_litres", "estimated_litres", "estimated_seconds", "missing_seconds", "rung", "flags")


@pytest.fixture
def meter(officer: Account) -> Meter:
    return _meter(officer)


def _meter(officer: Account) -> Meter:
    fields = MeterFields(register_digits=7, grid_minutes=1440)
    return add_meter(
        officer, NewMeter(number=new_slug("m"), keeper=the_office().pk), fields, valid_from=date(2024, 1, 1)
    )


def _store(folder: Path, meter: Meter, told: Told) -> Store:
    store = open_store(folder, rules=rules_of_intervals())
    columns = [[meter.pk] * len(told), [at for at, _ in told], [each for _, each in told], [1] * len(told)]
    with store.writer() as writer:
        writer.put_meters(meter_table(meter_rules([meter])))
        writer.append(f"b{len(writer.manifest.batches)}", pa.table(columns, schema=SCHEMA))
    return store


def _settle(store: Store, meter: Meter, told: Told, *, today: date = TODAY) -> None:
    days = [day_of(at) for at, _ in told]
    with store.snapshot() as reader:
        span = settle_months(reader, [meter], min(days), max(days))
        estimate_months(reader, [meter], months_before(span.first, 1), today=today)


def _daily(days: int, litres: int = 1000, first: int = 0) -> Told:
    return [(BEGIN + day * DAY, 5_000_000 + day * litres) for day in range(first, first + days)]


def _rows(meter: Meter) -> list[tuple[object, ...]]:
    return list(SettledMonth.objects.filter(meter=meter).order_by("month").values_list(*ROW))


def _row(meter: Meter, month: date) -> SettledMonth:
    return SettledMonth.objects.get(meter=meter, month=month)


def test_a_silent_meter_is_estimated_for_some_months_and_then_missing(meter: Meter, tmp_path: Path) -> None:
    told = _daily(182)  # to 1 July 2025
    _settle(_store(tmp_path, meter, told), meter, told)
    july, september = _row(meter, date(2025, 7, 1)), _row(meter, date(2025, 9, 1))
    assert (july.by_time_litres, july.flags, july.rung) == (None, ["silent"], "E4")
    assert july.estimated_litres == pytest.approx(31_000, abs=40) and july.missing_seconds == 0
    assert september.estimated_litres == pytest.approx(30_000, abs=40)
    assert not SettledMonth.objects.filter(meter=meter, month__gte=date(2025, 10, 1)).exists()


def test_a_month_that_has_not_ended_is_not_estimated(meter: Meter, tmp_path: Path) -> None:
    told = _daily(182)
    _settle(_store(tmp_path, meter, told), meter, told, today=date(2025, 8, 3))
    months = SettledMonth.objects.filter(meter=meter, rung="E4").values_list("month", flat=True)
    assert list(months) == [date(2025, 7, 1)]


def test_a_true_register_takes_the_place_of_the_estimate(meter: Meter, tmp_path: Path) -> None:
    told = _daily(182)
    store = _store(tmp_path, meter, told)
    _settle(store, meter, told)
    later = [(BEGIN + 250 * DAY, 5_000_000 + 500_000)]
    _settle(_store(tmp_path, meter, later), meter, later)
    rows = SettledMonth.objects.filter(meter=meter, month__lte=date(2025, 9, 1))
    assert sum(row.by_time_litres or 0 for row in rows) == 500_000
    assert not rows.filter(month__lt=date(2025, 9, 1)).exclude(estimated_litres=0).exists()
    assert _row(meter, date(2025, 7, 1)).flags == []


def test_a_fall_of_the_register_is_estimated_and_the_rest_is_measured(meter: Meter, tmp_path: Path) -> None:
    told = _daily(100)
    told += [(at + DAY, register - 3_000_000) for at, register in _daily(40, first=100)]  # fell by 3,000 m³
    _settle(_store(tmp_path, meter, told), meter, told)
    april = _row(meter, date(2025, 4, 1))
    assert (april.flags, april.rung, april.missing_seconds) == (["fell"], "E2", 0)
    assert april.estimated_litres == 2_000 and april.estimated_seconds == 2 * DAY
    assert april.by_time_litres == 28_000


def test_a_meter_that_no_longer_measures_is_not_estimated(
    officer: Account, meter: Meter, tmp_path: Path
) -> None:
    fields = MeterFields(register_digits=7, grid_minutes=1440, is_active=False)
    change_meter(officer, meter.pk, fields, valid_from=date(2025, 7, 1), reason="拆除")
    told = _daily(182)
    _settle(_store(tmp_path, meter, told), meter, told)
    assert not SettledMonth.objects.filter(meter=meter).exclude(estimated_litres=0).exists()


@st.composite
def _histories(draw: st.DrawFn) -> Told:
    steps = draw(
        st.lists(
            st.tuples(
                st.sampled_from([3600, DAY, DAY, 2 * DAY, 9 * DAY, 40 * DAY]),
                st.integers(0, 90_000),
                st.integers(0, 9),
            ),
            min_size=4,
            max_size=30,
        )
    )
    at, register, told = BEGIN, 5_000_000, []
    for seconds, litres, luck in steps:
        told.append((at, register))
        at += seconds
        register = max(register - 3_000_000, 0) if luck == 0 else register + litres
    return told


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=_histories(), seed=st.randoms(use_true_random=False))
def test_whatever_order_batches_come_in_the_months_are_those_of_all_at_once(
    officer: Account, tmp_path: Path, told: Told, seed: Random
) -> None:
    with transaction.atomic():
        meter = _meter(officer)
        home, mixed = tmp_path / new_slug("s"), list(told)
        seed.shuffle(mixed)
        third = max(len(mixed) // 3, 1)
        for place in range(0, len(mixed), third):
            batch = mixed[place : place + third]
            _settle(_store(home, meter, batch), meter, batch)
        by_batches = _rows(meter)
        SettledMonth.objects.filter(meter=meter).delete()
        _settle(open_store(home, rules=rules_of_intervals()), meter, told)
        assert by_batches == _rows(meter)
        for row in SettledMonth.objects.filter(meter=meter):
            seconds = row.measured_seconds + row.spread_seconds + row.estimated_seconds + row.missing_seconds
            following = months_before(row.month, -1)
            assert seconds == start_of(following) - start_of(row.month)
        transaction.set_rollback(True)
