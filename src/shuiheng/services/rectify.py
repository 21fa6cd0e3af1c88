"""Faults that a unit has to mend by a day, with proof (整改事项)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    Channel,
    Organisation,
    PlanDocument,
    Rectification,
    RectificationState,
    RegisterTask,
)
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file, shown_name
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for
from shuiheng.services.write_message import Cause, write_message

OPEN, SUBMITTED, CLOSED = RectificationState.OPEN, RectificationState.SUBMITTED, RectificationState.CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What was found and by when it is to be mended.

    Args:
        organisation: Key of the unit that mends it.
        words: What is wrong.
        basis: By which rule or inspection.
        found_on: The day on which it was found.
        due_on: The last day for mending it.
        task: Key of the task that it belongs to, or None.
    """

    organisation: int
    words: str
    basis: str
    found_on: date
    due_on: date
    task: int | None = None


def open_rectification(actor: Actor, plan: str, fault: Fault) -> Rectification:
    """Open an item and tell the unit.

    Raises:
        ServiceError: `services.fault_without_words`, `services.fault_due_before_found`.
        NotThereError, NotPermittedError: It cannot be done, or the unit has ended.
    """
    account = require(actor, Action.RECTIFICATION_OPEN)
    if not fault.words.strip():
        raise ServiceError("services.fault_without_words")
    if fault.due_on < fault.found_on:
        raise ServiceError("services.fault_due_before_found")
    with transaction.atomic():
        document = row_for(account, Action.RECTIFICATION_OPEN, PlanDocument, slug=plan)
        unit = row_for(
            account, Action.ORGANISATIONS_LOOK, Organisation, pk=fault.organisation, to_on__isnull=True
        )
        task = None
        if fault.task is not None:
            task = row_for(account, Action.REGISTER_LOOK, RegisterTask, pk=fault.task, plan=document)
        item = Rectification.objects.create(
            plan=document,
            task=task,
            organisation=unit,
            fault=fault.words.strip(),
            basis=fault.basis.strip()[:300],
            found_on=fault.found_on,
            due_on=fault.due_on,
            opened_by=account,
        )
        cause = Cause(
            kind="rectification",
            key=f"rectification/{item.pk}",
            by=account,
            task=task,
            blanks={"organisation": unit.name, "fault": item.fault, "due": item.due_on.isoformat()},
        )
        write_message(cause, Channel.SITE, organisation=unit)
        _tell(
            account,
            item,
            "rectification.opened",
            after={"fault": item.fault, "due_on": item.due_on.isoformat()},
        )
    return item


def prove_rectification(
    actor: Actor, key: int, *, words: str, content: bytes = b"", name: str = ""
) -> Rectification:
    """Send the proof that a fault was mended.

    Raises:
        ServiceError: `services.proof_without_words`, `services.rectification_state`.
        NotThereError, NotPermittedError: It cannot be done.
    """
    account = require(actor, Action.RECTIFICATION_PROVE)
    if not words.strip():
        raise ServiceError("services.proof_without_words")
    with transaction.atomic():
        item = row_for(account, Action.RECTIFICATION_PROVE, Rectification, lock=True, pk=key)
        _require_state(item, OPEN)
        if content:
            kept = keep_file(content)
            item.proof_name, item.proof_stored_name = shown_name(name), kept.name
            item.proof_sha256 = kept.sha256
        item.proof_text, item.state = words.strip(), SUBMITTED
        item.submitted_by, item.submitted_at, item.return_reason = account, timezone.now(), ""
        item.save()
        _tell(
            account,
            item,
            "rectification.proved",
            after={"words": item.proof_text, "sha256": item.proof_sha256},
        )
    return item


def return_rectification(actor: Actor, key: int, *, reason: str) -> Rectification:
    """Send an item back because its proof does not do.

    Raises:
        ServiceError: `services.reason_missing`, `services.rectification_state`.
        NotThereError, NotPermittedError: It cannot be done.
    """
    account = require(actor, Action.RECTIFICATION_CLOSE)
    if not reason.strip():
        raise ServiceError("services.reason_missing")
    with transaction.atomic():
        item = row_for(account, Action.RECTIFICATION_CLOSE, Rectification, lock=True, pk=key)
        _require_state(item, SUBMITTED)
        item.state, item.return_reason = OPEN, reason.strip()
        item.save()
        _tell(account, item, "rectification.returned", reason=item.return_reason)
    return item


def close_rectification(actor: Actor, key: int) -> Rectification:
    """Close an item whose proof does; whoever sent the proof cannot close it.

    Raises:
        ServiceError: `services.own_proof`, `services.rectification_state`.
        NotThereError, NotPermittedError: It cannot be done.
    """
    account = require(actor, Action.RECTIFICATION_CLOSE)
    with transaction.atomic():
        item = row_for(account, Action.RECTIFICATION_CLOSE, Rectification, lock=True, pk=key)
        _require_state(item, SUBMITTED)
        if item.submitted_by_id == account.pk:
            raise ServiceError("services.own_proof")
        item.state, item.closed_by, item.closed_at = CLOSED, account, timezone.now()
        item.save()
        _tell(account, item, "rectification.closed")
    return item


def _require_state(item: Rectification, state: RectificationState) -> None:
    if item.state != state:
        raise ServiceError("services.rectification_state", state=item.state)


def _tell(
    account: Account,
    item: Rectification,
    action: str,
    *,
    after: dict[str, str] | None = None,
    reason: str = "",
) -> None:
    record_event(
        account,
        action,
        subject=f"rectification:{item.pk}",
        place=item.plan.place,
        after=after,
        reason=reason,
    )
