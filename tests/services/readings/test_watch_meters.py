"""What the worker does about readings each minute and each day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from read_meters import BEGIN, daily, make_meter, take
from shuiheng.adapters.records.models import Account, MeterFinding, MeterWatch, SettledMonth
from shuiheng.metering.civil_time import DAY
from shuiheng.services.readings.reading_store import reading_store
from shuiheng.services.readings.watch_meters import tidy_store, watch_day, watch_meters

pytestmark = pytest.mark.django_db


def test_a_meter_that_falls_silent_is_found_without_a_new_reading(officer: Account) -> None:
    meter = make_meter(officer)
    take(meter, daily(20))
    watch_day(date(2026, 6, 2))
    silent = MeterFinding.objects.get(meter=meter, code="metering.silent")
    assert silent.rule == "V2" and silent.at == datetime.fromtimestamp(BEGIN + 19 * DAY, UTC)
    assert watch_day(date(2026, 6, 3)) == 0


def test_the_month_that_ended_is_estimated_without_a_new_reading(officer: Account) -> None:
    meter = make_meter(officer)
    take(meter, daily(120))
    SettledMonth.objects.filter(meter=meter, generation=0).delete()
    watch_day(date(2026, 7, 3))
    june = SettledMonth.objects.get(meter=meter, month=date(2026, 6, 1))
    assert (june.by_time_litres, june.rung) == (None, "E4") and june.estimated_litres > 25_000


def test_each_minute_checks_what_moved_and_a_store_that_is_in_use_is_left_alone(officer: Account) -> None:
    meter = make_meter(officer)
    take(meter, daily(40))
    with reading_store().writer():
        assert tidy_store() is False
        watch_meters()
    assert MeterWatch.objects.get(meter=meter).checked_at is not None
