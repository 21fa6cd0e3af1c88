"""The kinds of batches that bring readings: how the kept file of each is read, and who says it counts."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shuiheng.adapters.records.models import Account, LedgerBatch
from shuiheng.adapters.rulebook.csv_columns import csv_columns
from shuiheng.adapters.telemetry.interval_csv import read_interval_csv
from shuiheng.adapters.telemetry.kept_messages import read_kept_messages
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.kernel import Finding
from shuiheng.services.errors import NotThereError

INTERVAL_CSV, MQTT = "interval_csv", "mqtt"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """The word that a meter has no reading at an instant: what was known of it does not hold."""

    meter_number: str
    read_at: int


BatchRow = ReceivedReading | SetAside | Finding
BatchStep = Callable[[Account | None, LedgerBatch], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchKind:
    """A kind of batch.

    Args:
        id: Its word in `LedgerBatch.kind`.
        read: Gives the rows of a batch from its kept bytes, in their order; asking again gives the same.
        is_direct: Its good rows count at once. Otherwise a person looks at the check and takes it in.
        is_steady: Such batches come by themselves all day; the checks of a meter rest between them.
        is_undone_elsewhere: Whoever may send files may not undo it; another use case does.
        take: Writes what it brings beside readings, before these are taken in; again does no harm.
        undo: Takes that back, before the readings are undone.
    """

    id: str
    read: Callable[[LedgerBatch, bytes], Iterable[BatchRow]]
    is_direct: bool = False
    is_steady: bool = False
    is_undone_elsewhere: bool = False
    take: BatchStep | None = None
    undo: BatchStep | None = None


_KINDS: dict[str, BatchKind] = {}


def know_kind(kind: BatchKind) -> BatchKind:
    """Say how a kind of batch is read; a service does so where it is defined, and `works` imports it."""
    _KINDS[kind.id] = kind
    return kind


def counts_at_once(batch: LedgerBatch) -> bool:
    """Return whether the good rows of a batch count without a person's word; not so of an unknown kind."""
    kind = _KINDS.get(batch.kind)
    return kind is not None and kind.is_direct


def is_undone_as_file(batch: LedgerBatch) -> bool:
    """Return whether whoever may send files may undo a batch: its kind is known and not undone elsewhere."""
    kind = _KINDS.get(batch.kind)
    return kind is not None and not kind.is_undone_elsewhere


def kind_of(batch: LedgerBatch) -> BatchKind:
    """Return the kind of a batch.

    Raises:
        NotThereError: It brings no readings.
    """
    kind = _KINDS.get(batch.kind)
    if kind is None:
        raise NotThereError(f"ledger_batch:{batch.pk}")
    return kind


def _interval_rows(_batch: LedgerBatch, content: bytes) -> Iterable[BatchRow]:
    return read_interval_csv(io.BytesIO(content), words=csv_columns())


know_kind(BatchKind(id=INTERVAL_CSV, read=_interval_rows))
know_kind(
    BatchKind(
        id=MQTT,
        read=lambda _batch, content: read_kept_messages(content),
        is_direct=True,
        is_steady=True,
    )
)
