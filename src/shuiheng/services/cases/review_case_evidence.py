"""Say as a second person whether evidence of a case is accepted (佐证材料复核)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import CaseEvidence
from shuiheng.programmes.events import EvidenceReviewed
from shuiheng.services.cases.case_act import case_in_hand
from shuiheng.services.cases.keep_case import add_event, tell_case
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LONGEST_NOTE = 300


def review_case_evidence(
    actor: Actor, key: int, *, is_accepted: bool, note: str = "", on: date | None = None
) -> CaseEvidence:
    """Accept or reject a piece of evidence, as another person than who brought it (佐证材料复核).

    Args:
        actor: Who says so.
        key: The evidence.
        is_accepted: Whether it proves what its step asks for.
        note: Why not; needed when it is rejected.
        on: The day; None for today.

    Raises:
        ServiceError: `cases.reason_needed`; `programmes.same_person`; `programmes.evidence_settled`, or the
            code of another CaseError.
        NotThereError, NotPermittedError: It is not there, or not the actor's.
    """
    account = require(actor, Action.CASES_REVIEW)
    words = note.strip()[:LONGEST_NOTE]
    with transaction.atomic():
        found = row_for(account, Action.CASES_REVIEW, CaseEvidence, pk=key)
        row = case_in_hand(account, Action.CASES_REVIEW, found.case_id, known=None)
        evidence = row_for(account, Action.CASES_REVIEW, CaseEvidence, lock=True, pk=key)
        if not is_accepted and not words:
            raise ServiceError("cases.reason_needed")
        now = timezone.now()
        event = EvidenceReviewed(
            on=on or timezone.localdate(now), by=str(account.pk), key=evidence.key, is_accepted=is_accepted
        )
        add_event(account, row, event)
        evidence.is_accepted, evidence.review_note = is_accepted, words
        evidence.reviewed_by, evidence.reviewed_at = account, now
        evidence.save(update_fields=["is_accepted", "review_note", "reviewed_by", "reviewed_at"])
        accepted = "yes" if is_accepted else "no"
        tell_case(
            account, row, "case.evidence_reviewed", reason=words, evidence=evidence.key, accepted=accepted
        )
    return evidence
