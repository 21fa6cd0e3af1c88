"""Ask that water passes to another user or source, or from the year before (转让、结转)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    AllowanceEntry,
    EntryKind,
    EntryState,
    PlannedAllowance,
)
from shuiheng.adapters.records.queries_source_use import use_of_sources
from shuiheng.allowances.adjustments import ask
from shuiheng.allowances.carry import ClosedYear, Wish, carry_over_entry
from shuiheng.allowances.effective import allowance_on
from shuiheng.allowances.entries import Entry
from shuiheng.allowances.errors import AllowanceError
from shuiheng.allowances.model import MONTHS
from shuiheng.allowances.transfers import Transfer, transfer_entry
from shuiheng.services.allowances.change_allowance import NEW, REASON_LENGTH, due_of, published_row
from shuiheng.services.allowances.entry_book import account_of, book_of, write_months
from shuiheng.services.allowances.refusals import refused
from shuiheng.services.allowances.taken_water import NOTHING, joined_months, past_year
from shuiheng.services.allowances.year_rules import year_rules
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import sight


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFields:
    """What a giver asks for.

    Args:
        taker: Number of the user that takes, with `/` and the number of its source where it has several.
        months: What passes in each month, 1 to 12, m³.
        reason: Why.
        saved_m3: What the giver saved by measures, where only saved water may pass.
    """

    taker: str
    months: Mapping[int, Decimal]
    reason: str
    saved_m3: Decimal | None = None


def ask_transfer(actor: Actor, giver: int, what: TransferFields) -> AllowanceEntry:
    """Ask that some of an allowance passes to another user or another source; the office decides.

    Args:
        actor: Who asks, somebody of the giver.
        giver: Key of the giver's allowance.
        what: What is asked for.

    Raises:
        ServiceError: `allowances.no_taker`, `allowances.transfer_forbidden`, `allowances.reason_needed`, or
            what the core refuses.
        WrongStateError: The allowance was not published.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_ASK)
    with transaction.atomic():
        row, today = published_row(account, Action.ALLOWANCES_ASK, giver), timezone.localdate()
        if not what.reason.strip():
            raise ServiceError("allowances.reason_needed")
        rule = year_rules(row.round.place, row.round.year, on=today).transfer
        if rule is None or not (rule.is_between_users or rule.is_between_sources):
            raise ServiceError("allowances.transfer_forbidden")
        other = _taker(row, what.taker)
        transfer = Transfer(
            key=NEW,
            giver=account_of(row),
            taker=account_of(other),
            months=what.months,
            saved_m3=what.saved_m3,
        )
        book = book_of([row, other])
        try:
            entry = transfer_entry(transfer, rule=rule, book=book, asked_on=today, effective_on=today)
            ask(book, entry)
        except AllowanceError as error:
            raise refused(error, row.user.organisation.name) from error
        return _kept(account, (row, other), entry, reason=what.reason)


def ask_carry_over(actor: Actor, key: int, *, months: Mapping[int, Decimal], reason: str) -> AllowanceEntry:
    """Ask that unused water of the year before is carried into a year; the office decides.

    Raises:
        ServiceError: `allowances.carry_forbidden`, `allowances.carry_unknown`, `allowances.reason_needed`, or
            what the core refuses.
        WrongStateError: The allowance was not published.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_ASK)
    with transaction.atomic():
        row, today = published_row(account, Action.ALLOWANCES_ASK, key), timezone.localdate()
        if not reason.strip():
            raise ServiceError("allowances.reason_needed")
        rule = year_rules(row.round.place, row.round.year, on=today).carry
        if rule is None or not rule.carry_share:
            raise ServiceError("allowances.carry_forbidden")
        closed = closed_year(account, row)
        if closed.allowance_m3 is None or closed.use_m3 is None:
            raise ServiceError("allowances.carry_unknown", year=str(row.round.year - 1))
        wish = Wish(key=NEW, account=account_of(row), months=months, asked_on=today)
        book = book_of([row])
        try:
            entry = carry_over_entry(wish, closed=closed, rule=rule, book=book)
            ask(book, entry)
        except AllowanceError as error:
            raise refused(error, row.user.organisation.name) from error
        return _kept(account, (row,), entry, reason=reason)


def closed_year(account: Account, row: PlannedAllowance) -> ClosedYear:
    """Return allowance and use of the year before, as far as they are known."""
    year = row.round.year - 1
    before = PlannedAllowance.objects.filter(
        round__place=row.round.place,
        round__authority=row.round.authority,
        round__year=year,
        user=row.user,
        source=row.source,
        published_at__isnull=False,
    ).select_related("round")
    held = before.first()
    if held is None or timezone.localdate() <= date(year, 12, 31):
        return ClosedYear(allowance_m3=None, use_m3=None)
    seen = sight(account, Action.ALLOWANCES_ASK)
    months = [date(year, month, 1) for month in range(1, MONTHS + 1)]
    found = use_of_sources(seen, months, users=[row.user_id])
    keys = [(row.user_id, row.source_id)] if row.source_id is not None else list(found)
    use = past_year(joined_months([found.get(taker, NOTHING) for taker in keys]), year)
    return ClosedYear(allowance_m3=allowance_on(book_of([held]), account_of(held)), use_m3=use.m3)


def _taker(row: PlannedAllowance, number: str) -> PlannedAllowance:
    user, _, source = number.strip().partition("/")
    rows = PlannedAllowance.objects.filter(
        round__place=row.round.place, round__year=row.round.year, published_at__isnull=False
    )
    rows = rows.filter(user__number=user).exclude(pk=row.pk).select_related("round", "user__organisation")
    if source:
        rows = rows.filter(source__number=source)
    found = list(rows.select_for_update(of=("self",)).order_by("pk")[:2])
    if len(found) != 1:
        raise ServiceError("allowances.no_taker", number=number[:60])
    return found[0]


def _kept(
    account: Account, rows: tuple[PlannedAllowance, ...], entry: Entry, *, reason: str
) -> AllowanceEntry:
    now, head = timezone.now(), None
    due = due_of(rows[0], timezone.localdate())
    for row, leg in zip(rows, entry.legs, strict=True):
        kept = AllowanceEntry.objects.create(
            allowance=row,
            partner=head,
            kind=EntryKind(entry.kind.value),
            state=EntryState.ASKED,
            reason=reason.strip()[:REASON_LENGTH],
            asked_by=account,
            asked_at=now,
            due_on=due,
        )
        write_months(kept, leg.months)
        record_event(
            account,
            "allowance.change_asked",
            subject=f"allowance:{row.pk}",
            place=row.round.place,
            reason=kept.reason,
            after={"entries": [kept.pk], "kind": kept.kind},
        )
        head = head or kept
    if head is None:
        raise ServiceError("allowances.nothing_changes")
    return head
