"""What a program sees of the readings of a meter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from office import the_office
from shuiheng.adapters.records.models import Account, LedgerBatch, Meter
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.readings.look_at_readings import AskedReadings, look_at_readings
from shuiheng.services.readings.receive_call import HTTP_CSV, receive_call
from shuiheng.services.readings.take_readings import undo_readings

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 4, 30, 16, tzinfo=UTC)
ONE_DAY = AskedReadings(from_at=BEGIN, to_at=BEGIN + timedelta(days=1))
HEAD = "表号,读数时间,读数(m3)\n"


@pytest.fixture
def meter(officer: Account) -> Meter:
    return add_meter(
        officer, NewMeter(number="A", keeper=the_office().pk), MeterFields(), valid_from=date(2025, 1, 1)
    )


def _send(officer: Account, callbacks: DjangoCaptureOnCommitCallbacks, rows: str) -> int:
    with callbacks(execute=True):
        answer = receive_call(officer, content=(HEAD + rows).encode(), kind=HTTP_CSV, keeper=the_office().pk)
    return int(answer["id"])


def test_an_undone_batch_stays_as_evidence_and_no_longer_holds(
    officer: Account, meter: Meter, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    key = _send(officer, django_capture_on_commit_callbacks, "A,2026-05-01 01:00,1\nA,2026-05-01 02:00,2\n")
    with django_capture_on_commit_callbacks(execute=True):
        undo_readings(officer, key, reason="抄错")
    assert LedgerBatch.objects.get().state == "undone"
    assert not look_at_readings(officer, meter.pk, ONE_DAY).rows
    told = look_at_readings(officer, meter.pk, replace(ONE_DAY, with_versions=True)).rows
    assert [(each.register_litres, each.batch) for each in told] == [
        (1000, key),
        (None, key),
        (2000, key),
        (None, key),
    ]
    assert all(each.recorded_at for each in told)


def test_the_begin_is_not_part_of_a_period_and_the_end_is(
    officer: Account, meter: Meter, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    rows = "".join(f"A,2026-05-01 {hour:02}:00,{hour}\n" for hour in range(5))
    _send(officer, django_capture_on_commit_callbacks, rows)
    asked = replace(ONE_DAY, to_at=BEGIN + timedelta(hours=3))
    found = look_at_readings(officer, meter.pk, asked)
    assert [each.register_litres for each in found.rows] == [1000, 2000, 3000] and found.following is None
    first = look_at_readings(officer, meter.pk, replace(asked, limit=2))
    assert len(first.rows) == 2 and first.following == first.rows[-1].read_at


def test_who_may_not_look_and_who_asks_too_much_is_refused(officer: Account, meter: Meter) -> None:
    with pytest.raises(NotPermittedError):
        look_at_readings(Account.objects.create(username="nobody"), meter.pk, ONE_DAY)
    with pytest.raises(NotThereError):
        look_at_readings(officer, 900_000_001, ONE_DAY)
    with pytest.raises(ServiceError, match="period_too_long"):
        look_at_readings(officer, meter.pk, replace(ONE_DAY, to_at=BEGIN + timedelta(days=401)))
