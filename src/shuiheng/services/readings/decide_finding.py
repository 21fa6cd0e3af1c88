"""Say what a finding of a meter is: confirmed, dismissed, or open again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import FindingDecision, MeterFinding
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LONGEST_NOTE = 300


def decide_finding(actor: Actor, key: int, decision: str, *, note: str) -> MeterFinding:
    """Decide a finding; a decision stays with it when the checks find it again.

    Args:
        actor: Who decides.
        key: Key of the finding.
        decision: A `FindingDecision`; the empty one opens it again.
        note: What was seen or done. Confirming may go without, the others may not.

    Raises:
        ServiceError: `services.nothing_chosen`, `ledger.reason_needed`, `readings.decided_already`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.READINGS_REVIEW)
    said = note.strip()[:LONGEST_NOTE]
    if decision not in FindingDecision.values:
        raise ServiceError("services.nothing_chosen")
    with transaction.atomic():
        finding = row_for(account, Action.READINGS_REVIEW, MeterFinding, lock=True, pk=key)
        if finding.decision == decision and finding.note == said:
            raise ServiceError("readings.decided_already")
        if not said and decision != FindingDecision.CONFIRMED:
            raise ServiceError("ledger.reason_needed")
        before = {"decision": finding.decision, "note": finding.note}
        finding.decision, finding.note = decision, said
        finding.decided_by = account if decision else None
        finding.decided_at = timezone.now() if decision else None
        finding.save(update_fields=["decision", "note", "decided_by", "decided_at"])
        record_event(
            account,
            "meter_finding.decided",
            subject=f"meter_finding:{finding.pk}",
            place=finding.meter.city,
            reason=said,
            before=before,
            after={"decision": decision, "note": said, "meter": finding.meter.number, "rule": finding.rule},
        )
    return finding
