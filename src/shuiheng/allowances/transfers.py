"""Transfers of allowances between users or between sources of one user (指标转让)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.allowances.carry import ALLOWED, CARRY_FIELDS, FORBIDDEN
from shuiheng.allowances.cuts import SAVED_WATER
from shuiheng.allowances.entries import Book, Entry, EntryKind, Leg, given_m3, standing_legs, twelve
from shuiheng.allowances.errors import BadRuleError, NotAllowedError
from shuiheng.allowances.figures import shown
from shuiheng.allowances.model import Account
from shuiheng.allowances.rule_fields import check_names, name_of, record_of, text_field
from shuiheng.kernel.citation import Citation
from shuiheng.rules.parameter import DatedValue


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRule:
    """Between whom a place lets allowances pass (转让规则).

    Args:
        is_between_users: Whether one user may give to another.
        is_between_sources: Whether a user may move water from one of its sources to another.
        is_saved_only: Whether a user may give away only what it saved.
        citation: The value of the rulebook that it was read from.
    """

    is_between_users: bool
    is_between_sources: bool
    is_saved_only: bool
    citation: Citation


def transfer_rule_of(value: DatedValue) -> TransferRule:
    """Return what a value of the rule `allowances/carry_over` says on transfers (转让规则).

    The record: `transfer` between users (`allowed`, `saved_water` or `forbidden`) and `between_sources` of
    one user (`allowed` or `forbidden`); what is not there is not allowed.

    Raises:
        BadRuleError: A word is another one.
    """
    record, rule = record_of(value), name_of(value)
    check_names(record, known=CARRY_FIELDS, rule=rule)
    users = text_field(record, "transfer", rule=rule, default=FORBIDDEN)
    sources = text_field(record, "between_sources", rule=rule, default=FORBIDDEN)
    if users not in {ALLOWED, SAVED_WATER, FORBIDDEN} or sources not in {ALLOWED, FORBIDDEN}:
        raise BadRuleError(
            rule, f"transfers are `{ALLOWED}`, `{SAVED_WATER}` (between users) or `{FORBIDDEN}`"
        )
    return TransferRule(
        is_between_users=users != FORBIDDEN,
        is_between_sources=sources == ALLOWED,
        is_saved_only=users == SAVED_WATER,
        citation=value.citation,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A transfer that is asked for.

    Args:
        key: Key of the entry that it becomes.
        giver: The account that gives.
        taker: The account that takes.
        months: What passes in each month, 1 to 12, m³, from 0.
        saved_m3: What the giver saved by measures, shown by documents; None when nothing is shown.
    """

    key: str
    giver: Account
    taker: Account
    months: Mapping[int, Decimal]
    saved_m3: Decimal | None = None


def transfer_entry(
    transfer: Transfer, *, rule: TransferRule | None, book: Book, asked_on: date, effective_on: date
) -> Entry:
    """Return the entry of a transfer: what one account gives is what the other takes (指标转让).

    Raises:
        NotAllowedError: The place does not let it pass, or not as much with what was given away already.
    """
    key, giver, taker = transfer.key, transfer.giver, transfer.taker
    if rule is None:
        raise NotAllowedError(key, "transfer_forbidden")
    if giver.user == taker.user and not rule.is_between_sources:
        raise NotAllowedError(key, "transfer_sources", rule=rule.citation.rule)
    if giver.user != taker.user:
        if not rule.is_between_users:
            raise NotAllowedError(key, "transfer_users", rule=rule.citation.rule)
        if rule.is_saved_only:
            _check_saved(transfer, book)
    if min(transfer.months.values(), default=Decimal(0)) < 0:
        raise NotAllowedError(key, "entry_sign")
    given = twelve({month: -each for month, each in transfer.months.items()})
    return Entry(
        key=key,
        kind=EntryKind.TRANSFER,
        legs=(Leg(account=giver, months=given), Leg(account=taker, months=twelve(transfer.months))),
        effective_on=effective_on,
        asked_on=asked_on,
    )


def _check_saved(transfer: Transfer, book: Book) -> None:
    if transfer.saved_m3 is None:
        raise NotAllowedError(transfer.key, "saved_unknown")
    total = sum(transfer.months.values(), Decimal(0))
    given = given_m3(
        leg
        for entry, leg in standing_legs(book, transfer.giver, EntryKind.TRANSFER)
        if {each.account.user for each in entry.legs} != {transfer.giver.user}
    )
    left = transfer.saved_m3 - given
    if total > left:
        raise NotAllowedError(transfer.key, "saved_too_much", left_m3=shown(max(left, Decimal(0))))
