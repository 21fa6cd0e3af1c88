"""An entry is taken once for its key; a taker that refuses leaves nothing."""

from __future__ import annotations

import hashlib

import pytest
from django.contrib.auth.models import AnonymousUser

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, EntryReceipt, Event, Role
from shuiheng.programmes.receipts import Receipt, SentEntry
from shuiheng.services import take_entry as taking
from shuiheng.services.errors import ServiceError
from shuiheng.services.take_entry import MadeEntry, instant_of, know_entries, take_entry

pytestmark = pytest.mark.django_db
KEY = "f" * 32


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[MadeEntry]:
    """Entries of a made-up kind, as they were taken."""
    monkeypatch.setattr(taking, "_TAKERS", {})
    found: list[MadeEntry] = []

    def take(_account: Account, entry: MadeEntry) -> str:
        if entry.content == b"refuse":
            raise ServiceError("checks.bad_form")
        found.append(entry)
        return f"thing:{entry.subject}"

    know_entries("thing", take)
    return found


def send(account: Account, content: bytes = b"words", kind: str = "thing:7:p.1") -> Receipt:
    sent = SentEntry(key=KEY, sha256=hashlib.sha256(content).hexdigest(), content=content)
    return take_entry(account, sent, kind, media_type="text/plain", kept_at="2026-03-02T01:00:00.000Z")


def test_a_repetition_gets_the_first_receipt_and_does_nothing(taken: list[MadeEntry]) -> None:
    the_office()
    account = make_account("inspector", Role.INSPECTOR)
    first = send(account)
    assert send(account) == first and len(taken) == 1
    assert (taken[0].subject, taken[0].part) == (7, "p.1") and taken[0].kept_at is not None
    assert EntryReceipt.objects.get().outcome == "thing:7"
    assert Event.objects.filter(action="entry.taken").count() == 1
    with pytest.raises(ServiceError, match=r"programmes\.entry_changed"):
        send(account, b"other")
    other = make_account("other", Role.INSPECTOR)
    assert send(other) != first and len(taken) == 2  # a key is of one account


def test_what_is_refused_or_unknown_leaves_nothing(taken: list[MadeEntry]) -> None:
    the_office()
    account = make_account("inspector", Role.INSPECTOR)
    with pytest.raises(ServiceError, match=r"checks\.bad_form"):
        send(account, b"refuse")
    for kind in ("other:1", "thing:x", "", "thing:1:二", "Thing:1"):
        with pytest.raises(ServiceError, match=r"services\.entry_kind"):
            send(account, kind=kind)
    with pytest.raises(ServiceError, match=r"services\.entry_kind"):
        send(AnonymousUser())  # type: ignore[arg-type]  # a visitor
    assert not EntryReceipt.objects.exists() and taken == []


def test_an_instant_needs_its_zone() -> None:
    assert instant_of("2026-03-02T01:00:00.000Z") is not None
    assert instant_of("2026-03-02T01:00:00") is None and instant_of("gestern") is None
