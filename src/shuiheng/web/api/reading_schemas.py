"""The form of readings and their batches in the interface."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema


class BatchRefOut(Schema):
    """The batch that keeps what was sent, and where to ask how it ended."""

    id: int
    state: str
    url: str


class BatchCountsOut(Schema):
    """How many readings of a batch count and how many do not; null while it is not checked."""

    good: int | None = None
    bad: int | None = None
    unknown_meter: int | None = None


class BatchFindingOut(Schema):
    """What is wrong with a part of a batch: which line or entry, which meter, and what to do."""

    code: str
    severity: str
    line: int | None = None
    meter: str = ""
    message: str
    remedy: str = ""


class BatchOut(Schema):
    """A batch of readings: how far it is, what counts, the first thousand findings."""

    id: int
    kind: str
    keeper: int
    state: str
    sha256: str
    made_at: datetime
    committed_at: datetime | None = None
    counts: BatchCountsOut
    findings: list[BatchFindingOut]


class ReadingOut(Schema):
    """A register at an instant, in litres; null where a version says that there is no reading."""

    read_at: datetime
    register_litres: int | None = None
    recorded_at: datetime | None = None
    batch: int | None = None


class ReadingPage(Schema):
    """One helping of readings in order of time; `next_cursor` asks for the next."""

    items: list[ReadingOut]
    next_cursor: int | None = None


_ENTRY: dict[str, Any] = {
    "type": "object",
    "required": ["meter", "at", "register"],
    "properties": {
        "meter": {"type": "string", "maxLength": 60, "description": "Number of the meter with its keeper."},
        "at": {
            "type": "string",
            "maxLength": 60,
            "description": "2026-05-01 01:00, local or with an offset.",
        },
        "register": {
            "type": ["number", "string", "null"],
            "description": "What the register showed; null is missing and not zero.",
        },
        "flow": {"type": ["number", "string"], "description": "Flow at that instant, m3/h."},
        "battery": {"type": "string", "maxLength": 60},
        "status": {"type": "string", "maxLength": 60},
    },
}
BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["unit", "readings"],
                "properties": {
                    "unit": {"type": "string", "enum": ["m3", "L"], "description": "Unit of the registers."},
                    "readings": {"type": "array", "minItems": 1, "maxItems": 50_000, "items": _ENTRY},
                },
            }
        },
        "text/csv": {"schema": {"type": "string", "minLength": 1}},
    },
}
