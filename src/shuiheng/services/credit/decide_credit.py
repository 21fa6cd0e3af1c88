"""What the office decides of an objection or of repair; who proposed the record does not decide of it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    CreditRecord,
    CreditRequest,
    CreditRequestKind,
    CreditRequestState,
    CreditState,
)
from shuiheng.services.credit.keep_credit import LONGEST, end_credit
from shuiheng.services.credit.tell_credit import tell_credit, tell_subject
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for


def decide_credit(actor: Actor, key: int, *, is_granted: bool, reason: str) -> CreditRequest:
    """Decide what a unit asked: granted, the record is withdrawn or repaired; refused, it stands.

    Args:
        actor: Who decides.
        key: Key of the request.
        is_granted: Whether it is granted.
        reason: Why; its subject sees it.

    Raises:
        ServiceError: `credit.reason_needed`, `credit.wrong_state`, `credit.own_record`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CREDIT_RELEASE)
    with transaction.atomic():
        found = row_for(account, Action.CREDIT_RELEASE, CreditRequest, pk=key)
        row = row_for(account, Action.CREDIT_RELEASE, CreditRecord, lock=True, pk=found.record_id)
        asked = row_for(account, Action.CREDIT_RELEASE, CreditRequest, lock=True, pk=key)
        if not reason.strip():
            raise ServiceError("credit.reason_needed")
        if asked.state != CreditRequestState.ASKED or row.state not in (
            CreditState.NOTIFIED,
            CreditState.SHOWN,
        ):
            raise ServiceError("credit.wrong_state")
        if row.made_by_id == account.pk:
            raise ServiceError("credit.own_record")
        asked.state = CreditRequestState.GRANTED if is_granted else CreditRequestState.REFUSED
        asked.decided_by, asked.decided_at = account, timezone.now()
        asked.reason = reason.strip()[: LONGEST["reason"]]
        asked.save(update_fields=["state", "decided_by", "decided_at", "reason"])
        tell_credit(account, row, f"credit_record.{asked.kind}_{asked.state}", reason=asked.reason)
        if is_granted:
            is_repair = asked.kind == CreditRequestKind.REPAIR
            end_credit(
                account,
                row,
                CreditState.REPAIRED if is_repair else CreditState.WITHDRAWN,
                reason=asked.reason,
            )
        else:
            today = timezone.localdate(asked.decided_at)
            tell_subject(account, row, "credit_refused", day=today, mark=f"refused/{asked.pk}")
    return asked
