"""Ask for water of another year: unused water of the one before (结转), or some of the next one (预借)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, AllowanceEntry, PlannedAllowance
from shuiheng.adapters.records.queries_source_use import use_of_sources
from shuiheng.allowances.carry import CarryRule, ClosedYear, Wish, borrowing_entry, carry_over_entry
from shuiheng.allowances.effective import allowance_on
from shuiheng.allowances.errors import AllowanceError
from shuiheng.allowances.model import MONTHS
from shuiheng.services.allowances.application_rows import check_possible, keep_application, lock_allowances
from shuiheng.services.allowances.change_allowance import NEW, published_row
from shuiheng.services.allowances.entry_book import account_of, book_of
from shuiheng.services.allowances.refusals import refused
from shuiheng.services.allowances.taken_water import NOTHING, joined_months, past_year
from shuiheng.services.allowances.year_rules import year_rules
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import sight


@dataclass(frozen=True, slots=True, kw_only=True)
class BorrowFields:
    """What a user asks to borrow.

    Args:
        months: What each month of this year, 1 to 12, gets, m³.
        from_months: What is taken from each month of the next year, m³, written above 0.
        reason: Why.
    """

    months: Mapping[int, Decimal]
    from_months: Mapping[int, Decimal]
    reason: str


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
        row = published_row(account, Action.ALLOWANCES_ASK, key)
        rule = _rule(row, reason)
        if rule is None or not rule.carry_share:
            raise ServiceError("allowances.carry_forbidden")
        closed = closed_year(account, row)
        if closed.allowance_m3 is None or closed.use_m3 is None:
            raise ServiceError("allowances.carry_unknown", year=str(row.round.year - 1))
        wish = Wish(key=NEW, account=account_of(row), months=months, asked_on=timezone.localdate())
        book = book_of([row])
        try:
            entry = carry_over_entry(wish, closed=closed, rule=rule, book=book)
            check_possible(book, entry)
        except AllowanceError as error:
            raise refused(error, row.user.organisation.name) from error
        return keep_application(account, (row,), entry, reason=reason)


def ask_borrowing(actor: Actor, key: int, what: BorrowFields) -> AllowanceEntry:
    """Ask that a year gets some of the next one's allowance, which is less by it; the office decides.

    Raises:
        ServiceError: `allowances.borrow_forbidden`; `allowances.borrow_unknown`, the next year has no
            allowance yet; `allowances.reason_needed`; or what the core refuses.
        WrongStateError: The allowance was not published.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_ASK)
    with transaction.atomic():
        row = published_row(account, Action.ALLOWANCES_ASK, key)
        rule = _rule(row, what.reason)
        if rule is None or not rule.borrow_share:
            raise ServiceError("allowances.borrow_forbidden")
        found = _of_year(row, row.round.year + 1)
        if found is None:
            raise ServiceError("allowances.borrow_unknown", year=str(row.round.year + 1))
        lender = lock_allowances([found.pk])[found.pk]
        wish = Wish(key=NEW, account=account_of(row), months=what.months, asked_on=timezone.localdate())
        book = book_of([row, lender])
        try:
            entry = borrowing_entry(
                wish,
                from_months=what.from_months,
                next_allowance_m3=lender.volume_m3,
                rule=rule,
                book=book,
            )
            check_possible(book, entry)
        except AllowanceError as error:
            raise refused(error, row.user.organisation.name) from error
        return keep_application(account, (row, lender), entry, reason=what.reason)


def closed_year(account: Account, row: PlannedAllowance) -> ClosedYear:
    """Return allowance and use of the year before, as far as they are known."""
    year = row.round.year - 1
    held = _of_year(row, year)
    if held is None or timezone.localdate() <= date(year, 12, 31):
        return ClosedYear(allowance_m3=None, use_m3=None)
    seen = sight(account, Action.ALLOWANCES_ASK)
    months = [date(year, month, 1) for month in range(1, MONTHS + 1)]
    found = use_of_sources(seen, months, users=[row.user_id])
    keys = [(row.user_id, row.source_id)] if row.source_id is not None else list(found)
    use = past_year(joined_months([found.get(taker, NOTHING) for taker in keys]), year)
    return ClosedYear(allowance_m3=allowance_on(book_of([held]), account_of(held)), use_m3=use.m3)


def _rule(row: PlannedAllowance, reason: str) -> CarryRule | None:
    if not reason.strip():
        raise ServiceError("allowances.reason_needed")
    return year_rules(row.round.place, row.round.year, on=timezone.localdate()).carry


def _of_year(row: PlannedAllowance, year: int) -> PlannedAllowance | None:
    """Return the published allowance of the same user and source in another year."""
    rows = PlannedAllowance.objects.filter(
        round__place=row.round.place,
        round__authority=row.round.authority,
        round__year=year,
        user=row.user,
        source=row.source,
        published_at__isnull=False,
    )
    return rows.select_related("round").first()
