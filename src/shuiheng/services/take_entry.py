"""Take entries that were made without a network: each exactly once, with a receipt (离线记录回执).

A service says of its kinds of entries by `know_entries` what takes them. The phone sends an entry until it
holds the receipt for its very bytes (`web/static/outbox.js`, `programmes/receipts.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, EntryReceipt
from shuiheng.programmes.receipts import EntryError, Receipt, SentEntry
from shuiheng.programmes.receipts import take_entry as receipt_for
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Actor

KIND = re.compile(r"([a-z_]{1,30})(?::([0-9]{1,18})(?::([0-9a-zA-Z/_.-]{1,40}))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeEntry:
    """An entry as whoever takes it reads it.

    Args:
        subject: Key of what it is about, or 0.
        part: Which part of it, or nothing.
        content: Its bytes.
        media_type: What the phone says that they are.
        kept_at: When the phone kept it by its own clock, or None.
    """

    subject: int
    part: str
    content: bytes
    media_type: str
    kept_at: datetime | None


Taker = Callable[[Account, MadeEntry], str]
_TAKERS: dict[str, Taker] = {}


def know_entries(kind: str, take: Taker) -> None:
    """Say what takes the entries of a kind.

    Args:
        kind: Word by which a phone names it; it sends `KIND:SUBJECT` or `KIND:SUBJECT:PART`.
        take: Called with the account and the entry inside the transaction that keeps the receipt; checks the
            rights, and returns what came of it, such as `check:12`.
    """
    _TAKERS[kind] = take


def take_entry(actor: Actor, sent: SentEntry, kind: str, *, media_type: str, kept_at: str = "") -> Receipt:
    """Take an entry once and return its receipt; every repetition gets the first receipt and does nothing.

    What is refused leaves no receipt, so that it can be mended and sent under its key again.

    Args:
        actor: Who sends it.
        sent: Its key, hash and bytes.
        kind: `KIND:SUBJECT` or `KIND:SUBJECT:PART`.
        media_type: What the phone says that the bytes are.
        kept_at: When the phone kept it, as it wrote it; what is no instant is left out.

    Raises:
        ServiceError: `programmes.entry_key`, `programmes.entry_damaged`, `programmes.entry_changed`,
            `services.entry_kind`, or what the service of the kind says.
        NotThereError, NotPermittedError: It is about something that is not the actor's.
    """
    if not isinstance(actor, Account):
        raise ServiceError("services.entry_kind", kind=kind[:40])
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=actor.pk)
        held = EntryReceipt.objects.filter(account=actor, key=sent.key[:32]).first()
        receipt = _receipt(sent, held)
        if held is not None:
            return receipt
        name, entry = _read(sent, kind, media_type, kept_at)
        outcome = _TAKERS[name](actor, entry)
        row = EntryReceipt.objects.create(
            account=actor,
            key=receipt.key,
            sha256=receipt.sha256,
            kind=kind[:60],
            outcome=outcome[:60],
            taken_at=receipt.taken_at,
        )
        record_event(
            actor,
            "entry.taken",
            subject=f"entry:{row.pk}",
            after={"kind": name, "sha256": row.sha256, "outcome": outcome},
        )
    return receipt


def _receipt(sent: SentEntry, held: EntryReceipt | None) -> Receipt:
    known = None
    if held is not None:
        known = Receipt(key=held.key, sha256=held.sha256, taken_at=held.taken_at)
    try:
        return receipt_for(sent, known=known, at=timezone.now())
    except EntryError as error:
        number = getattr(error, "number", "")
        raise ServiceError(error.code, key=error.key, number=number) from error


def _read(sent: SentEntry, kind: str, media_type: str, kept_at: str) -> tuple[str, MadeEntry]:
    found = KIND.fullmatch(kind)
    if found is None or found[1] not in _TAKERS:
        raise ServiceError("services.entry_kind", kind=kind[:40])
    entry = MadeEntry(
        subject=int(found[2] or 0),
        part=found[3] or "",
        content=sent.content,
        media_type=media_type[:100],
        kept_at=instant_of(kept_at),
    )
    return found[1], entry


def instant_of(text: str) -> datetime | None:
    """Return an instant as a phone wrote it, or None; one without a zone is none."""
    try:
        at = datetime.fromisoformat(text[:40])
    except ValueError:
        return None
    return at if at.tzinfo is not None else None
