"""What a unit asks about a bad record of its own: an objection, or its repair."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    CreditKind,
    CreditRecord,
    CreditRequest,
    CreditRequestKind,
    CreditRequestState,
    CreditState,
)
from shuiheng.services.credit.credit_terms import decide_by
from shuiheng.services.credit.tell_credit import tell_credit
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LONGEST = 500


def object_to_credit(actor: Actor, key: int, *, words: str) -> CreditRequest:
    """Say that a record is wrong, while it is announced or shown.

    Raises:
        ServiceError: `credit.wrong_state`, `credit.words_needed`, `credit.asked_already`, `credit.no_rule`.
        NotThereError, NotPermittedError: It is not the actor's, or nobody has told it of it.
    """
    return _ask(actor, key, CreditRequestKind.OBJECTION, words)


def ask_repair(actor: Actor, key: int, *, words: str) -> CreditRequest:
    """Ask that a bad record be shown no more, because what was wrong is mended.

    Raises:
        ServiceError: As `object_to_credit`; `credit.not_repairable`, or `credit.too_early`.
        NotThereError, NotPermittedError: It is not the actor's, or nobody has told it of it.
    """
    return _ask(actor, key, CreditRequestKind.REPAIR, words)


def _ask(actor: Actor, key: int, kind: CreditRequestKind, words: str) -> CreditRequest:
    account = require(actor, Action.CREDIT_ASK)
    now = timezone.now()
    today = timezone.localdate(now)
    with transaction.atomic():
        row = row_for(account, Action.CREDIT_ASK, CreditRecord, lock=True, pk=key)
        if row.state == CreditState.PROPOSED:
            raise NotThereError(f"credit_record:{key}")
        if not words.strip():
            raise ServiceError("credit.words_needed")
        if kind == CreditRequestKind.REPAIR:
            _refuse_repair(row)
        elif row.state not in (CreditState.NOTIFIED, CreditState.SHOWN):
            raise ServiceError("credit.wrong_state")
        if row.requests.filter(kind=kind, state=CreditRequestState.ASKED).exists():
            raise ServiceError("credit.asked_already")
        asked = CreditRequest.objects.create(
            record=row,
            kind=kind,
            words=words.strip()[:LONGEST],
            asked_by=account,
            asked_at=now,
            due_on=decide_by(row.place, today),
        )
        tell_credit(account, row, f"credit_record.{kind.value}_asked")
    return asked


def _refuse_repair(row: CreditRecord) -> None:
    today = timezone.localdate()
    is_shown = row.shown_until is not None and today < row.shown_until
    if row.state != CreditState.SHOWN or row.kind != CreditKind.BAD or not is_shown:
        raise ServiceError("credit.wrong_state")
    if row.repair_from is None:
        raise ServiceError("credit.not_repairable")
    if today < row.repair_from:
        raise ServiceError("credit.too_early", day=row.repair_from.isoformat())
