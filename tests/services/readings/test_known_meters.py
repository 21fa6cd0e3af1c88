"""What is known of the meters of a keeper before a month."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from services.readings.meter_company import MARCH, add_meters, take_history, water_company
from shuiheng.adapters.records.models import Account, MeterEvent, MeterEventKind
from shuiheng.services.ledger.keep_meter import MeterFields, change_meter, record_meter_event
from shuiheng.services.readings.known_meters import known_meters

pytestmark = pytest.mark.django_db
ENDS = (date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31))


def test_the_last_reading_and_the_usual_month_are_those_before_the_month(
    officer: Account, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    company = water_company()
    meters = add_meters(officer, company, 3)
    registers = (100, 120, 150, 200, 230)  # 20, 30 and 50 m³ before March
    rows = [("A-001", day, Decimal(shown)) for day, shown in zip(ENDS, registers, strict=True)]
    rows += [("A-002", ENDS[3], Decimal(7))]
    take_history(officer, company, django_capture_on_commit_callbacks, rows)
    stopped = MeterFields(register_digits=5, step_litres=1000, is_active=False)
    change_meter(officer, meters[1].pk, stopped, valid_from=date(2026, 3, 15), reason="停用")
    first, second, third = known_meters(company, MARCH)
    assert (first.last and first.last.register, first.last_on) == (200_000, ENDS[3])
    assert (first.usual_litres, first.digits) == (30_000, 5)
    assert (second.last_on, second.usual_litres, second.is_active) == (ENDS[3], None, False)
    assert (third.last, third.last_on, third.usual_litres) == (None, None, None)


def test_the_digits_are_those_of_the_register_that_the_meter_has_in_the_month(officer: Account) -> None:
    company = water_company()
    meter = add_meters(officer, company, 1)[0]
    larger = MeterFields(register_digits=7, step_litres=1000)
    change_meter(officer, meter.pk, larger, valid_from=date(2026, 2, 10), reason="换大表")
    swap = MeterEvent(
        kind=MeterEventKind.SWAPPED,
        at=datetime(2026, 2, 10, 4, tzinfo=UTC),
        final_litres=9_000,
        start_litres=0,
    )
    record_meter_event(officer, meter.pk, swap)
    january, march = (known_meters(company, month)[0].digits for month in (date(2026, 1, 1), MARCH))
    assert (january, march) == (5, 7)
