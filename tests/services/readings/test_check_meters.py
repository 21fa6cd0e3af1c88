"""The checks run over the meters that moved; what they find stays with its decision, or is gone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from office import the_office
from shuiheng.adapters.engines.columnar.evidence import SCHEMA
from shuiheng.adapters.records.models import Account, Meter, MeterFinding, MeterWatch
from shuiheng.metering.civil_time import DAY, day_of, start_of
from shuiheng.services.found_city import new_slug
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user
from shuiheng.services.readings.check_meters import check_due_meters, check_meters, due_meters
from shuiheng.services.readings.reading_store import meter_rules, meter_table, reading_store
from shuiheng.services.readings.settle import settle, touch
from shuiheng.services.readings.watch_meters import watch_day

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 1)
BEGIN = start_of(FIRST)
LATER = datetime.fromtimestamp(BEGIN + 130 * DAY, UTC)
NOW = datetime.fromtimestamp(BEGIN + 120 * DAY + 3600, UTC)
Told = list[tuple[int, int | None]]


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, settings: object) -> None:
    settings.STATE = tmp_path  # type: ignore[attr-defined]  the fixture of pytest-django


def _meter(officer: Account, *, user: int | None = None, **fields: object) -> Meter:
    new = NewMeter(number=new_slug("m"), keeper=the_office().pk, user=user)
    given = MeterFields(register_digits=8, grid_minutes=1440, **fields)  # type: ignore[arg-type]
    return add_meter(officer, new, given, valid_from=date(2025, 1, 1))


def _read(meter: Meter, told: Told, *, recorded_at: int | None = None) -> None:
    at = [instant for instant, _ in told]
    recorded = [recorded_at or instant + 60 for instant in at]
    columns = [[meter.pk] * len(told), at, [each for _, each in told], recorded]
    with reading_store().writer() as writer:
        writer.put_meters(meter_table(meter_rules([meter])))
        writer.append(new_slug("b"), pa.table(columns, schema=SCHEMA))
    settle([meter], day_of(min(at)), day_of(max(at)))


def _daily(days: int, *, stands: range = range(0), litres: int = 1000) -> Told:
    told, register = [], 5_000_000
    for day in range(days):
        told.append((BEGIN + day * DAY, register))
        register += 0 if day in stands else litres
    return told  # type: ignore[return-value]


def _open(meter: Meter) -> set[str]:
    rows = MeterFinding.objects.filter(meter=meter, gone_at__isnull=True)
    return {row.code for row in rows}


def test_a_stuck_meter_is_found_once_and_its_decision_stays(officer: Account) -> None:
    meter = _meter(officer)
    _read(meter, _daily(121, stands=range(60, 121)))
    assert check_meters([meter], now=NOW) >= 1
    found = MeterFinding.objects.get(meter=meter, code="metering.stuck")
    since = found.values["since"]
    assert (found.rule, found.values["meter"], since) == ("V7", meter.number, "2026-03-02 00:00")
    MeterFinding.objects.filter(pk=found.pk).update(decision="confirmed", note="已派人现场核查")
    assert check_meters([meter], now=NOW + timedelta(days=2)) == 1  # silent by now; nothing else is new
    again = MeterFinding.objects.get(meter=meter, code="metering.stuck")
    assert (again.pk, again.decision, again.gone_at) == (found.pk, "confirmed", None)


def test_what_is_found_no_more_is_gone_and_comes_back_as_the_same_finding(officer: Account) -> None:
    meter = _meter(officer)
    _read(meter, _daily(121))
    wrong = [(BEGIN + 90 * DAY, 4_000_000)]
    _read(meter, wrong, recorded_at=BEGIN + 121 * DAY)
    check_meters([meter], now=LATER)
    before = _open(meter)
    assert any(code in before for code in ("metering.reading_too_low", "metering.register_fell"))
    _read(meter, [(BEGIN + 90 * DAY, 5_090_000)], recorded_at=BEGIN + 122 * DAY)
    check_meters([meter], now=LATER)
    assert not _open(meter) & {"metering.reading_too_low", "metering.register_fell"}
    count = MeterFinding.objects.filter(meter=meter).count()
    _read(meter, wrong, recorded_at=BEGIN + 123 * DAY)
    check_meters([meter], now=LATER)
    assert before <= _open(meter) and MeterFinding.objects.filter(meter=meter).count() == count


def test_sub_meters_are_held_against_their_master(officer: Account) -> None:
    place = the_office().place
    user = add_water_user(
        officer, WaterUserFields(name="甲厂", district=place.pk, no_code_reason="试"), valid_from=FIRST
    )
    master = _meter(officer, user=user.pk)
    sub = _meter(officer, user=user.pk, parent=master.pk, level=2)
    _read(master, _daily(121))
    _read(sub, _daily(121, litres=500))
    check_meters([sub], now=LATER)
    found = MeterFinding.objects.filter(meter=master, rule="V12", severity="warn")
    assert [row.code for row in found] == ["metering.tree_alarm"] * 4  # January to April
    _read(sub, _daily(121, litres=960), recorded_at=BEGIN + 125 * DAY)
    check_meters([sub], now=LATER)
    assert not MeterFinding.objects.filter(
        meter=master, rule="V12", severity="warn", gone_at__isnull=True
    ).exists()


def test_only_meters_that_moved_are_due_and_once(officer: Account) -> None:
    still, moved = _meter(officer), _meter(officer)
    assert due_meters() == []
    _read(moved, _daily(40))
    assert due_meters() == [moved]
    assert check_due_meters() == 1 and due_meters() == []
    assert MeterWatch.objects.get(meter=moved).checked_at is not None
    touch([still])
    assert due_meters() == [still]


def test_a_factory_that_takes_no_water_at_work_is_found(officer: Account) -> None:
    fields = WaterUserFields(
        name="乙厂", district=the_office().place.pk, no_code_reason="试", use_class="industry"
    )
    user = add_water_user(officer, fields, valid_from=FIRST)
    meter = add_meter(
        officer,
        NewMeter(number=new_slug("m"), keeper=the_office().pk, user=user.pk),
        MeterFields(register_digits=8, grid_minutes=60),
        valid_from=date(2025, 1, 1),
    )
    told, register = [], 5_000_000
    for hour in range(120 * 24):
        told.append((BEGIN + hour * 3600, register))
        is_hidden = hour >= 105 * 24 and 8 <= hour % 24 < 18
        register += 40 if is_hidden else 400 if 8 <= hour % 24 < 18 else 60
    _read(meter, told)  # type: ignore[arg-type]
    check_meters([meter], now=NOW)
    assert "metering.use_lost_at_work" in _open(meter)


def test_a_meter_that_falls_silent_is_found_without_a_new_reading(officer: Account) -> None:
    meter = _meter(officer)
    _read(meter, _daily(20))
    watch_day(date(2026, 6, 2))
    silent = MeterFinding.objects.get(meter=meter, code="metering.silent")
    assert silent.rule == "V2" and silent.at == datetime.fromtimestamp(BEGIN + 19 * DAY, UTC)
    assert watch_day(date(2026, 6, 3)) == 0


def test_a_zone_that_loses_water_is_found_at_its_inlet(officer: Account) -> None:
    place = the_office().place
    fields = WaterUserFields(name="丙厂", district=place.pk, no_code_reason="试")
    user = add_water_user(officer, fields, valid_from=FIRST)
    inlet = _meter(officer, role="inlet", zone="Z1")
    users = [_meter(officer, user=user.pk, zone="Z1") for _ in range(2)]
    _read(inlet, _daily(152, litres=2000))
    for meter in users:
        _read(meter, _daily(152, litres=700))
    watch_day(date(2026, 6, 2))
    found = MeterFinding.objects.filter(meter=inlet, rule="V12", severity="warn")
    assert [row.code for row in found] == ["metering.tree_alarm"] * 5
    assert {row.values["gap"] for row in found} == {"30.0%"}
