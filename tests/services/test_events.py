"""Events are written once and stay."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction

from office import the_office
from shuiheng.adapters.records.models import Account, Event
from shuiheng.services.events import record_event, record_refusal
from shuiheng.services.found_city import found_city


def test_an_event_says_who_did_what_to_what(officer: Account) -> None:
    event = record_event(officer, "plan.published", subject="version:1", open_doubts=3)
    found = Event.objects.get(pk=event.pk)
    assert (found.actor, found.action, found.subject) == (officer, "plan.published", "version:1")
    assert found.details == {"open_doubts": 3}


def test_an_event_keeps_in_which_role_and_whose_name_it_was_done(officer: Account) -> None:
    event = record_event(officer, "x.done", subject="x:1", reason="核对", before={"a": 1}, after={"a": 2})
    found = Event.objects.get(pk=event.pk)
    assert (found.role, found.organisation, found.place) == (
        "office_clerk",
        the_office(),
        the_office().place,
    )
    assert (found.reason, found.before, found.after) == ("核对", {"a": 1}, {"a": 2})
    assert found.key and found.key != record_event(officer, "x.done", subject="x:1").key


def test_an_event_on_another_city_stands_with_that_city(officer: Account) -> None:
    other = found_city("临江市")
    assert record_event(officer, "x.done", subject="x:1", organisation=other).place == other.place
    assert record_event(officer, "x.done", subject="x:1", place=other.place).place == other.place


def test_what_nothing_was_before_stays_nothing(db: None) -> None:
    event = record_event(None, "x.done", subject="x:1")
    event.refresh_from_db()
    assert (event.actor, event.place, event.before, event.after) == (None, None, None, None)


def test_a_refusal_is_an_event_that_says_so_for_a_stranger_too(officer: Account) -> None:
    record_refusal(officer, "plans.publish", subject="/" + "x" * 500)
    record_refusal(AnonymousUser(), "plans.look", subject="/")
    first, second = Event.objects.filter(is_refused=True).order_by("pk")
    assert (first.actor, second.actor) == (officer, None)
    assert len(first.subject) == 120


def test_an_event_is_gone_with_the_transaction_that_failed(officer: Account) -> None:
    with pytest.raises(KeyError), transaction.atomic():
        record_event(officer, "x.done", subject="x:1")
        raise KeyError
    assert not Event.objects.filter(action="x.done").exists()


def test_the_database_refuses_to_change_or_delete_an_event(officer: Account) -> None:
    record_event(officer, "plan.uploaded", subject="version:1")
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        Event.objects.update(action="something.else")
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        Event.objects.all().delete()
