"""Receipts for what was filled in without a network and sent later: each entry is taken exactly once.

A phone keeps every entry under a key of its own until it holds the receipt for these very bytes
(`web/static/outbox.js`). It may send again as often as it likes; answers may be lost, doubled or come late.

Idempotent calls of the API (`services.repeat_call`) look alike, but their answers are thrown away after some
days, and a phone may lie in a drawer for longer. A receipt is kept as long as what follows from its entry.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from shuiheng.audit.canonical import canonical_text, instant_text
from shuiheng.audit.model import Json

KEY = re.compile(r"[0-9a-f]{32}")  # 128 bits that the phone draws


@dataclass(frozen=True, slots=True, kw_only=True)
class SentEntry:
    """One entry as a phone sends it (离线记录).

    Args:
        key: Its key, drawn by the phone when it was kept there.
        sha256: Hash of its bytes by the phone's reckoning.
        content: The bytes that arrived.
    """

    key: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """That an entry was taken, and when (回执); the same for every repetition.

    Args:
        key: Key of the entry.
        sha256: Hash of the bytes that were taken.
        taken_at: When they were taken for the first time.
    """

    key: str
    sha256: str
    taken_at: datetime

    @property
    def number(self) -> str:
        """Return what a person can read out: eight digits that follow from all of it."""
        words = [self.key, self.sha256, instant_text(self.taken_at)]
        return hashlib.sha256(canonical_text(list(words)).encode()).hexdigest()[:8]


class EntryError(ValueError):
    """An entry cannot be taken; `code` names the cause.

    Args:
        key: Its key, as far as it may be shown.
        says: What is wrong, and what to do.
    """

    code = "programmes.entry_error"

    def __init__(self, key: str, says: str) -> None:
        super().__init__(f"{self.code}: {says}")
        self.key = key


class BadEntryKeyError(EntryError):
    """The key of an entry is none that a phone draws."""

    code = "programmes.entry_key"

    def __init__(self, key: str) -> None:
        super().__init__(key[:40], f"{key[:40]!r} is no key of 32 hexadecimal digits. Load the page again.")


class DamagedEntryError(EntryError):
    """The bytes that arrived are not those that were sent."""

    code = "programmes.entry_damaged"

    def __init__(self, key: str) -> None:
        super().__init__(key, f"entry {key} arrived damaged. Send it again.")


class ChangedEntryError(EntryError):
    """Other bytes were taken under the key of an entry; they stay."""

    code = "programmes.entry_changed"

    def __init__(self, key: str, number: str) -> None:
        says = f"entry {key} was taken with other content (receipt {number}). Keep this as a new entry."
        super().__init__(key, says)
        self.number = number


def take_entry(sent: SentEntry, *, known: Receipt | None, at: datetime) -> Receipt:
    """Return the receipt for an entry (回执): the first one when it was taken before, else a new one.

    Whoever calls holds the lock of the sender, keeps a new receipt together with what follows from the
    entry, or keeps neither.

    Args:
        sent: What arrived.
        known: The receipt that was given under its key, or None.
        at: The time now.

    Raises:
        BadEntryKeyError: The key has another form.
        DamagedEntryError: The bytes do not have the hash that was sent with them.
        ChangedEntryError: Other bytes were taken under the key; the first ones stay.
    """
    if KEY.fullmatch(sent.key) is None:
        raise BadEntryKeyError(sent.key)
    digest = hashlib.sha256(sent.content).hexdigest()
    if digest != sent.sha256:
        raise DamagedEntryError(sent.key)
    if known is None:
        return Receipt(key=sent.key, sha256=digest, taken_at=at)
    if known.sha256 != digest:
        raise ChangedEntryError(sent.key, known.number)
    return known


def receipt_json(receipt: Receipt) -> dict[str, Json]:
    """Return a receipt as the answer that the phone reads."""
    return {
        "key": receipt.key,
        "sha256": receipt.sha256,
        "taken_at": instant_text(receipt.taken_at),
        "number": receipt.number,
    }
