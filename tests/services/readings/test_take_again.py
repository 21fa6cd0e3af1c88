"""Readings of a meter that nobody knew are not lost: they come in when the ledger knows it."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, LedgerBatch, Role, SettledMonth
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter, change_meter
from shuiheng.services.readings.check_batch import knows_more_now
from shuiheng.services.readings.receive_call import HTTP_CSV, receive_call
from shuiheng.services.readings.take_again import take_again

pytestmark = pytest.mark.django_db
Callbacks = DjangoCaptureOnCommitCallbacks
TABLE = "表号,读数时间,读数(m3)\nA,2026-05-01 01:00,1\nT-9,2026-05-01 01:00,5\nT-9,2026-05-02 01:00,9\n"


def _sent(officer: Account, callbacks: Callbacks) -> LedgerBatch:
    with callbacks(execute=True):
        answer = receive_call(officer, content=TABLE.encode(), kind=HTTP_CSV, keeper=the_office().pk)
    return LedgerBatch.objects.get(pk=answer["id"])


def _meter(officer: Account, number: str) -> int:
    new = NewMeter(number=number, keeper=the_office().pk)
    return add_meter(officer, new, MeterFields(), valid_from=date(2025, 1, 1)).pk


def test_readings_of_a_meter_that_is_known_later_come_in_and_the_others_count_once(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    _meter(officer, "A")
    batch = _sent(officer, django_capture_on_commit_callbacks)
    assert (batch.state, batch.counts["unknown_meter"], knows_more_now(batch)) == ("taken", 2, False)
    with pytest.raises(ServiceError, match="nothing_new"):
        take_again(officer, batch.pk)
    later = _meter(officer, "B")
    change_meter(
        officer, later, MeterFields(telemetry_id="T-9"), valid_from=date(2025, 1, 1), reason="补登远传编号"
    )
    with pytest.raises(NotPermittedError):
        take_again(make_account("r", Role.READER), batch.pk)
    with django_capture_on_commit_callbacks(execute=True):
        again = take_again(officer, batch.pk)
    again.refresh_from_db()
    assert (again.state, again.counts) == ("taken", {"good": 3})
    assert SettledMonth.objects.get(meter=later, month=date(2026, 5, 1)).as_read_litres == 4000


def test_the_same_call_again_is_a_new_batch_only_when_the_ledger_knows_more(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    first = _sent(officer, django_capture_on_commit_callbacks)
    assert _sent(officer, django_capture_on_commit_callbacks).pk == first.pk
    _meter(officer, "A")
    second = _sent(officer, django_capture_on_commit_callbacks)
    assert second.pk != first.pk and second.counts["good"] == 1
    assert _sent(officer, django_capture_on_commit_callbacks).pk == second.pk
