"""Sub-meters are held against their master, and zones against their inlets."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from read_meters import BEGIN, daily, make_meter, make_user, take
from shuiheng.adapters.records.models import Account, MeterFinding
from shuiheng.metering.civil_time import DAY
from shuiheng.services.readings.check_meters import check_meters
from shuiheng.services.readings.check_trees import check_trees, check_zones
from shuiheng.services.readings.watch_meters import watch_day

pytestmark = pytest.mark.django_db
LATER = datetime.fromtimestamp(BEGIN + 130 * DAY, UTC)


def test_sub_meters_are_held_against_their_master(officer: Account) -> None:
    user = make_user(officer)
    master = make_meter(officer, user)
    sub = make_meter(officer, user, parent=master.pk, level=2)
    take(master, daily(121))
    take(sub, daily(121, litres=500))
    check_meters([sub], now=LATER)
    found = MeterFinding.objects.filter(meter=master, rule="V12", severity="warn")
    assert [row.code for row in found] == ["metering.tree_alarm"] * 4  # January to April
    take(sub, daily(121, litres=960), recorded_at=BEGIN + 125 * DAY)
    check_meters([sub], now=LATER)
    assert not MeterFinding.objects.filter(
        meter=master, rule="V12", severity="warn", gone_at__isnull=True
    ).exists()


def test_a_zone_that_loses_water_is_found_at_its_inlet(officer: Account) -> None:
    user = make_user(officer)
    inlet = make_meter(officer, role="inlet", zone="Z1")
    users = [make_meter(officer, user, zone="Z1") for _ in range(2)]
    take(inlet, daily(152, litres=2000))
    for meter in users:
        take(meter, daily(152, litres=700))
    watch_day(date(2026, 6, 2))
    found = MeterFinding.objects.filter(meter=inlet, rule="V12", severity="warn")
    assert [row.code for row in found] == ["metering.tree_alarm"] * 5
    assert {row.values["gap"] for row in found} == {"30.0%"}


def test_a_master_without_months_and_a_zone_without_inlets_say_nothing(officer: Account) -> None:
    user = make_user(officer)
    master = make_meter(officer, user, zone="Z2")
    sub = make_meter(officer, user, parent=master.pk, level=2)
    take(sub, daily(121))
    assert list(check_trees([sub], today=date(2026, 5, 2))) == []
    assert list(check_zones(today=date(2026, 5, 2))) == []
