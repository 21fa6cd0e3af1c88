"""What the checks are given of a meter: its whole description and its evidence, as far back as they look."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from read_meters import BEGIN, daily, hourly, make_meter, make_user, take
from shuiheng.adapters.records.models import Account, MeterEvent, MeterEventKind
from shuiheng.metering.civil_time import DAY, HOUR
from shuiheng.metering.model import EventKind
from shuiheng.services.ledger.keep_meter import record_meter_event
from shuiheng.services.readings.meter_records import described_meters, records_by_reach
from shuiheng.services.readings.reading_store import reading_store

pytestmark = pytest.mark.django_db


def test_a_meter_is_described_with_its_size_its_user_and_what_happened_to_it(officer: Account) -> None:
    user = make_user(officer, "residential")
    meter = make_meter(officer, user, nominal_mm=50, q3_m3_h=Decimal("2.5"), flow_ratio=100)
    verified = MeterEvent(kind=MeterEventKind.VERIFIED, at=datetime(2026, 1, 5, tzinfo=UTC))
    record_meter_event(officer, meter.pk, verified)
    found = described_meters([meter], on=date(2026, 3, 1))[meter.pk]
    assert (found.kind, found.nominal_mm, found.permanent_flow_l_h) == ("household", 50, 2500)
    assert found.flow_range == Fraction(100) and found.events[0].kind is EventKind.VERIFICATION


def test_fine_meters_are_looked_back_at_for_fewer_days_than_coarse_ones(officer: Account) -> None:
    fine, coarse = make_meter(officer, grid_minutes=60), make_meter(officer)
    take(fine, hourly(200, [10] * 24))
    take(coarse, daily(200))
    known_at = datetime.fromtimestamp(BEGIN + 200 * DAY, UTC)
    with reading_store().snapshot() as reader:
        found = {
            int(record.meter.id): (reach, record)
            for reach, records in records_by_reach(reader, [fine, coarse], known_at=known_at)
            for record in records
        }
    reach, record = found[fine.pk]
    assert record.readings[0].read_at == BEGIN + (200 - reach.days) * DAY + HOUR
    assert len(found[coarse.pk][1].readings) == 200


def test_all_versions_of_a_reading_are_given(officer: Account) -> None:
    meter = make_meter(officer)
    take(meter, daily(20))
    take(meter, [(BEGIN + 3 * DAY, 5_003_100)], recorded_at=BEGIN + 30 * DAY)
    known_at = datetime.fromtimestamp(BEGIN + 40 * DAY, UTC)
    with reading_store().snapshot() as reader:
        ((_, (record,)),) = records_by_reach(reader, [meter], known_at=known_at)
    assert (len(record.versions), len(record.readings)) == (21, 20)
    assert record.readings[3].register == 5_003_100
