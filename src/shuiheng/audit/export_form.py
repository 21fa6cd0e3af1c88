"""The export of the log: JSON lines that a stranger can check (docs/formats/event-log.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from shuiheng.audit.canonical import canonical_text, event_json, instant_text, plain_json
from shuiheng.audit.model import NO_SEAL, Algorithm, Json, LoggedEvent, Seal, WithheldEvent

FORMAT = "shuiheng.event-log"
VERSION = 1

Batch = tuple[Seal, Iterable[LoggedEvent | WithheldEvent]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogHead:
    """What an export says of itself before its first row.

    Args:
        city: Key of the city, or None for the whole installation.
        exported_at: Instant of the export.
        last_seal: Number of the last seal in the export, 0 when there is none.
        first_seal: Number of the first seal.
        previous: Value of the seal before the first one.
        rows_before: Number of sealed rows before the first one.
        algorithm: Digest that is in use now; each row and seal names its own.
    """

    city: str | None
    exported_at: datetime
    last_seal: int
    first_seal: int = 1
    previous: str = NO_SEAL
    rows_before: int = 0
    algorithm: str = Algorithm.SHA256


def export_lines(
    head: LogHead, batches: Iterable[Batch], *, unsealed: Iterable[LoggedEvent] = ()
) -> Iterator[str]:
    """Yield the lines of an export, each with its line feed; nothing is held in memory but a batch.

    Args:
        head: What the export says of itself.
        batches: Each seal with its events, in the order of the chain and of the leaves.
        unsealed: The events that no seal holds yet, in the order in which they were written.
    """
    yield _line(head_json(head))
    sequence, seals, withheld, last = head.rows_before, 0, 0, head.previous
    for seal, events in batches:
        yield _line(seal_json(seal) | {"line": "seal", "leaves": list(seal.leaves)})
        seals, last = seals + 1, seal.value
        for event in events:
            sequence += 1
            withheld += isinstance(event, WithheldEvent)
            yield _line(row_json(event, sequence=sequence))
    yield _line({"line": "unsealed"})
    waiting = 0
    for event in unsealed:
        waiting += 1
        yield _line(row_json(event, sequence=None))
    counts: dict[str, Json] = {"seals": seals, "rows": sequence - head.rows_before, "withheld": withheld}
    yield _line({"line": "end", **counts, "unsealed": waiting, "last": last})


def head_json(head: LogHead) -> dict[str, Json]:
    """Return the first line as JSON."""
    return {
        "line": "head",
        "format": FORMAT,
        "version": VERSION,
        "algorithm": str(head.algorithm),
        "city": plain_json(head.city, place="city"),
        "exported_at": instant_text(head.exported_at, place="exported_at"),
        "first_seal": head.first_seal,
        "last_seal": head.last_seal,
        "previous": head.previous,
        "rows_before": head.rows_before,
    }


def seal_json(seal: Seal) -> dict[str, Json]:
    """Return a seal as JSON, without its leaves."""
    return {
        "number": seal.number,
        "previous": seal.previous,
        "root": seal.root,
        "count": seal.count,
        "at": instant_text(seal.at),
        "algorithm": seal.algorithm,
        "value": seal.value,
    }


def row_json(event: LoggedEvent | WithheldEvent, *, sequence: int | None) -> dict[str, Json]:
    """Return a row as JSON; the hash is the one that is stored, right or wrong."""
    if isinstance(event, WithheldEvent):
        return {"line": "withheld", "sequence": sequence, "hash": event.row_hash}
    return {
        "line": "event",
        "sequence": sequence,
        "algorithm": event.algorithm,
        "hash": event.row_hash,
        "event": event_json(event.record),
    }


def _line(value: Json) -> str:
    return canonical_text(value) + "\n"
