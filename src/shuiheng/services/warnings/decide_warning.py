"""The officer's side of a warning: what follows on it, and that it has been done."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import UseWarning
from shuiheng.adapters.rulebook.warning_policy import warning_policy
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LONGEST_NOTE = 300


class FollowUp(StrEnum):
    """What an officer lets follow on a warning; the program only says what the rule names.

    `none` closes it without more and needs a reason.
    """

    NONE = "none"
    REMIND = "warn"
    FIND_CAUSE = "find_cause"
    SUPERVISE = "supervise"
    BALANCE_TEST = "balance_test"


def decide_warning(
    actor: Actor, key: int, *, follow_up: str, note: str, due_on: date | None = None
) -> UseWarning:
    """Decide what follows on a warning; a later decision replaces it until it has been done.

    Args:
        actor: Who decides.
        key: Key of the warning.
        follow_up: A `FollowUp`.
        note: Why, or what is asked of the user; `none` needs it.
        due_on: Until when it is to be done; None for the days that the office's rules name.

    Raises:
        ServiceError: `services.nothing_chosen`, `warnings.reason_needed`, `warnings.due_passed`,
            `warnings.done`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.WARNINGS_DECIDE)
    said = note.strip()[:LONGEST_NOTE]
    with transaction.atomic():
        row = row_for(account, Action.WARNINGS_DECIDE, UseWarning, lock=True, pk=key)
        if follow_up not in set(FollowUp):
            raise ServiceError("services.nothing_chosen")
        if row.done_at is not None:
            raise ServiceError("warnings.done")
        if follow_up == FollowUp.NONE and not said:
            raise ServiceError("warnings.reason_needed")
        before = {"follow_up": row.follow_up, "note": row.note, "due_on": _text(row.due_on)}
        row.follow_up, row.note, row.due_on = follow_up, said, _due_on(follow_up, due_on)
        row.decided_by, row.decided_at = account, timezone.now()
        row.save(update_fields=["follow_up", "note", "due_on", "decided_by", "decided_at"])
        record_event(
            account,
            "use_warning.decided",
            subject=f"use_warning:{row.pk}",
            place=row.allowance.user.city,
            reason=said,
            before=before,
            after={
                "follow_up": follow_up,
                "note": said,
                "due_on": _text(row.due_on),
                "warning_level": row.level,
            },
        )
    return row


def finish_follow_up(actor: Actor, key: int, *, outcome: str) -> UseWarning:
    """Note that what was decided has been done, and what came of it.

    Args:
        actor: Who notes it.
        key: Key of the warning.
        outcome: What came of it.

    Raises:
        ServiceError: `warnings.nothing_to_do`, `warnings.reason_needed`, `warnings.done`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.WARNINGS_DECIDE)
    said = outcome.strip()[:LONGEST_NOTE]
    with transaction.atomic():
        row = row_for(account, Action.WARNINGS_DECIDE, UseWarning, lock=True, pk=key)
        if row.follow_up in ("", FollowUp.NONE):
            raise ServiceError("warnings.nothing_to_do")
        if row.done_at is not None:
            raise ServiceError("warnings.done")
        if not said:
            raise ServiceError("warnings.reason_needed")
        row.done_at, row.done_by, row.outcome = timezone.now(), account, said
        row.save(update_fields=["done_at", "done_by", "outcome"])
        record_event(
            account,
            "use_warning.finished",
            subject=f"use_warning:{row.pk}",
            place=row.allowance.user.city,
            after={"follow_up": row.follow_up, "outcome": said},
        )
    return row


def _due_on(follow_up: str, asked: date | None) -> date | None:
    """Return until when something is to be done; nothing that is over."""
    if follow_up == FollowUp.NONE:
        return None
    today = timezone.localdate()
    if asked is not None and asked < today:
        raise ServiceError("warnings.due_passed", day=asked.isoformat())
    return asked or today + timedelta(days=warning_policy().follow_days[follow_up])


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
