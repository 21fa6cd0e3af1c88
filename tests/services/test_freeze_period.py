"""Freezing a period."""

from __future__ import annotations

import pytest

from services.reporting import make_reporting
from shuiheng.adapters.records.models import Event, Progress
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.file_progress import file_progress
from shuiheng.services.freeze_period import freeze_period, reopen_period
from shuiheng.services.progress_errors import PeriodFrozenError, ReasonNeededError
from shuiheng.services.review_progress import accept_progress, review_progress

pytestmark = pytest.mark.django_db


def test_freezing_freezes_what_was_accepted_and_stops_the_rest() -> None:
    city = make_reporting()
    row = city.save()
    accept_progress(city.reviewer, review_progress(city.officer, file_progress(city.clerk, row.pk).pk).pk)
    freeze_period(city.leader, city.period.pk)
    assert Progress.objects.get(pk=row.pk).state == "frozen"
    event = Event.objects.get(action="period.frozen")
    assert (event.before, event.after, event.details["reports"]) == (
        {"is_frozen": False},
        {"is_frozen": True},
        1,
    )
    with pytest.raises(PeriodFrozenError):
        freeze_period(city.leader, city.period.pk)


def test_a_new_report_or_a_filing_waits_until_the_period_is_open_again() -> None:
    city = make_reporting()
    freeze_period(city.leader, city.period.pk)
    with pytest.raises(PeriodFrozenError):
        city.save()
    with pytest.raises(ReasonNeededError):
        reopen_period(city.leader, city.period.pk, reason="")
    reopen_period(city.leader, city.period.pk, reason="补报")
    assert file_progress(city.clerk, city.save().pk).state == "filed"


def test_reports_in_review_hold_the_freezing_up() -> None:
    city = make_reporting()
    file_progress(city.clerk, city.save().pk)
    with pytest.raises(ServiceError) as caught:
        freeze_period(city.leader, city.period.pk)
    assert caught.value.values == {"count": "1"}


def test_the_clerk_does_not_freeze() -> None:
    city = make_reporting()
    with pytest.raises(NotPermittedError):
        freeze_period(city.officer, city.period.pk)
