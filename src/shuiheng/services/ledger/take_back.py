"""Believe again what was believed before a batch, of everything that it said something about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone

from shuiheng.adapters.records.models import Account, DatedFact, LedgerBatch
from shuiheng.services.errors import ServiceError
from shuiheng.services.ledger.keep_facts import columns_of, facts_of


def subjects_of(table: type[DatedFact], batch: LedgerBatch) -> list[int]:
    """Return the keys of the subjects of which a batch said something, in order."""
    manager: Any = table._default_manager
    rows = manager.filter(batch=batch).order_by("subject_id")
    return list(rows.values_list("subject_id", flat=True).distinct())


def refuse_used(table: type[DatedFact], batch: LedgerBatch) -> None:
    """Refuse to undo a batch when something was said of its subjects since.

    What was only believed again as it had stood before the batch is no such saying: it is left by a
    taking in that stopped halfway, or by an undoing that did.

    Raises:
        ServiceError: `ledger_book.used`, with the number of the first of them.
    """
    manager: Any = table._default_manager
    own = manager.filter(Q(batch=batch))
    moments: dict[int, set[datetime]] = {}
    for subject, moment in own.values_list("subject_id", "recorded_at"):
        moments.setdefault(subject, set()).add(moment)
    rows = manager.filter(Q(subject__in=own.values("subject_id")))
    later = {
        subject
        for subject, moment in rows.values_list("subject_id", "recorded_at")
        if _is_since(moment, moments[subject])
    }
    for key in sorted(later):
        said = list(manager.filter(Q(subject=key)).select_related("subject").order_by("pk"))
        before = [_belief(row) for row in said if _was_ended(row, moments[key])]
        for row in said:
            if _is_since(row.recorded_at, moments[key]) and _belief(row) not in before:
                raise ServiceError("ledger_book.used", name=row.subject.number)


def take_back(
    table: type[DatedFact], subject: Model, batch: LedgerBatch, *, by: Account | None, reason: str
) -> bool:
    """Believe of a subject what was believed before a batch; call it inside a transaction.

    Nothing is overwritten: what the batch said gets the instant of its end, and what it had ended is
    written anew.

    Args:
        table: The table of facts.
        subject: What they are about; its row is locked.
        batch: The batch.
        by: Who takes it back.
        reason: Why.

    Returns:
        Whether anything is believed of the subject now.
    """
    type(subject)._default_manager.select_for_update().get(pk=subject.pk)
    rows: Sequence[Any] = list(facts_of(table, subject).order_by("pk"))
    moments = {row.recorded_at for row in rows if row.batch_id == batch.pk}
    first = min(moments)
    now = timezone.now()
    dropped = [row for row in rows if row.superseded_at is None and row.recorded_at >= first]
    manager: Any = table._default_manager
    manager.filter(pk__in=[row.pk for row in dropped]).update(superseded_at=now)
    kept = [row for row in rows if row.superseded_at is None and row.recorded_at < first]
    again = [row for row in rows if _was_ended(row, moments)]
    for row in again:
        manager.create(
            subject=subject,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            recorded_at=now,
            recorded_by=by,
            reason=reason[:300],
            **dict(columns_of(row)),
        )
    return bool(kept or again)


def _is_since(moment: datetime, moments: set[datetime]) -> bool:
    """Return whether something was recorded after a batch began to be taken in, and not by it."""
    return moment > min(moments) and moment not in moments


def _was_ended(row: Any, moments: set[datetime]) -> bool:
    """Return whether a belief from before a batch was ended by it."""
    return row.superseded_at in moments and row.recorded_at < min(moments)


def _belief(row: DatedFact) -> tuple[Any, ...]:
    return row.valid_from, row.valid_to, columns_of(row)
