"""The water user's side of a warning: it confirms that it has it, and says what is the cause."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import UseWarning
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LONGEST_ANSWER = 500


def receive_warning(actor: Actor, key: int) -> UseWarning:
    """Confirm that a user has received a warning; a second time changes nothing.

    Args:
        actor: Who confirms, for the user.
        key: Key of the warning.

    Raises:
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.WARNINGS_ANSWER)
    with transaction.atomic():
        row = row_for(account, Action.WARNINGS_ANSWER, UseWarning, lock=True, pk=key)
        if row.received_at is None:
            row.received_by, row.received_at = account, timezone.now()
            row.save(update_fields=["received_by", "received_at"])
            record_event(
                account,
                "use_warning.received",
                subject=f"use_warning:{row.pk}",
                place=row.allowance.user.city,
                after={"warning_level": row.level},
            )
    return row


def answer_warning(actor: Actor, key: int, *, answer: str) -> UseWarning:
    """Say what is the cause, or what will be done; it confirms the receipt too. A later answer replaces it.

    Args:
        actor: Who answers, for the user.
        key: Key of the warning.
        answer: What the user says.

    Raises:
        ServiceError: `warnings.answer_empty`, or `warnings.decided`: the office has decided of it.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.WARNINGS_ANSWER)
    said = answer.strip()[:LONGEST_ANSWER]
    with transaction.atomic():
        row = row_for(account, Action.WARNINGS_ANSWER, UseWarning, lock=True, pk=key)
        if not said:
            raise ServiceError("warnings.answer_empty")
        if row.decided_at is not None:
            raise ServiceError("warnings.decided")
        before, now = row.answer, timezone.now()
        row.answer, row.answered_by, row.answered_at = said, account, now
        if row.received_at is None:
            row.received_by, row.received_at = account, now
        row.save(update_fields=["answer", "answered_by", "answered_at", "received_by", "received_at"])
        record_event(
            account,
            "use_warning.answered",
            subject=f"use_warning:{row.pk}",
            place=row.allowance.user.city,
            before={"answer": before},
            after={"answer": said, "warning_level": row.level},
        )
    return row
