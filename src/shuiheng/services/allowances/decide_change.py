"""Decide on what users ask for (调整审批): approve or reject, within the days of the rule."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    AllowanceEntry,
    Channel,
    EntryKind,
    EntryState,
    PlannedAllowance,
)
from shuiheng.allowances.adjustments import decide, why_no_increase
from shuiheng.allowances.entries import EntryState as State
from shuiheng.allowances.errors import AllowanceError
from shuiheng.services.allowances.entry_book import book_of
from shuiheng.services.allowances.refusals import refused
from shuiheng.services.allowances.taker_word import lacks_word
from shuiheng.services.allowances.year_rules import year_rules
from shuiheng.services.errors import ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for
from shuiheng.services.write_message import Cause, write_message

REASON_LENGTH = 500
ANSWERED = {
    EntryState.APPROVED: "allowance_change_approved",
    EntryState.REJECTED: "allowance_change_rejected",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the office answers.

    Args:
        is_approved: Whether it is approved.
        reason: Why; needed for a rejection.
        circumstances: What was found at the user for which the place adds nothing.
        effective_on: The day from which it counts; today unless given.
    """

    is_approved: bool
    reason: str = ""
    circumstances: Collection[str] = ()
    effective_on: date | None = None


def decide_change(actor: Actor, key: int, answer: Answer) -> AllowanceEntry:
    """Approve or reject what a user asked for; whoever asked may not decide.

    Raises:
        WrongStateError: It is decided already.
        ServiceError: `allowances.reason_needed`, `allowances.own_work`, `allowances.increase_barred`,
            `allowances.no_word`, or what the core refuses: a month that is over, less than nothing left.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_DECIDE)
    with transaction.atomic():
        entry = row_for(account, Action.ALLOWANCES_DECIDE, AllowanceEntry, lock=True, pk=key)
        if entry.partner is not None:
            entry = AllowanceEntry.objects.select_for_update(of=("self",)).get(pk=entry.partner.pk)
        if entry.state != EntryState.ASKED:
            raise WrongStateError(entry.state)
        if entry.asked_by_id == account.pk:
            raise ServiceError("allowances.own_work")
        if not answer.is_approved and not answer.reason.strip():
            raise ServiceError("allowances.reason_needed")
        if answer.is_approved:
            _check_barred(entry, answer.circumstances)
        return settle_change(account, entry, answer)


def settle_change(account: Account | None, entry: AllowanceEntry, answer: Answer) -> AllowanceEntry:
    """Write a decision down and tell the user; without an account it is by silence.

    Raises:
        ServiceError: `allowances.no_word`: whoever takes has not agreed; or what the core refuses.
    """
    today = timezone.localdate()
    parts = [entry, *entry.partners.select_for_update(of=("self",)).order_by("pk")]
    state = EntryState.APPROVED if answer.is_approved else EntryState.REJECTED
    _lock([part.allowance_id for part in parts])
    counts_from = max(answer.effective_on or today, today)
    if answer.is_approved:
        if lacks_word(parts):
            raise ServiceError("allowances.no_word", name=parts[-1].allowance.user.organisation.name)
        _check_possible(parts, counts_from, today)
    for part in parts:
        part.state, part.decided_by, part.decided_at = state, account, timezone.now()
        part.decision = answer.reason.strip()[:REASON_LENGTH]
        part.effective_on = counts_from if answer.is_approved else None
        part.save(update_fields=["state", "decided_by", "decided_at", "decision", "effective_on"])
        record_event(
            account,
            "allowance.change_approved" if answer.is_approved else "allowance.change_rejected",
            subject=f"allowance:{part.allowance_id}",
            place=part.allowance.round.place,
            reason=part.decision,
            after={"entries": [part.pk], "kind": part.kind},
        )
        _tell(account, part)
    return entry


def barring_reasons(row: PlannedAllowance) -> tuple[str, ...]:
    """Return the circumstances for which the place adds nothing to an allowance."""
    value = year_rules(row.round.place, row.round.year, on=timezone.localdate()).barred
    record = value.value if value is not None else None
    held = record.get("reasons", ()) if isinstance(record, Mapping) else ()
    return tuple(str(each) for each in held) if isinstance(held, tuple) else ()


def _check_barred(entry: AllowanceEntry, circumstances: Collection[str]) -> None:
    """Refuse an increase for which the place bars it."""
    if entry.kind != EntryKind.INCREASE or not circumstances:
        return
    row = entry.allowance
    value = year_rules(row.round.place, row.round.year, on=timezone.localdate()).barred
    found = why_no_increase(circumstances, value) if value is not None else ()
    if found and value is not None:
        raise ServiceError("allowances.increase_barred", clause=value.clause, source=value.source)


def _check_possible(parts: list[AllowanceEntry], counts_from: date, today: date) -> None:
    for part in parts:
        part.effective_on = counts_from
        part.save(update_fields=["effective_on"])
    book = book_of([part.allowance for part in parts])
    try:
        decide(book, str(parts[0].pk), State.APPROVED, on=today)
    except AllowanceError as error:
        raise refused(error, parts[0].allowance.user.organisation.name) from error


def _lock(keys: list[int]) -> None:
    list(PlannedAllowance.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def _tell(account: Account | None, entry: AllowanceEntry) -> None:
    unit = entry.allowance.user.organisation
    cause = Cause(
        kind=ANSWERED[EntryState(entry.state)],
        key=f"allowance_change:{entry.pk}:{entry.state}",
        blanks={
            "organisation": unit.name,
            "year": str(entry.allowance.round.year),
            "reason": entry.decision or "—",
        },
        by=account,
        page=f"/allowances/{entry.allowance_id}/",
    )
    write_message(cause, Channel.SITE, organisation=unit)
