"""A meter that is read hourly, with two days of readings and a finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from metered import Callbacks, some_meter, told
from office import make_account
from shuiheng.adapters.records.models import Account, LedgerBatch, Meter, MeterFinding, Role
from shuiheng.metering.civil_time import HOUR, start_of

DAY_ONE = date(2026, 3, 1)
BEGIN = start_of(DAY_ONE)
WRONG = BEGIN + 20 * HOUR


@dataclass(frozen=True)
class Metered:
    """What stands there; the reading at 20:00 is far too high."""

    meter: Meter
    batch: LedgerBatch
    finding: MeterFinding


@pytest.fixture
def metered(officer: Account, django_capture_on_commit_callbacks: Callbacks) -> Metered:
    """An hourly meter: 100 L an hour, one wrong reading, the hour behind it missing."""
    meter = some_meter(officer, grid_minutes=60, register_digits=8)
    rows = [(BEGIN + hour * HOUR, 1000 + hour * 100) for hour in range(49) if hour not in (20, 30)]
    rows.append((WRONG, 900_000))
    batch = told(officer, meter, rows, django_capture_on_commit_callbacks)
    finding = MeterFinding.objects.create(
        meter=meter,
        rule="V3",
        code="metering.reading_too_high",
        mark="metering.reading_too_high:2026-03-01 20:00",
        severity="warn",
        at=datetime.fromtimestamp(WRONG, UTC),
        values={"meter": "A-1", "at": "2026-03-01 20:00", "before": "900", "after": "3.1"},
        found_at=datetime(2026, 3, 3, tzinfo=UTC),
    )
    return Metered(meter, batch, finding)


@pytest.fixture
def supplier(db: None) -> Client:
    """A browser of a water company, which looks and does not decide."""
    client = Client()
    client.force_login(make_account("gong", Role.SUPPLIER))
    return client
