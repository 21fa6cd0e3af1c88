"""The nightly verification."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from services.log_making import become_owner, write_events
from shuiheng.adapters.records.models import Account, Event
from shuiheng.services.seal_events import seal_events
from shuiheng.services.verify_log import last_verdict, verify_log, verify_nightly


def test_a_log_that_holds_is_said_to_hold_and_the_verdict_is_an_event(officer: Account) -> None:
    write_events(officer, 5)
    seal_events()
    total = Event.objects.count()
    assert verify_log().code == ""
    found = last_verdict()
    assert found is not None
    assert (found.details["code"], found.details["rows"], found.details["seals"]) == ("", total, 1)


def test_an_altered_log_is_named_and_told_to_the_operator(
    officer: Account, caplog: pytest.LogCaptureFixture
) -> None:
    rows = write_events(officer, 5)
    seal_events()
    become_owner()
    Event.objects.filter(pk=rows[2].pk).update(reason="另有缘由")
    with caplog.at_level(logging.ERROR):
        assert verify_log().code == "audit.row_changed"
    assert rows[2].key in caplog.text
    found = last_verdict()
    assert found is not None and found.details["code"] == "audit.row_changed"


def test_the_log_is_verified_once_a_night_and_not_by_day(officer: Account) -> None:
    assert verify_nightly() is not None  # never verified before
    tomorrow = timezone.localtime() + timedelta(days=1)
    for hour, is_due in ((0, False), (10, False), (2, True)):
        assert (verify_nightly(tomorrow.replace(hour=hour)) is not None) == is_due


def test_a_night_that_was_missed_is_made_up_for_by_day(officer: Account) -> None:
    verify_log()
    assert verify_nightly(timezone.localtime().replace(hour=14) + timedelta(days=2)) is not None
