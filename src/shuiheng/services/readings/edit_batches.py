"""What a person changed of the readings of a meter, as a batch keeps it and gives it back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shuiheng.adapters.records.models import LedgerBatch, Meter
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.services.readings.batch_kinds import BatchKind, BatchRow, SetAside, know_kind

EDIT = "edit"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingChange:
    """What is to hold at an instant.

    Args:
        read_at: The instant.
        litres: What the register showed; None sets the reading aside.
    """

    read_at: int
    litres: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldReading:
    """What holds at an instant before an edit.

    Args:
        litres: What the register showed; None where there is no reading.
        version: Batch and row of the version that says so; empty where nothing was ever said.
    """

    litres: int | None
    version: str


def edit_content(meter: Meter, changes: Sequence[ReadingChange], held: dict[int, HeldReading]) -> bytes:
    """Return the bytes that a batch keeps of an edit; the same edit of the same versions gives the same."""
    rows = [
        {
            "read_at": change.read_at,
            "litres": change.litres,
            "was_litres": held[change.read_at].litres,
            "over": held[change.read_at].version,
        }
        for change in sorted(changes, key=lambda each: each.read_at)
    ]
    said = {"kind": EDIT, "meter": meter.number, "rows": rows}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _edit_rows(_batch: LedgerBatch, content: bytes) -> Iterable[BatchRow]:
    said = json.loads(content)
    for row in said["rows"]:
        if row["litres"] is None:
            yield SetAside(meter_number=said["meter"], read_at=row["read_at"])
        else:
            yield ReceivedReading(
                meter_number=said["meter"], read_at=row["read_at"], register_litres=row["litres"]
            )


know_kind(BatchKind(id=EDIT, read=_edit_rows, is_direct=True, is_undone_elsewhere=True))
