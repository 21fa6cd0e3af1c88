"""What all steps of a check share: the row under lock, its event, and the hash of what was filled in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from shuiheng.adapters.records.models import (
    Account,
    Check,
    CheckMember,
    CheckOrder,
    CheckState,
    OrderState,
)
from shuiheng.audit.canonical import canonical_text, instant_text
from shuiheng.audit.model import Json
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

OPEN_ORDERS = (OrderState.DECIDED, OrderState.SERVED, OrderState.PROVED)
TO_FILL = (CheckState.PLANNED, CheckState.UNDER_WAY)


def locked_check(account: Account, action: Action, key: int, *states: CheckState) -> Check:
    """Return a check under lock.

    Raises:
        ServiceError: `checks.wrong_state`.
        NotThereError: It is not the account's.
    """
    row = row_for(account, action, Check, lock=True, pk=key)
    if row.state not in states:
        raise ServiceError("checks.wrong_state")
    return row


def member_of(account: Account, row: Check) -> CheckMember:
    """Return the place of an account in the team of a check.

    Raises:
        NotThereError: It is not of the team; the check looks as if it did not exist.
    """
    found = row.team.select_related("inspector").filter(inspector__account=account).first()
    if found is None:
        raise NotThereError(f"check:{row.pk}")
    return found


def own_check(actor: Actor, key: int) -> Check:
    """Return a check of whose team the actor is.

    Raises:
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHECKS_FILL)
    row = row_for(account, Action.CHECKS_FILL, Check, pk=key)
    member_of(account, row)
    return row


def question_ids(items: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return the questions of a check by their key, `ITEM/QUESTION`, in order."""
    return {
        f"{item['id']}/{question['id']}": question for item in items for question in item.get("questions", ())
    }


def content_digest(row: Check) -> str:
    """Return the hash of what was filled in, with the files that stand beside it; who signs signs this."""
    answers: list[Json] = [
        [each.question, each.answer, each.note, each.unit] for each in row.answers.order_by("question")
    ]
    files: list[Json] = list(row.files.order_by("sha256").values_list("sha256", flat=True))
    said: dict[str, Json] = {
        "check": row.pk,
        "subject": row.subject,
        "result": row.result,
        "summary": row.summary,
        "present": row.present,
        "is_certificate_shown": row.is_certificate_shown,
        "begun_at": None if row.begun_at is None else instant_text(row.begun_at),
        "ended_at": None if row.ended_at is None else instant_text(row.ended_at),
        "answers": answers,
        "files": files,
    }
    return hashlib.sha256(canonical_text(said).encode()).hexdigest()


def settle_state(row: Check) -> None:
    """Set the state of a recorded check by what is open of it; call it under lock, and save after it."""
    is_open = row.orders.filter(state__in=OPEN_ORDERS).exists()
    has_order = row.orders.exclude(state=OrderState.VOID).exists()
    if is_open or (row.result == "to_mend" and not has_order and not row.end_reason):
        row.state = CheckState.FINDING_OPEN
    else:
        row.state = CheckState.RECORDED if row.published_on is None else CheckState.CLOSED


def tell_check(account: Account | None, row: Check, action: str, *, reason: str = "", **after: Any) -> None:
    """Record an event of a check."""
    record_event(
        account,
        action,
        subject=f"check:{row.pk}",
        place=row.place,
        reason=reason,
        after={"state": row.state, **after},
    )


def tell_order(account: Account, order: CheckOrder, action: str, *, reason: str = "", **after: Any) -> None:
    """Record an event of an order."""
    record_event(
        account,
        action,
        subject=f"check_order:{order.pk}",
        place=order.of.place,
        reason=reason,
        after={"check": order.of_id, "state": order.state, **after},
    )
