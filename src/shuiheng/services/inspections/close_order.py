"""What becomes of an order: served, proved to be mended, looked at again, closed; or taken back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    Channel,
    Check,
    CheckOrder,
    CheckState,
    OrderKind,
    OrderProof,
    OrderState,
)
from shuiheng.services.errors import ServiceError
from shuiheng.services.file_store import keep_file, shown_name
from shuiheng.services.inspections.check_steps import settle_state, tell_check, tell_order
from shuiheng.services.inspections.check_terms import look_by, procedure_due
from shuiheng.services.keep_evidence import media_type_of
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for
from shuiheng.services.write_message import Cause, write_message

LONGEST = {"words": 1000, "note": 300, "reason": 300}


def serve_order(actor: Actor, key: int, *, served_on: date) -> CheckOrder:
    """Write down on which day an order reached its unit; its terms run from then.

    A warning, or a case handed to another authority, asks nothing of the unit and is closed with it.

    Raises:
        ServiceError: `checks.wrong_state`; `checks.bad_served_day`, it lies ahead or before the decision.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHECKS_DECIDE)
    with transaction.atomic():
        row = _locked(account, Action.CHECKS_DECIDE, key, OrderState.DECIDED)
        if not timezone.localdate(row.decided_at) <= served_on <= timezone.localdate():
            raise ServiceError("checks.bad_served_day", day=served_on.isoformat())
        if row.kind == OrderKind.FINE:
            pay = procedure_due(row.of.place, "pay", served_on)
            row.due_on, row.rules = pay.on, [*row.rules, pay.kept]
        row.state, row.served_on, row.served_by = OrderState.SERVED, served_on, account
        row.save(update_fields=["state", "served_on", "served_by", "due_on", "rules"])
        tell_order(account, row, "check_order.served", served_on=served_on.isoformat())
        _tell_unit(account, row, "check_order_served", mark="served")
        if row.kind in (OrderKind.WARNING, OrderKind.TRANSFER):
            _end(account, row, OrderState.CLOSED, reason="")
    return row


def prove_order(actor: Actor, key: int, *, words: str, content: bytes = b"", name: str = "") -> OrderProof:
    """Show that what was ordered has been done; the unit does so.

    Raises:
        ServiceError: `checks.wrong_state`, `checks.words_needed`, `checks.no_rule`, or why the file is not
            taken.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHECKS_PROVE)
    with transaction.atomic():
        row = _locked(account, Action.CHECKS_PROVE, key, OrderState.SERVED)
        if not words.strip():
            raise ServiceError("checks.words_needed")
        now = timezone.now()
        proof = OrderProof(order=row, words=words.strip()[: LONGEST["words"]], sent_by=account, sent_at=now)
        proof.look_by = look_by(row.of.place, timezone.localdate(now)).on
        if content:
            proof.media_type = media_type_of(content, name)
            kept = keep_file(content)
            proof.stored_name, proof.sha256 = kept.name, kept.sha256
            proof.original_name = shown_name(name)
        proof.save()
        row.state = OrderState.PROVED
        row.save(update_fields=["state"])
        tell_order(account, row, "check_order.proved", sha256=proof.sha256)
    return proof


def look_again(actor: Actor, key: int, *, is_good: bool, note: str) -> CheckOrder:
    """Say after a second look whether what was ordered has been done; if so the order is closed.

    Raises:
        ServiceError: `checks.wrong_state`, `checks.own_proof`, `checks.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHECKS_DECIDE)
    with transaction.atomic():
        row = _locked(account, Action.CHECKS_DECIDE, key, OrderState.PROVED)
        proof = row.proofs.filter(looked_at__isnull=True).first()
        if proof is None:
            raise ServiceError("checks.wrong_state")
        if proof.sent_by_id == account.pk:
            raise ServiceError("checks.own_proof")
        if not note.strip():
            raise ServiceError("checks.reason_needed")
        proof.looked_by, proof.looked_at, proof.is_good = account, timezone.now(), is_good
        proof.note = note.strip()[: LONGEST["note"]]
        proof.save(update_fields=["looked_by", "looked_at", "is_good", "note"])
        if is_good:
            _end(account, row, OrderState.CLOSED, reason=proof.note)
        else:
            row.state = OrderState.SERVED
            row.save(update_fields=["state"])
            tell_order(account, row, "check_order.returned", reason=proof.note)
        _tell_unit(account, row, "check_order_looked", mark=f"looked/{proof.pk}")
    return row


def void_order(actor: Actor, key: int, *, reason: str) -> CheckOrder:
    """Take an order back that is wrong.

    Raises:
        ServiceError: `checks.wrong_state`, `checks.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHECKS_DECIDE)
    with transaction.atomic():
        open_states = (OrderState.DECIDED, OrderState.SERVED, OrderState.PROVED)
        row = _locked(account, Action.CHECKS_DECIDE, key, *open_states)
        if not reason.strip():
            raise ServiceError("checks.reason_needed")
        was_served = row.served_on is not None
        _end(account, row, OrderState.VOID, reason=reason)
        if was_served:
            _tell_unit(account, row, "check_order_looked", mark="void")
    return row


def _end(account: Account, row: CheckOrder, state: OrderState, *, reason: str) -> None:
    row.state, row.ended_by, row.ended_at = state, account, timezone.now()
    row.end_reason = reason.strip()[: LONGEST["reason"]]
    row.save(update_fields=["state", "ended_by", "ended_at", "end_reason"])
    tell_order(account, row, f"check_order.{state.value}", reason=row.end_reason)
    check = Check.objects.select_for_update().get(pk=row.of_id)
    before = check.state
    settle_state(check)
    if check.state != before:
        if check.state == CheckState.CLOSED:
            check.closed_at = timezone.now()
        check.save(update_fields=["state", "closed_at"])
        tell_check(account, check, "check.decided")


def _locked(account: Account, action: Action, key: int, *states: OrderState) -> CheckOrder:
    row = row_for(account, action, CheckOrder, lock=True, pk=key)
    if row.state not in states:
        raise ServiceError("checks.wrong_state")
    return row


def _tell_unit(account: Account, row: CheckOrder, kind: str, *, mark: str) -> None:
    cause = Cause(
        kind=kind,
        key=f"check_order/{row.pk}/{mark}",
        blanks={
            "organisation": row.organisation.name,
            "fault": row.fault[:200],
            "basis": f"{row.source}{row.clause}",
            "day": row.due_on.isoformat() if row.due_on else "—",
            "state": row.end_reason or "—",
        },
        by=account,
        page=reverse("own_order", args=[row.pk]),
    )
    write_message(cause, Channel.SITE, organisation=row.organisation)
