"""The watch over changes and events can fail: planted faults are seen, also beside true events."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, transaction

from shuiheng.adapters.records.models import Account, Event, OrganisationKind, PlanVersion
from shuiheng.services import publish_version as publishing
from shuiheng.services import record_export as exporting
from shuiheng.services import save_filter as keeping
from shuiheng.services.found_city import found_city
from shuiheng.services.keep_organisation import OrganisationFields, edit_organisation
from shuiheng.services.save_filter import save_filter
from telling import QUIET, TOLD_BY, UNWATCHED
from watching import Watch, watched

SEES_ROWS = connection.vendor == "sqlite"


@pytest.fixture
def _every_change_is_an_event() -> None:
    """Take the watch of the folder away: these tests plant faults."""


def _keep(officer: Account, query: str = "q=1") -> Watch:
    with watched() as watch:
        save_filter(officer, page="tasks", name="本季", query=query)
    return watch


def test_only_tables_that_stand_have_events_or_reasons() -> None:
    tables = {
        model._meta.db_table.removeprefix("records_")
        for model in apps.get_app_config("records").get_models(include_auto_created=True)
    }
    assert {*TOLD_BY, *UNWATCHED, *(table for _, table in QUIET)} <= tables


def test_a_change_with_its_event_is_no_fault(officer: Account) -> None:
    watch = _keep(officer)
    assert {write.table for write in watch.writes} == {"savedfilter", "event"}
    assert watch.faults() == []


def test_a_change_without_its_event_is_named(officer: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "record_event", lambda *_, **__: None)
    assert _keep(officer).faults() == ["save_filter.save_filter changed without an event: insert savedfilter"]


def test_a_change_is_not_told_by_the_event_of_another_service_in_its_transaction(
    officer: Account, ready: PlanVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "record_event", lambda *_, **__: None)
    with watched() as watch:
        publishing.publish_version(officer, ready.pk, with_doubts=True)
    assert Event.objects.filter(action="register.synced").exists()
    faults = watch.faults()
    assert "publish_version.publish_version changed without an event: insert publishedtask" in faults
    assert "publish_version.publish_version changed without an event: insert publishedtask" in faults
    assert not any("registertask" in fault for fault in faults)


def test_an_event_of_another_row_does_not_tell(officer: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    told = keeping.record_event
    monkeypatch.setattr(
        keeping, "record_event", lambda *given, **more: told(*given, **{**more, "subject": "filter:0"})
    )
    faults = [
        "save_filter.save_filter changed without an event: insert savedfilter",
        "save_filter.save_filter told of filter.saved without a change",
    ]
    assert _keep(officer).faults() == (faults if SEES_ROWS else [])


def test_a_row_that_is_written_as_it_was_is_no_change(officer: Account) -> None:
    office = found_city("青禾市", slug="qinghe", is_synthetic=True)
    known = OrganisationFields(name=office.name, kind=OrganisationKind.OFFICE, short_name="节水办")
    with watched() as watch:
        edit_organisation(officer, office.pk, known)
    assert [write.table for write in watch.writes] == ["organisation", "event"]
    with watched() as watch:
        edit_organisation(officer, office.pk, known)  # writes the row again
    assert [write.table for write in watch.writes] == ([] if SEES_ROWS else ["organisation"])


def test_an_event_in_another_transaction_does_not_count(
    officer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = keeping.record_event
    monkeypatch.setattr(keeping, "record_event", lambda *_, **__: None)
    with watched() as watch:
        kept = save_filter(officer, page="tasks", name="本季", query="q=1")
        with transaction.atomic():
            told(officer, "filter.saved", subject=f"filter:{kept.pk}")
    assert any("changed without an event" in fault for fault in watch.faults())


def test_an_event_without_a_change_is_named(officer: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    told = exporting.record_event
    monkeypatch.setattr(exporting, "record_event", lambda who, _, **more: told(who, "plan.published", **more))
    with watched() as watch:
        exporting.record_export(officer, "tasks", rows=1)
    assert watch.faults() == ["record_export.record_export told of plan.published without a change"]


def test_what_is_rolled_back_is_forgotten(officer: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise InterruptedError

    monkeypatch.setattr(keeping, "record_event", fails)
    with watched() as watch, pytest.raises(InterruptedError):
        save_filter(officer, page="tasks", name="本季", query="q=1")
    assert watch.writes == []
    assert not Event.objects.filter(action="filter.saved").exists()
