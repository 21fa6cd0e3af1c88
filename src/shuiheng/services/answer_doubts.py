"""Give the reasons that a checked workbook still wants, on the page instead of in the workbook."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from shuiheng.adapters.records.models import ImportBatch
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.progress_errors import ReasonNeededError
from shuiheng.services.scope import row_for

CHECKED, BLOCKED = "checked", "blocked"
REASON_LENGTH = 300


def answer_doubts(actor: Actor, key: int, reasons: Mapping[int, str]) -> ImportBatch:
    """Keep reasons for rows of a batch; with the last one, and without errors, it can be taken in.

    Args:
        actor: Who gives them; may import for the unit.
        key: Key of the batch.
        reasons: Reasons by row of the workbook; rows that want none are passed over.

    Raises:
        ReasonNeededError: No reason is given for any row that wants one.
        ServiceError: `progress.batch_state`, it was taken in or undone.
        NotThereError, NotPermittedError: It is not there, or not for the actor.
    """
    account = require(actor, Action.IMPORTS_MAKE)
    with transaction.atomic():
        batch = row_for(account, Action.IMPORTS_MAKE, ImportBatch, lock=True, pk=key)
        if batch.state != BLOCKED:
            raise ServiceError("progress.batch_state", state=batch.state)
        given = {
            str(row): words
            for row in batch.counts.get("unanswered", [])
            if (words := reasons.get(row, "").replace("\x00", "").strip()[:REASON_LENGTH])
        }
        if not given:
            raise ReasonNeededError
        left = [row for row in batch.counts["unanswered"] if str(row) not in given]
        kept = {**batch.counts.get("reasons", {}), **given}
        batch.counts = {**batch.counts, "unanswered": left, "reasons": kept}
        if not left and not batch.counts["errors"]:
            batch.state = CHECKED
        batch.save(update_fields=["counts", "state"])
        record_event(
            account,
            "import.answered",
            subject=f"batch:{batch.pk}",
            organisation=batch.organisation,
            reason="；".join(f"{row}：{words}" for row, words in given.items())[:REASON_LENGTH],
            before={"state": BLOCKED},
            after={"state": batch.state},
            rows=len(given),
        )
    return batch
