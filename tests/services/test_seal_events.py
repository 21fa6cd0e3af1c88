"""Sealing what was written down."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from services.log_making import become_owner, verdict, write_events
from shuiheng.adapters.records.models import Account, Event, Seal, SealedEvent
from shuiheng.audit import holds, verify
from shuiheng.services import seal_events as sealing
from shuiheng.services.seal_events import seal_events, seal_value_of, waiting_events


def test_every_event_stands_in_exactly_one_seal_and_the_seals_form_one_chain(
    officer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "MOST_LEAVES", 7)
    write_events(officer, 20)
    total = Event.objects.count()
    assert seal_events() == total
    write_events(officer, 3)
    assert seal_events() == 3
    assert seal_events() == 0
    assert SealedEvent.objects.count() == Event.objects.count() == total + 3
    chain = [seal_value_of(row) for row in Seal.objects.order_by("sequence")]
    assert [seal.count for seal in chain[:2]] == [7, 7]
    assert holds(chain[0], after=None)
    assert all(holds(later, after=earlier) for earlier, later in pairwise(chain))


def test_an_event_that_is_committed_late_goes_into_a_later_seal(officer: Account) -> None:
    late = write_events(officer, 1)[0]
    others = waiting_events().exclude(pk=late.pk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "waiting_events", lambda **_: others)
        write_events(officer, 5)
        seal_events()
    assert list(waiting_events()) == [late]
    assert seal_events() == 1
    assert late.sealed.seal.sequence == Seal.objects.count()
    assert isinstance(verdict(), verify.Seen)


def test_an_event_older_than_the_look_back_is_sealed_the_next_day(
    officer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_events(officer, 1)
    seal_events()
    Event.objects.create(action="old", subject="x", at=timezone.now() - timedelta(days=5))
    assert seal_events() == 0
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(sealing.timezone, "now", lambda: tomorrow)
    assert seal_events() == 1


def test_two_sealers_cannot_make_a_fork(officer: Account) -> None:
    write_events(officer, 2)
    seal_events()
    first = Seal.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        first.pk = None
        first.save(force_insert=True)


def test_a_row_altered_before_sealing_is_sealed_with_the_hash_of_its_writing(officer: Account) -> None:
    altered = write_events(officer, 3)[1]
    become_owner()
    Event.objects.filter(pk=altered.pk).update(reason="另有缘由")
    seal_events()
    said = verdict()
    assert isinstance(said, verify.LogError)
    assert (said.code, said.values["key"]) == ("audit.row_changed", altered.key)


@pytest.mark.parametrize("table", [Seal, SealedEvent])
def test_the_database_refuses_to_change_or_delete_a_seal(
    officer: Account, table: type[Seal] | type[SealedEvent]
) -> None:
    write_events(officer, 1)
    seal_events()
    field = "root" if table is Seal else "leaf"
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        table.objects.update(**{field: "0" * 64})
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        table.objects.all()._raw_delete("default")
