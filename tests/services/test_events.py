"""Events are written once and stay."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from shuiheng.adapters.records.models import Account, Event
from shuiheng.services.events import record_event


def test_an_event_says_who_did_what_to_what(officer: Account) -> None:
    event = record_event(officer, "plan.published", subject="version:1", open_doubts=3)
    found = Event.objects.get(pk=event.pk)
    assert (found.actor, found.action, found.subject) == (officer, "plan.published", "version:1")
    assert found.details == {"open_doubts": 3}


def test_the_database_refuses_to_change_or_delete_an_event(officer: Account) -> None:
    record_event(officer, "plan.uploaded", subject="version:1")
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        Event.objects.update(action="something.else")
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        Event.objects.all().delete()
