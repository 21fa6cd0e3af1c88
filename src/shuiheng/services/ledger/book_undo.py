"""Undoing a workbook of the ledger: every belief that it ended is believed again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, DatedFact, LedgerBatch, UserFact, WaterUser
from shuiheng.services.events import record_event
from shuiheng.services.ledger.book_rows import TABLES
from shuiheng.services.ledger.keep_water_user import let_organisation_follow
from shuiheng.services.ledger.take_back import refuse_used, subjects_of, take_back

AT_ONCE = 100


def take_all_back(batch: LedgerBatch, *, by: Account | None, reason: str, is_trial: bool = False) -> None:
    """Believe again what was believed before a batch, some subjects at a time; again does no harm.

    Who or what the batch had brought keeps its number, with nothing believed of it, and the
    organisation of such a user is closed.

    Args:
        batch: The batch.
        by: Who takes it back.
        reason: Why.
        is_trial: Only find out whether it can be done.

    Raises:
        ServiceError: `ledger_book.used`, something was said of a subject since.
    """
    for table in TABLES.values():
        refuse_used(table, batch)
    if is_trial:
        return
    for table in reversed(list(TABLES.values())):
        keys = subjects_of(table, batch)
        for first in range(0, len(keys), AT_ONCE):
            with transaction.atomic():
                _take_some(table, keys[first : first + AT_ONCE], batch, by=by, reason=reason)


def _take_some(
    table: type[DatedFact], keys: list[int], batch: LedgerBatch, *, by: Account | None, reason: str
) -> None:
    subject_table: Any = vars(table)["subject"].field.related_model
    units = []
    for subject in subject_table.objects.filter(pk__in=keys).order_by("pk"):
        is_known = take_back(table, subject, batch, by=by, reason=reason)
        if table is UserFact:
            _follow(subject, is_known=is_known)
            units.append(subject.organisation_id)
    record_event(
        by,
        "ledger.restored",
        subject=f"ledger_batch:{batch.pk}",
        place=batch.place,
        reason=reason[:300],
        after={"table": table._meta.model_name, "subjects": keys, "units": units},
    )


def _follow(user: WaterUser, *, is_known: bool) -> None:
    """Let the organisation of a user follow what is believed now; it closes where that is nothing."""
    if is_known:
        let_organisation_follow(user)
    else:
        user.organisation.to_on = timezone.localdate()
        user.organisation.save(update_fields=["to_on"])
