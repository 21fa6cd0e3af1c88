"""Rows of the event log as the values that the room `audit` hashes, and back into hashes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shuiheng.adapters.records.models import Event
from shuiheng.audit import Algorithm, EventRecord, LoggedEvent, plain_json, row_hash

ALGORITHM = Algorithm.SHA256
"""Digest of new rows and seals; each row names its own, so it may change from one day to the next."""


def event_record(row: Event) -> EventRecord:
    """Return what a row says. Accounts, units and cities are named by their keys.

    Only columns of the row itself go in: a name elsewhere may change, the record may not.
    """
    return EventRecord(
        key=row.key or f"event:{row.pk}",
        at=row.at,
        actor=_key("account", row.actor_id),
        role=row.role,
        organisation=_key("organisation", row.organisation_id),
        place=_key("place", row.place_id),
        action=row.action,
        subject=row.subject,
        reason=row.reason,
        before=row.before,
        after=row.after,
        details=row.details,
        request=row.request,
        is_refused=row.is_refused,
        schema=row.schema,
    )


def sign_row(row: Event) -> Event:
    """Bring the values of a new row into canonical form, hash it, and return it.

    Raises:
        NotCanonicalError: A value cannot be written down exactly, so the change must not go through.
    """
    row.before, row.after, row.details = (_plain(each) for each in (row.before, row.after, row.details))
    row.subject, row.reason = (text.replace("\0", "\ufffd") for text in (row.subject, row.reason))
    row.algorithm = ALGORITHM.value
    row.row_hash = row_hash(event_record(row), algorithm=row.algorithm)
    return row


def logged_event(row: Event) -> LoggedEvent:
    """Return a row with the hash that stands in it; a row from before the log was hashed gets its own."""
    record = event_record(row)
    algorithm = row.algorithm or ALGORITHM.value
    return LoggedEvent(
        record=record,
        row_hash=row.row_hash or row_hash(record, algorithm=algorithm),
        algorithm=algorithm,
    )


def remade_hash(row: Event) -> str:
    """Return the hash that the row must have, from what it says now."""
    return row_hash(event_record(row), algorithm=row.algorithm or ALGORITHM.value)


def _plain(values: Mapping[str, Any] | None) -> Any:
    return None if values is None else plain_json(dict(values))


def _key(kind: str, number: int | None) -> str | None:
    return None if number is None else f"{kind}:{number}"
