"""Asking for a change of an allowance and deciding on it (指标调整): what may be approved, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shuiheng.allowances.effective import days_of_change, months_on
from shuiheng.allowances.entries import (
    Book,
    Decision,
    Entry,
    EntryKind,
    EntryState,
    Freeze,
    Leg,
    approved,
    check_entry,
    last_day,
    legs_of,
    state_of,
)
from shuiheng.allowances.errors import (
    BadRuleError,
    BelowZeroError,
    FrozenMonthError,
    NotAllowedError,
    WrongStateError,
)
from shuiheng.allowances.model import Account
from shuiheng.allowances.rule_fields import (
    check_names,
    name_of,
    number_field,
    record_of,
    text_field,
    texts_field,
)
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.term import Term, TermUnit, term_end
from shuiheng.kernel.workday import WorkdayCalendar
from shuiheng.rules.parameter import DatedValue


class Silence(StrEnum):
    """What it means that nobody answers in time."""

    NOTHING = "nothing"
    GRANTED = "granted"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentRule:
    """Until when an application is answered, and what silence means (调整规则).

    Args:
        answer_workdays: Workdays within which it is answered, or None where the place sets none.
        silence: What it means when nobody answers.
        citation: The value of the rulebook that it was read from.
    """

    answer_workdays: int | None
    silence: Silence
    citation: Citation


def adjustment_rule_of(value: DatedValue) -> AdjustmentRule:
    """Return what a value of the rule `allowances/adjustment` says (调整规则).

    The record: `decide_within` in workdays, and `silence` (`nothing` or `granted`).

    Raises:
        BadRuleError: The record says what cannot be.
    """
    record, rule = record_of(value), name_of(value)
    check_names(record, known=("decide_within", "silence"), rule=rule)
    silence = text_field(record, "silence", rule=rule, default=Silence.NOTHING)
    if silence not in {each.value for each in Silence}:
        raise BadRuleError(rule, f"`silence` must be one of {', '.join(Silence)}")
    days = number_field(record, "decide_within", rule=rule) if "decide_within" in record else None
    if days is not None and (days != int(days) or days < 1):
        raise BadRuleError(rule, "`decide_within` is a whole number of workdays from 1")
    if silence == Silence.GRANTED and days is None:
        raise BadRuleError(rule, "silence grants nothing without days to answer in")
    return AdjustmentRule(
        answer_workdays=None if days is None else int(days),
        silence=Silence(silence),
        citation=value.citation,
    )


def answer_due_on(asked_on: date, rule: AdjustmentRule, calendar: WorkdayCalendar) -> date | None:
    """Return the last day on which an application is answered in time (答复期限), or None without a rule.

    The day of asking is not counted.
    """
    if rule.answer_workdays is None:
        return None
    term = Term(count=rule.answer_workdays, unit=TermUnit.WORKDAYS)
    return term_end(asked_on, term, calendar=calendar).on


def why_no_increase(circumstances: Iterable[str], value: DatedValue) -> tuple[str, ...]:
    """Return the circumstances of a user for which the place adds nothing (不予增加), in the rule's order.

    Args:
        circumstances: Ids of what was found at the user.
        value: A value of the rule `allowances/increase_barred`: `reasons`, a list of ids.
    """
    record, held = record_of(value), set(circumstances)
    check_names(record, known=("reasons",), rule=name_of(value))
    return tuple(each for each in texts_field(record, "reasons", rule=name_of(value)) if each in held)


def ask(book: Book, entry: Entry) -> Book:
    """Return a book with one more entry, which does not count yet (提出申请).

    Raises:
        NotAllowedError, NotConservedError: The entry is not of its kind, or its key stands in the book.
    """
    if any(each.key == entry.key for each in book.entries):
        raise NotAllowedError(entry.key, "entry_there")
    check_entry(entry)
    return replace(book, entries=(*book.entries, entry))


def decide(book: Book, key: str, state: EntryState, *, on: date, is_by_silence: bool = False) -> Book:
    """Return a book in which an entry is approved, rejected or withdrawn (作出决定).

    A decision is final; what was approved is taken back by an entry of its own.

    Raises:
        WrongStateError: The entry is decided on already, or the state is no decision.
        FrozenMonthError: It would change a month that is over or frozen.
        BelowZeroError: It would leave less than nothing in a month on some day.
        NotAllowedError: The book has no such entry, or an account would be given an allowance twice.
    """
    entry = next((each for each in book.entries if each.key == key), None)
    if entry is None:
        raise NotAllowedError(key, "entry_not_there")
    held = state_of(book, key)
    if held is not EntryState.ASKED or state is EntryState.ASKED:
        raise WrongStateError(key, state=held, wanted=state)
    if on < entry.asked_on:
        raise NotAllowedError(key, "entry_decided_before", asked_on=entry.asked_on, day=on)
    decision = Decision(entry=key, state=state, on=on, is_by_silence=is_by_silence)
    after = replace(book, decisions=(*book.decisions, decision))
    if state is EntryState.APPROVED:
        for leg in entry.legs:
            _check_open(book, entry, leg, on)
            _check_given(book, entry, leg)
            _check_left(after, leg.account)
    return after


def freeze(book: Book, account: Account, *, months: Sequence[int], on: date) -> Book:
    """Return a book in which months of an account no longer change (冻结月份)."""
    held = {(each.account, each.month) for each in book.freezes}
    new = [Freeze(account=account, month=month, on=on) for month in months if (account, month) not in held]
    return replace(book, freezes=(*book.freezes, *new))


def _check_open(book: Book, entry: Entry, leg: Leg, on: date) -> None:
    """Refuse a change of a frozen month; a month that is over is frozen for all but the initial allowance."""
    frozen = {each.month for each in book.freezes if each.account == leg.account}
    if entry.kind is not EntryKind.INITIAL:
        frozen |= {month for month in leg.changed if last_day(leg.account.year, month) < on}
    touched = [month for month in leg.changed if month in frozen]
    if touched:
        raise FrozenMonthError(str(leg.account), touched)


def _check_given(book: Book, entry: Entry, leg: Leg) -> None:
    given = any(each.kind is EntryKind.INITIAL for each, _ in legs_of(approved(book), leg.account))
    if given and entry.kind is EntryKind.INITIAL:
        raise NotAllowedError(entry.key, "allowance_there", account=leg.account)
    if not given and entry.kind is not EntryKind.INITIAL:
        raise NotAllowedError(entry.key, "allowance_not_there", account=leg.account)


def _check_left(book: Book, account: Account) -> None:
    for day in days_of_change(book, account):
        for month, left in enumerate(months_on(book, account, on=day) or (), 1):
            if left < Decimal(0):
                raise BelowZeroError(str(account), month, left)
