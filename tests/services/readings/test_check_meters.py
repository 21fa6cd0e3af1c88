"""The checks run over the meters that moved; what they find stays with its decision, or is gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from read_meters import BEGIN, daily, hourly, make_meter, make_user, take
from shuiheng.adapters.records.models import Account, Meter, MeterFinding, MeterWatch
from shuiheng.metering.civil_time import DAY, HOUR
from shuiheng.services.readings.check_meters import check_due_meters, check_meters, due_meters
from shuiheng.services.readings.settle import touch

pytestmark = pytest.mark.django_db
LATER = datetime.fromtimestamp(BEGIN + 130 * DAY, UTC)
NOW = datetime.fromtimestamp(BEGIN + 120 * DAY + 3600, UTC)


def _open(meter: Meter) -> set[str]:
    rows = MeterFinding.objects.filter(meter=meter, gone_at__isnull=True)
    return {row.code for row in rows}


def test_a_stuck_meter_is_found_once_and_its_decision_stays(officer: Account) -> None:
    meter = make_meter(officer)
    take(meter, daily(121, stands=range(60, 121)))
    assert check_meters([meter], now=NOW) >= 1
    found = MeterFinding.objects.get(meter=meter, code="metering.stuck")
    since = found.values["since"]
    assert (found.rule, found.values["meter"], since) == ("V7", meter.number, "2026-03-02 00:00")
    MeterFinding.objects.filter(pk=found.pk).update(decision="confirmed", note="已派人现场核查")
    assert check_meters([meter], now=NOW + timedelta(days=2)) == 1  # silent by now; nothing else is new
    again = MeterFinding.objects.get(meter=meter, code="metering.stuck")
    assert (again.pk, again.decision, again.gone_at) == (found.pk, "confirmed", None)


def test_what_is_found_no_more_is_gone_and_comes_back_as_the_same_finding(officer: Account) -> None:
    meter = make_meter(officer)
    take(meter, daily(121))
    wrong = [(BEGIN + 90 * DAY, 4_000_000)]
    take(meter, wrong, recorded_at=BEGIN + 121 * DAY)
    check_meters([meter], now=LATER)
    before = _open(meter)
    assert any(code in before for code in ("metering.reading_too_low", "metering.register_fell"))
    take(meter, [(BEGIN + 90 * DAY, 5_090_000)], recorded_at=BEGIN + 122 * DAY)
    check_meters([meter], now=LATER)
    assert not _open(meter) & {"metering.reading_too_low", "metering.register_fell"}
    count = MeterFinding.objects.filter(meter=meter).count()
    take(meter, wrong, recorded_at=BEGIN + 123 * DAY)
    check_meters([meter], now=LATER)
    assert before <= _open(meter) and MeterFinding.objects.filter(meter=meter).count() == count


def test_only_meters_that_moved_are_due_and_once(officer: Account) -> None:
    still, moved = make_meter(officer), make_meter(officer)
    assert due_meters() == []
    take(moved, daily(40))
    assert due_meters() == [moved]
    assert check_due_meters() == 1 and due_meters() == []
    assert MeterWatch.objects.get(meter=moved).checked_at is not None
    touch([still])
    assert due_meters() == [still]


def test_a_factory_that_takes_no_water_at_work_is_found(officer: Account) -> None:
    meter = make_meter(officer, make_user(officer, "industry"), grid_minutes=60)
    at_work = [400 if 8 <= hour < 18 else 60 for hour in range(24)]
    hidden = [40 if 8 <= hour < 18 else 60 for hour in range(24)]
    before = hourly(105, at_work)
    newest, register = before[-1]
    later = []
    for hour in range(1, 15 * 24 + 1):
        register += hidden[(hour - 1) % 24]
        later.append((newest + hour * HOUR, register))
    take(meter, [*before, *later])
    check_meters([meter], now=NOW)
    assert "metering.use_lost_at_work" in _open(meter)
