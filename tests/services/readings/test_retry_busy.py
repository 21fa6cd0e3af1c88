"""A batch that found the store taken counts as soon as the store is free."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from office import the_office
from read_meters import BEGIN, make_meter, make_user, take, told_litres
from shuiheng.adapters.records.models import Account, Event, Job, JobState, LedgerBatch
from shuiheng.metering.civil_time import DAY
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter, change_meter
from shuiheng.services.readings.reading_store import reading_store
from shuiheng.services.readings.receive_call import HTTP_CSV, receive_call
from shuiheng.services.readings.retry_busy import BUSY, retry_busy

pytestmark = pytest.mark.django_db
TABLE = "表号,读数时间,读数(m3)\nA,2026-05-01 01:00,1\n".encode()


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuiheng.services.readings.reading_store.PATIENCE_SECONDS", 0.0)


def test_a_batch_is_tried_again_once_the_store_is_free(
    officer: Account, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    new = NewMeter(number="A", keeper=the_office().pk)
    add_meter(officer, new, MeterFields(), valid_from=date(2025, 1, 1))
    with reading_store().writer():
        with django_capture_on_commit_callbacks(execute=True):
            receive_call(officer, content=TABLE, kind=HTTP_CSV, keeper=the_office().pk)
        assert Job.objects.get(state=JobState.FAILED).error_code == BUSY
        assert retry_busy() == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert retry_busy() == 1
    assert LedgerBatch.objects.get().state == "taken"
    assert Job.objects.get().state == JobState.DONE and retry_busy() == 0
    assert Event.objects.filter(action="job.retried", actor=None).count() == 1


def test_months_follow_what_was_said_of_a_meter_while_the_store_was_taken(
    officer: Account, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    meter = make_meter(officer, make_user(officer), register_digits=None, grid_minutes=None)
    take(meter, [(BEGIN, 1_000), (BEGIN + 20 * DAY, 7_000)])
    with reading_store().writer(), django_capture_on_commit_callbacks(execute=True):
        change_meter(
            officer, meter.pk, MeterFields(multiplier=10), valid_from=date(2025, 1, 1), reason="更正"
        )
    assert told_litres(meter)[-1] == 6_000
    with django_capture_on_commit_callbacks(execute=True):
        assert retry_busy() == 1
    assert told_litres(meter)[-1] == 60_000


def test_jobs_that_failed_otherwise_are_left_to_a_person(officer: Account) -> None:
    Job.objects.create(
        kind="readings",
        title="x",
        place=the_office().place,
        state=JobState.FAILED,
        error_code="services.job_failed",
    )
    assert retry_busy() == 0
