"""Settling notes which meters the checks shall look at."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from read_meters import FIRST, daily, make_meter, take
from shuiheng.adapters.records.models import Account, MeterWatch
from shuiheng.services.readings.check_meters import check_due_meters, due_meters
from shuiheng.services.readings.settle import settle, touch

pytestmark = pytest.mark.django_db


def test_a_meter_whose_readings_come_by_themselves_rests_between_two_checks(officer: Account) -> None:
    meter = make_meter(officer)
    take(meter, daily(40))
    check_due_meters()
    settle([meter], FIRST, FIRST, is_steady=True)
    assert due_meters() == []
    MeterWatch.objects.filter(meter=meter).update(checked_at=datetime(2026, 1, 1, tzinfo=UTC))
    settle([meter], FIRST, FIRST, is_steady=True)
    assert due_meters() == [meter]


def test_touching_again_keeps_one_row_and_when_it_was_checked(officer: Account) -> None:
    meter = make_meter(officer)
    take(meter, daily(40))
    check_due_meters()
    checked_at = MeterWatch.objects.get(meter=meter).checked_at
    touch([meter])
    assert MeterWatch.objects.get(meter=meter).checked_at == checked_at and due_meters() == [meter]
