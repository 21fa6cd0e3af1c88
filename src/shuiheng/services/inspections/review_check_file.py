"""A second person says of a file of a check whether it is evidence."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Check, CheckFile, CheckFileState, CheckState
from shuiheng.programmes.evidence import Evidence, EvidenceState
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.check_steps import tell_check
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LONGEST_NOTE = 300
BASIS = "basis"
"""Of which kind of evidence an order needs at least one piece."""


def review_check_file(actor: Actor, key: int, *, is_accepted: bool, note: str = "") -> CheckFile:
    """Accept or reject a file of a check, having looked at what it shows and how it came about.

    Raises:
        ServiceError: `checks.own_file`, `checks.reason_needed`, `checks.wrong_state`; `checks.file_used`, an
            order rests on it.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHECKS_DECIDE)
    with transaction.atomic():
        file = row_for(account, Action.CHECKS_DECIDE, CheckFile, pk=key)
        check = Check.objects.select_for_update().get(pk=file.of_id)  # an order rests on files under it
        file.refresh_from_db()
        if check.state in (CheckState.VOID, CheckState.CLOSED):
            raise ServiceError("checks.wrong_state")
        if file.added_by_id == account.pk:
            raise ServiceError("checks.own_file")
        if not is_accepted and not note.strip():
            raise ServiceError("checks.reason_needed")
        if not is_accepted and file.orders.exclude(state="void").exists():
            raise ServiceError("checks.file_used")
        file.state = CheckFileState.REVIEWED if is_accepted else CheckFileState.REJECTED
        file.reviewed_by, file.reviewed_at = account, timezone.now()
        file.review_note = note.strip()[:LONGEST_NOTE]
        file.save(update_fields=["state", "reviewed_by", "reviewed_at", "review_note"])
        tell_check(
            account, check, "check.file_reviewed", reason=file.review_note, file=file.pk, result=file.state
        )
    return file


def evidence_of(file: CheckFile) -> Evidence:
    """Return a file of a check as evidence for an order."""
    return Evidence(
        key=str(file.pk),
        kind=BASIS,
        sha256=file.sha256,
        by=str(file.added_by_id),
        state=EvidenceState(file.state),
        reviewed_by="" if file.reviewed_by_id is None else str(file.reviewed_by_id),
        is_electronic=file.is_electronic,
    )
