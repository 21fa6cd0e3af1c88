"""What others told of an instant: the newest of them, nothing of an undone batch, nothing of one's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Q
from pytest_django import DjangoCaptureOnCommitCallbacks

from services.readings.meter_company import add_meters, take_history, water_company
from shuiheng.adapters.records.models import Account
from shuiheng.metering.civil_time import end_of
from shuiheng.services.readings.reading_store import reading_store
from shuiheng.services.readings.take_readings import undo_readings
from shuiheng.services.readings.told_by_others import told_by_others

pytestmark = pytest.mark.django_db
DAY, NOBODY = date(2026, 3, 30), Q(pk__in=())


def test_the_newest_that_others_told_counts_and_an_undone_batch_tells_nothing(
    officer: Account, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    company = water_company()
    (meter,) = add_meters(officer, company, 1)
    first, second = (
        take_history(officer, company, django_capture_on_commit_callbacks, [("A-001", DAY, Decimal(each))])
        for each in (125, 126)
    )

    def told(own: Q, at: int = end_of(DAY)) -> int | None:
        with reading_store().snapshot() as reader:
            return told_by_others(reader, meter.pk, at, own=own)

    assert told(NOBODY) == 126_000
    assert told(Q(pk=second.pk)) == 125_000
    assert told(Q(pk__in=(first.pk, second.pk))) is None
    assert told(NOBODY, end_of(DAY) + 60) is None
    with django_capture_on_commit_callbacks(execute=True):
        undo_readings(officer, first.pk, reason="传错")
    assert told(NOBODY) == 126_000
    assert told(Q(pk=second.pk)) is None
