"""The one way to write an event as bytes, so that everyone who hashes it gets the same hash."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum

from shuiheng.audit.errors import NotCanonicalError
from shuiheng.audit.model import FORM, EventRecord, Json

LARGEST_INTEGER = 2**53 - 1  # beyond it some JSON readers change the last digits
DEEPEST = 40
LONGEST_BYTES = 4 * 1024 * 1024


def canonical_bytes(record: EventRecord) -> bytes:
    """Return the bytes of an event that are hashed.

    Raises:
        NotCanonicalError: A value has no canonical form (a float, an instant without a
            zone, two keys that are the same text), or the event is larger than 4 MiB.
    """
    written = canonical_text(event_json(record)).encode()
    if len(written) > LONGEST_BYTES:
        raise NotCanonicalError("event", f"is {len(written)} bytes long, more than {LONGEST_BYTES}")
    return written


def canonical_text(value: Json) -> str:
    """Return plain JSON in canonical form: keys in order of code points, no white space."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def event_json(record: EventRecord) -> dict[str, Json]:
    """Return an event as plain JSON, with the number of the form.

    Raises:
        NotCanonicalError: A value has no canonical form.
    """
    fields: dict[str, object] = {
        "form": FORM,
        "key": record.key,
        "at": record.at,
        "actor": record.actor,
        "actor_name_digest": record.actor_name_digest,
        "role": record.role,
        "organisation": record.organisation,
        "place": record.place,
        "action": record.action,
        "subject": record.subject,
        "reason": record.reason,
        "before": record.before,
        "after": record.after,
        "details": record.details,
        "request": record.request,
        "is_refused": record.is_refused,
        "schema": record.schema,
    }
    return {name: plain_json(value, place=name) for name, value in fields.items()}


def plain_json(value: object, *, place: str = "value", depth: int = 0) -> Json:
    """Return a value as plain JSON: text in NFC, decimals as text, instants in UTC.

    What this returns is left as it is by a second call, by a JSON file and by a JSON column,
    so a row that is read back has the same hash.

    Raises:
        NotCanonicalError: The value, or one inside it, has no canonical form.
    """
    if depth > DEEPEST:
        raise NotCanonicalError(place, f"is nested deeper than {DEEPEST}")
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _integer(value, place)
    if isinstance(value, str):
        return _text(value, place)
    if isinstance(value, Mapping):
        return _object(value, place, depth)
    if isinstance(value, list | tuple):
        return [plain_json(item, place=f"{place}[{n}]", depth=depth + 1) for n, item in enumerate(value)]
    return _scalar_text(value, place)


def instant_text(at: datetime, *, place: str = "at") -> str:
    """Return an instant in UTC with six digits of the second: `2026-01-05T08:00:00.000000Z`.

    Raises:
        NotCanonicalError: The instant has no zone.
    """
    if at.utcoffset() is None:
        raise NotCanonicalError(place, "is an instant without a zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _scalar_text(value: object, place: str) -> str:
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise NotCanonicalError(place, f"is {value}, which is no number")
        return format(value, "f")
    if isinstance(value, datetime):
        return instant_text(value, place=place)
    if isinstance(value, date):
        return value.isoformat()
    raise NotCanonicalError(place, f"is of the type {type(value).__name__}, which has no canonical form")


def _integer(value: int, place: str) -> int:
    if abs(value) > LARGEST_INTEGER:
        raise NotCanonicalError(place, f"is an integer beyond {LARGEST_INTEGER}")
    return int(value)


def _text(value: str, place: str) -> str:
    text = unicodedata.normalize("NFC", value)
    if "\0" in text:
        raise NotCanonicalError(place, "holds a NUL, which no database keeps")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonicalError(place, "holds half a character (a lone surrogate)") from error
    return text


def _object(value: Mapping[object, object], place: str, depth: int) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for name, inner in value.items():
        if not isinstance(name, str):
            raise NotCanonicalError(place, f"has the key {name!r}, which is no text")
        key = _text(name, f"{place}: key")
        if key in found:
            raise NotCanonicalError(place, f"has the key {key!r} twice")
        found[key] = plain_json(inner, place=f"{place}.{key}", depth=depth + 1)
    return found
