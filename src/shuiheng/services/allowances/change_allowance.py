"""Changes that a user makes or asks for: moving water between months, asking for more or less (指标调整)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    AllowanceEntry,
    EntryKind,
    EntryState,
    LedgerDocument,
    PlannedAllowance,
)
from shuiheng.allowances.adjustments import answer_due_on, ask, decide
from shuiheng.allowances.effective import months_on
from shuiheng.allowances.entries import Entry, Leg
from shuiheng.allowances.entries import EntryKind as Kind
from shuiheng.allowances.entries import EntryState as State
from shuiheng.allowances.errors import AllowanceError
from shuiheng.allowances.model import MONTHS
from shuiheng.services.allowances.entry_book import account_of, book_of, write_months
from shuiheng.services.allowances.keep_user_document import UploadedFile, keep_user_document
from shuiheng.services.allowances.refusals import refused
from shuiheng.services.allowances.year_rules import year_rules
from shuiheng.services.errors import ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for
from shuiheng.services.work_calendar import work_calendar

REASON_LENGTH, NEW = 500, "new"
OWN_KINDS = (Kind.INCREASE, Kind.DECREASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a user asks for.

    Args:
        months: Twelve changes in m³, January first; below 0 where it gives water back.
        reason: Why.
        document: What shows it, or None.
    """

    months: Sequence[Decimal]
    reason: str
    document: UploadedFile | None = None


def rebalance(actor: Actor, key: int, months: Sequence[Decimal], *, reason: str = "") -> AllowanceEntry:
    """Move water between the open months of an allowance; the year stays what it is.

    Where the place sets days for the user's own split and they are over, the office decides.

    Args:
        actor: Who does it, somebody of the user.
        key: Key of the allowance.
        months: What the twelve months shall be, January first.
        reason: Why, or nothing.

    Raises:
        ServiceError: `allowances.nothing_changes`, or what the core refuses.
        WrongStateError: The allowance was not published.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_ASK)
    with transaction.atomic():
        row, today = _published(account, key), timezone.localdate()
        now = months_on(book_of([row]), account_of(row)) or (Decimal(0),) * MONTHS
        if len(months) != MONTHS:
            raise ServiceError("allowances.bad_split", fault=f"{len(months)}")
        changes = tuple(wanted - held for wanted, held in zip(months, now, strict=True))
        rule = year_rules(row.round.place, row.round.year, on=today).split
        within = rule.own_within_days if rule is not None else None
        published = timezone.localdate(row.published_at)
        is_free = within is None or today <= published + timedelta(days=within)
        wanted = Wanted(months=changes, reason=reason)
        return _entered(account, row, Kind.REBALANCING, wanted, is_free=is_free)


def ask_change(actor: Actor, key: int, kind: str, wanted: Wanted) -> AllowanceEntry:
    """Ask for more or less in some months, with the reason and a document; the office decides.

    Args:
        actor: Who asks, somebody of the user.
        key: Key of the allowance.
        kind: `increase` or `decrease`.
        wanted: What is asked for.

    Raises:
        ServiceError: `allowances.kind`, `allowances.reason_needed`, `allowances.nothing_changes`, or what
            the core refuses.
        WrongStateError: The allowance was not published.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_ASK)
    if kind not in {each.value for each in OWN_KINDS}:
        row_for(account, Action.ALLOWANCES_ASK, PlannedAllowance, pk=key)
        raise ServiceError("allowances.kind", kind=kind[:30])
    with transaction.atomic():
        row = _published(account, key)
        if not wanted.reason.strip():
            raise ServiceError("allowances.reason_needed")
        return _entered(account, row, Kind(kind), wanted, is_free=False)


def withdraw_change(actor: Actor, key: int) -> AllowanceEntry:
    """Take back what was asked for, while nobody has decided.

    Raises:
        WrongStateError: It is decided, or somebody else asked for it.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_ASK)
    with transaction.atomic():
        entry = row_for(account, Action.ALLOWANCES_ASK, AllowanceEntry, lock=True, pk=key)
        is_taken = entry.partner_id is not None  # whoever takes says no in its own way
        if entry.state != EntryState.ASKED or entry.kind == EntryKind.INITIAL or is_taken:
            raise WrongStateError(entry.state)
        for each in (entry, *entry.partners.select_for_update(of=("self",))):
            each.state, each.decided_by, each.decided_at = EntryState.WITHDRAWN, account, timezone.now()
            each.save(update_fields=["state", "decided_by", "decided_at"])
            record_event(
                account,
                "allowance.change_withdrawn",
                subject=f"allowance:{each.allowance_id}",
                place=each.allowance.round.place,
                after={"entries": [each.pk]},
            )
    return entry


def published_row(account: Account, action: Action, key: int) -> PlannedAllowance:
    """Return a published allowance, locked.

    Raises:
        WrongStateError: It was not published.
        NotThereError: It is not the actor's.
    """
    row = row_for(account, action, PlannedAllowance, lock=True, pk=key)
    if row.published_at is None:
        raise WrongStateError(row.round.state)
    return row


def due_of(row: PlannedAllowance, today: date) -> date | None:
    """Return the last day on which what is asked today is answered in time, or None without a rule."""
    rule = year_rules(row.round.place, row.round.year, on=today).adjustment
    return answer_due_on(today, rule, work_calendar()) if rule is not None else None


def _published(account: Account, key: int) -> PlannedAllowance:
    return published_row(account, Action.ALLOWANCES_ASK, key)


def _entered(
    account: Account, row: PlannedAllowance, kind: Kind, wanted: Wanted, *, is_free: bool
) -> AllowanceEntry:
    """Keep a change; a free one counts at once. The core is asked first: nothing impossible stands."""
    today, owner = timezone.localdate(), row.user.organisation.name
    if not any(wanted.months):
        raise ServiceError("allowances.nothing_changes")
    leg = Leg(account=account_of(row), months=tuple(wanted.months))
    entry = Entry(key=NEW, kind=kind, legs=(leg,), effective_on=today, asked_on=today)
    try:
        decide(ask(book_of([row]), entry), NEW, State.APPROVED, on=today)
    except AllowanceError as error:
        raise refused(error, owner) from error
    document = None
    if wanted.document is not None:
        document = keep_user_document(account, row.user, wanted.document)
    return _kept(account, row, kind, wanted, document=document, is_free=is_free)


def _kept(  # noqa: PLR0913  each is named at the call
    account: Account,
    row: PlannedAllowance,
    kind: Kind,
    wanted: Wanted,
    *,
    document: LedgerDocument | None,
    is_free: bool,
) -> AllowanceEntry:
    now, today = timezone.now(), timezone.localdate()
    entry = AllowanceEntry.objects.create(
        allowance=row,
        kind=kind.value,
        state=EntryState.APPROVED if is_free else EntryState.ASKED,
        reason=wanted.reason.strip()[:REASON_LENGTH],
        document=document,
        asked_by=account,
        asked_at=now,
        due_on=None if is_free else due_of(row, today),
        decided_by=account if is_free else None,
        decided_at=now if is_free else None,
        effective_on=today if is_free else None,
    )
    write_months(entry, wanted.months)
    record_event(
        account,
        "allowance.rebalanced" if is_free else "allowance.change_asked",
        subject=f"allowance:{row.pk}",
        place=row.round.place,
        reason=entry.reason,
        after={
            "entries": [entry.pk],
            "kind": entry.kind,
            "months": {str(month): str(each) for month, each in enumerate(wanted.months, 1) if each},
        },
    )
    return entry
