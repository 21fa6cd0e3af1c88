"""Rows of the log and their hashes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shuiheng.adapters.records.models import Account, Event
from shuiheng.audit import NotCanonicalError
from shuiheng.services.event_rows import logged_event, remade_hash
from shuiheng.services.events import record_event, record_refusal


def test_a_row_that_is_read_back_has_the_hash_with_which_it_was_written(officer: Account) -> None:
    values = {"完成量": Decimal("1.50"), "due_on": date(2026, 6, 30), "names": ["e\u0301", "é"], "none": None}
    event = record_event(
        officer, "task.assigned", subject="task:1", reason="e\u0301", before={}, after=values
    )
    found = Event.objects.get(pk=event.pk)
    assert found.after == {"完成量": "1.50", "due_on": "2026-06-30", "names": ["é", "é"], "none": None}
    assert len(found.row_hash) == 64
    assert found.row_hash == event.row_hash == remade_hash(found) == logged_event(found).row_hash


def test_a_row_names_accounts_and_units_by_key_and_never_by_name(officer: Account) -> None:
    record = logged_event(record_event(officer, "plan.published", subject="version:1")).record
    assert record.actor == f"account:{officer.pk}"
    assert record.organisation is not None and record.organisation.startswith("organisation:")
    assert "李工" not in repr(record)


def test_a_value_that_cannot_be_written_exactly_stops_the_change(officer: Account) -> None:
    with pytest.raises(NotCanonicalError, match="float"):
        record_event(officer, "task.assigned", subject="task:1", after={"value": 0.1})
    assert not Event.objects.filter(action="task.assigned").exists()


def test_a_refused_address_with_a_zero_character_is_still_written_down(officer: Account) -> None:
    record_refusal(officer, "plans.look", subject="/plans/\0/")
    assert Event.objects.get(is_refused=True).subject == "/plans/\ufffd/"


def test_a_row_from_before_the_log_was_hashed_gets_a_hash_of_its_own(officer: Account) -> None:
    event = record_event(officer, "plan.published", subject="version:1")
    old = Event.objects.create(action="old", subject="version:2", at=event.at)
    assert logged_event(old).record.key == f"event:{old.pk}"
    assert logged_event(old).row_hash == remade_hash(old)
