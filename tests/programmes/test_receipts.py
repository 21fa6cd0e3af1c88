"""Whatever a network does to entries and answers, each entry is taken exactly once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuiheng.programmes.receipts import (
    BadEntryKeyError,
    ChangedEntryError,
    DamagedEntryError,
    Receipt,
    SentEntry,
    receipt_json,
    take_entry,
)

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)


def entry(number: int, content: bytes = b"form") -> SentEntry:
    return SentEntry(key=f"{number:032x}", sha256=hashlib.sha256(content).hexdigest(), content=content)


def test_a_repetition_gets_the_first_receipt_however_late_it_comes() -> None:
    first = take_entry(entry(1), known=None, at=AT)
    assert take_entry(entry(1), known=first, at=AT + timedelta(days=400)) == first
    assert receipt_json(first) == {
        "key": "0" * 31 + "1",
        "sha256": hashlib.sha256(b"form").hexdigest(),
        "taken_at": "2026-11-02T08:00:00.000000Z",
        "number": first.number,
    }


def test_other_content_under_the_key_is_refused_and_names_the_receipt_that_stands() -> None:
    first = take_entry(entry(1), known=None, at=AT)
    with pytest.raises(ChangedEntryError, match=f"receipt {first.number}"):
        take_entry(entry(1, b"other"), known=first, at=AT)


def test_what_arrives_damaged_is_not_taken() -> None:
    with pytest.raises(DamagedEntryError):
        take_entry(replace(entry(1), content=b"for"), known=None, at=AT)


@pytest.mark.parametrize("key", ["", "1", "G" * 32, "0" * 33, "A" * 32])
def test_a_key_that_no_phone_draws_is_refused(key: str) -> None:
    with pytest.raises(BadEntryKeyError):
        take_entry(replace(entry(1), key=key), known=None, at=AT)


def test_numbers_of_receipts_differ_with_the_key_the_content_and_the_time() -> None:
    receipt = take_entry(entry(1), known=None, at=AT)
    others = [
        replace(receipt, key="f" * 32),
        replace(receipt, sha256="0" * 64),
        replace(receipt, taken_at=AT + timedelta(seconds=1)),
    ]
    assert len({each.number for each in (receipt, *others)}) == 4


@dataclass
class Office:
    """A server that keeps receipts with what follows from the entries."""

    receipts: dict[str, Receipt] = field(default_factory=dict)
    forms: list[bytes] = field(default_factory=list)
    clock: datetime = AT

    def answer(self, sent: SentEntry) -> Receipt | None:
        """Take an entry and return its receipt, or None when it is refused."""
        self.clock += timedelta(seconds=1)
        known = self.receipts.get(sent.key)
        try:
            receipt = take_entry(sent, known=known, at=self.clock)
        except (ChangedEntryError, DamagedEntryError):
            return None
        if known is None:
            self.forms.append(sent.content)
            self.receipts[sent.key] = receipt
        return receipt


@dataclass
class Phone:
    """A phone as outbox.js is one: it lets content go only for the receipt of that very content."""

    waiting: dict[str, SentEntry]
    held: dict[str, Receipt] = field(default_factory=dict)

    def told(self, receipt: Receipt) -> None:
        kept = self.waiting.get(receipt.key)
        if kept is not None and kept.sha256 == receipt.sha256:
            self.held[receipt.key] = receipt
            del self.waiting[receipt.key]


FATES = ("arrives", "lost", "answer_lost", "twice", "late", "damaged", "answer_late", "forged")


@settings(max_examples=300)
@given(st.integers(1, 5), st.lists(st.tuples(st.integers(0, 4), st.sampled_from(FATES)), max_size=40))
def test_lost_doubled_late_and_forged_messages_change_nothing(
    count: int, course: list[tuple[int, str]]
) -> None:
    made = [entry(number, b"form %d" % number) for number in range(count)]
    phone, office = Phone({each.key: each for each in made}), Office()
    late_requests: list[SentEntry] = []
    late_answers: list[Receipt | None] = []
    for number, fate in course:
        sent = made[number % count]
        if fate == "late":
            late_requests.append(sent)  # also one that the phone holds a receipt for already
        if sent.key not in phone.waiting or fate in ("late", "lost"):
            continue
        if fate == "damaged":
            assert office.answer(replace(sent, content=sent.content + b"?")) is None
            continue
        if fate == "forged" and sent.key in office.receipts:
            assert office.answer(entry(number % count, b"forged")) is None
            continue
        answers = [office.answer(sent) for _ in range(2 if fate == "twice" else 1)]
        assert len(set(answers)) == 1
        if fate == "answer_late":
            late_answers += answers
        elif fate != "answer_lost":
            for each in answers:
                assert each is not None
                phone.told(each)
    for answer in reversed(late_answers):
        if answer is not None:
            phone.told(answer)
    for sent in list(phone.waiting.values()):  # the network is back
        answer = office.answer(sent)
        assert answer is not None
        phone.told(answer)
    for request in reversed(late_requests):
        assert office.answer(request) == phone.held[request.key]
    assert phone.waiting == {}
    assert phone.held == office.receipts
    assert sorted(office.forms) == sorted(each.content for each in made)
