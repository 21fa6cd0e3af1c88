"""The watch over changes and events can fail: planted faults are seen."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from shuiheng.adapters.records.models import Account, Event
from shuiheng.services import record_export as exporting
from shuiheng.services import save_filter as keeping
from shuiheng.services.save_filter import save_filter
from watching import Watch


@pytest.fixture
def _every_change_is_an_event() -> None:
    """Take the watch of the folder away: these tests plant faults."""


def _keep(officer: Account) -> Watch:
    watch = Watch()
    with connection.execute_wrapper(watch):
        save_filter(officer, page="tasks", name="本季", query="q=1")
    return watch


def test_a_change_with_its_event_is_no_fault(officer: Account) -> None:
    watch = _keep(officer)
    assert {write.table for write in watch.writes} == {"savedfilter", "event"}
    assert watch.faults() == []


def test_a_change_without_its_event_is_named(officer: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "record_event", lambda *_, **__: None)
    assert _keep(officer).faults() == ["save_filter.save_filter changed without an event: insert savedfilter"]


def test_an_event_in_another_transaction_does_not_count(
    officer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = keeping.record_event
    monkeypatch.setattr(keeping, "record_event", lambda *_, **__: None)
    watch = Watch()
    with connection.execute_wrapper(watch):
        save_filter(officer, page="tasks", name="本季", query="q=1")
        with transaction.atomic():
            told(officer, "filter.saved", subject="filter:1")
    assert any("changed without an event" in fault for fault in watch.faults())


def test_an_event_without_a_change_is_named(officer: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    told = exporting.record_event
    monkeypatch.setattr(exporting, "record_event", lambda who, _, **more: told(who, "plan.published", **more))
    watch = Watch()
    with connection.execute_wrapper(watch):
        exporting.record_export(officer, "tasks", rows=1)
    assert watch.faults() == ["record_export.record_export told of plan.published without a change"]


def test_what_is_rolled_back_is_forgotten(officer: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise InterruptedError

    monkeypatch.setattr(keeping, "record_event", fails)
    watch = Watch()
    with connection.execute_wrapper(watch), pytest.raises(InterruptedError):
        save_filter(officer, page="tasks", name="本季", query="q=1")
    assert watch.writes == []
    assert not Event.objects.filter(action="filter.saved").exists()
