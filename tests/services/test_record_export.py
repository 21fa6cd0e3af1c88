"""Exports leave a trace."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from shuiheng.adapters.records.models import Account, Event
from shuiheng.services.errors import NotPermittedError
from shuiheng.services.record_export import record_export


def test_an_export_is_recorded_with_its_rows(reader: Account) -> None:
    record_export(reader, "tasks", rows=7)
    event = Event.objects.get(action="table.exported")
    assert (event.actor, event.subject, event.details) == (reader, "tasks", {"rows": 7})


def test_a_stranger_exports_nothing(db: None) -> None:
    with pytest.raises(NotPermittedError):
        record_export(AnonymousUser(), "tasks", rows=1)
    assert not Event.objects.exists()
