"""Carrying unused water into the next year and borrowing from it, where the rulebook allows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from shuiheng.allowances.entries import Book, Entry, EntryKind, Leg, given_m3, standing_legs, twelve
from shuiheng.allowances.errors import BadRuleError, NotAllowedError
from shuiheng.allowances.figures import shown
from shuiheng.allowances.model import MONTHS, Account
from shuiheng.allowances.rule_fields import check_names, name_of, number_field, record_of, text_field
from shuiheng.kernel.citation import Citation
from shuiheng.rules.parameter import DatedValue, Value

ALLOWED, FORBIDDEN = "allowed", "forbidden"
CARRY_FIELDS = frozenset(
    {
        *("carry", "carry_share", "use_by_month", "borrow", "borrow_share"),
        *("transfer", "between_sources"),
    }
)
"""Fields of the rule `allowances/carry_over`; the last two are those of transfers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryRule:
    """What a place lets pass from one year to the next (结转规则).

    Args:
        carry_share: Greatest share of a year's allowance that may be carried on; 0 for nothing.
        use_by_month: Last month in which carried water may be used.
        borrow_share: Greatest share of the next year's allowance that may be borrowed; 0 for nothing.
        citation: The value of the rulebook that it was read from.
    """

    carry_share: Decimal
    use_by_month: int
    borrow_share: Decimal
    citation: Citation


def carry_rule_of(value: DatedValue) -> CarryRule:
    """Return what a value of the rule `allowances/carry_over` says on other years (结转规则).

    The record: `carry` and `borrow` (`allowed` or `forbidden`) with `carry_share`, `borrow_share` and
    `use_by_month`; what is not there is not allowed. What is allowed needs its share.

    Raises:
        BadRuleError: A word is another one, a share is missing or not from 0 to 1, or the month is none.
    """
    record, rule = record_of(value), name_of(value)
    check_names(record, known=CARRY_FIELDS, rule=rule)
    month = number_field(record, "use_by_month", rule=rule, default=Decimal(MONTHS))
    if month != int(month) or not 1 <= month <= MONTHS:
        raise BadRuleError(rule, "`use_by_month` is a month from 1 to 12")
    return CarryRule(
        carry_share=_share(record, "carry", rule),
        use_by_month=int(month),
        borrow_share=_share(record, "borrow", rule),
        citation=value.citation,
    )


def _share(record: Mapping[str, Value], name: str, rule: str) -> Decimal:
    word = text_field(record, name, rule=rule, default=FORBIDDEN)
    if word not in {ALLOWED, FORBIDDEN}:
        raise BadRuleError(rule, f"`{name}` must be `{ALLOWED}` or `{FORBIDDEN}`")
    if word == FORBIDDEN:
        return Decimal(0)
    share = number_field(record, f"{name}_share", rule=rule)
    if not 0 <= share <= 1:
        raise BadRuleError(rule, f"`{name}_share` is from 0 to 1")
    return share


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Water that a user wants to have from another year.

    Args:
        key: Key of the entry that it becomes.
        account: The account that gets it.
        months: What each month, 1 to 12, gets, m³.
        asked_on: The day of asking, from which it counts.
    """

    key: str
    account: Account
    months: Mapping[int, Decimal]
    asked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedYear:
    """The year before: its allowance and use, m³; None where it is not known."""

    allowance_m3: Decimal | None
    use_m3: Decimal | None


def carry_over_entry(wish: Wish, *, closed: ClosedYear, rule: CarryRule | None, book: Book) -> Entry:
    """Return the entry that carries unused water into a year (结转).

    Raises:
        NotAllowedError: The place carries nothing on, or not as much with what is carried on already, or
            the year before is not known.
    """
    if rule is None or not rule.carry_share:
        raise NotAllowedError(wish.key, "carry_forbidden")
    if closed.allowance_m3 is None or closed.use_m3 is None:
        raise NotAllowedError(wish.key, "carry_unknown", year=wish.account.year - 1)
    unused = max(closed.allowance_m3 - closed.use_m3, Decimal(0))
    most = min(unused, closed.allowance_m3 * rule.carry_share)
    carried = standing_legs(book, wish.account, EntryKind.CARRY_OVER)
    most -= sum((leg.m3 for _, leg in carried), Decimal(0))
    if sum(wish.months.values(), Decimal(0)) > most:
        raise NotAllowedError(wish.key, "carry_too_much", most_m3=shown(max(most, Decimal(0))))
    if max(wish.months, default=1) > rule.use_by_month:
        raise NotAllowedError(wish.key, "carry_too_late", month=rule.use_by_month)
    leg = Leg(account=wish.account, months=twelve(wish.months))
    return _entry(wish, EntryKind.CARRY_OVER, (leg,))


def borrowing_entry(
    wish: Wish,
    *,
    from_months: Mapping[int, Decimal],
    next_allowance_m3: Decimal | None,
    rule: CarryRule | None,
    book: Book,
) -> Entry:
    """Return the entry that borrows from the next year's allowance (预借).

    Args:
        wish: What this year gets.
        from_months: What is taken from which months of the next year, m³, written above 0.
        next_allowance_m3: The next year's allowance as first given, or None when it is not given yet.
        rule: What the place allows, or None.
        book: The entries so far.

    Raises:
        NotAllowedError: The place lends nothing, or not as much with what is borrowed already, or the
            next year has no allowance.
    """
    if rule is None or not rule.borrow_share:
        raise NotAllowedError(wish.key, "borrow_forbidden")
    if next_allowance_m3 is None:
        raise NotAllowedError(wish.key, "borrow_unknown", year=wish.account.year + 1)
    lender = replace(wish.account, year=wish.account.year + 1)
    lent = given_m3(leg for _, leg in standing_legs(book, lender, EntryKind.BORROWING))
    most = next_allowance_m3 * rule.borrow_share - lent
    if sum(wish.months.values(), Decimal(0)) > most:
        raise NotAllowedError(wish.key, "borrow_too_much", most_m3=shown(max(most, Decimal(0))))
    taken = twelve({month: -each for month, each in from_months.items()})
    legs = (Leg(account=wish.account, months=twelve(wish.months)), Leg(account=lender, months=taken))
    return _entry(wish, EntryKind.BORROWING, legs)


def _entry(wish: Wish, kind: EntryKind, legs: tuple[Leg, ...]) -> Entry:
    return Entry(key=wish.key, kind=kind, legs=legs, effective_on=wish.asked_on, asked_on=wish.asked_on)
