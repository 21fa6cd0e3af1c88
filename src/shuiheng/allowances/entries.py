"""Entries of allowances (指标台账): what was given, moved and taken back, written once and never changed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shuiheng.allowances.errors import NotAllowedError, NotConservedError
from shuiheng.allowances.model import MONTHS, Account


class EntryKind(StrEnum):
    """What an entry does to allowances."""

    INITIAL = "initial"
    REBALANCING = "rebalancing"
    INCREASE = "increase"
    DECREASE = "decrease"
    TRANSFER = "transfer"
    CARRY_OVER = "carry_over"
    BORROWING = "borrowing"


class EntryState(StrEnum):
    """How far an entry has come; only an approved one counts."""

    ASKED = "asked"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """What an entry changes in one account.

    Args:
        account: The account.
        months: Twelve changes in m³, January first; below 0 where it takes.
    """

    account: Account
    months: tuple[Decimal, ...]

    @property
    def m3(self) -> Decimal:
        """Return the change of the whole year."""
        return sum(self.months, Decimal(0))

    @property
    def changed(self) -> tuple[int, ...]:
        """Return the months, 1 to 12, that it changes."""
        return tuple(month for month, each in enumerate(self.months, 1) if each)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change of allowances (指标调整).

    Args:
        key: Its key, unique in a book.
        kind: What it does.
        legs: What it changes, account by account.
        effective_on: The day from which it counts.
        asked_on: The day on which it was asked for.
        evidence: Keys of the documents that belong to it.
        reason: Why it was asked for.
    """

    key: str
    kind: EntryKind
    legs: tuple[Leg, ...]
    effective_on: date
    asked_on: date
    evidence: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What became of an entry.

    Args:
        entry: Key of the entry.
        state: Approved, rejected or withdrawn.
        on: The day.
        is_by_silence: Whether it counts as approved because nobody answered in time.
    """

    entry: str
    state: EntryState
    on: date
    is_by_silence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze:
    """A month that was billed or closed and no longer changes (冻结月份)."""

    account: Account
    month: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All entries about some accounts with what became of them (指标台账); each list only grows."""

    entries: tuple[Entry, ...] = ()
    decisions: tuple[Decision, ...] = ()
    freezes: tuple[Freeze, ...] = ()


def twelve(changes: Mapping[int, Decimal]) -> tuple[Decimal, ...]:
    """Return twelve months from changes by month, 1 to 12."""
    return tuple(changes.get(month, Decimal(0)) for month in range(1, MONTHS + 1))


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def state_of(book: Book, key: str, *, known_on: date | None = None) -> EntryState:
    """Return how far an entry has come, as known on a day (调整状态)."""
    for each in book.decisions:
        if each.entry == key and (known_on is None or each.on <= known_on):
            return each.state
    return EntryState.ASKED


def approved(book: Book, *, known_on: date | None = None) -> Iterator[Entry]:
    """Yield the entries that count, as known on a day."""
    held = {
        each.entry
        for each in book.decisions
        if each.state is EntryState.APPROVED and (known_on is None or each.on <= known_on)
    }
    yield from (each for each in book.entries if each.key in held)


def legs_of(entries: Iterable[Entry], account: Account) -> Iterator[tuple[Entry, Leg]]:
    """Yield what entries change in one account."""
    for entry in entries:
        for leg in entry.legs:
            if leg.account == account:
                yield entry, leg


def standing_legs(book: Book, account: Account, kind: EntryKind) -> Iterator[tuple[Entry, Leg]]:
    """Yield what entries of a kind change in one account, those asked for with those approved."""
    counting = {EntryState.ASKED, EntryState.APPROVED}
    for entry, leg in legs_of(book.entries, account):
        if entry.kind is kind and state_of(book, entry.key) in counting:
            yield entry, leg


def given_m3(legs: Iterable[Leg]) -> Decimal:
    """Return what legs take from their accounts, from 0; what others give to them does not make up for it."""
    return sum((-leg.m3 for leg in legs if leg.m3 < 0), Decimal(0))


def check_entry(entry: Entry) -> None:
    """Refuse an entry that is not of its kind (调整校验).

    Raises:
        NotConservedError: It may only move water, and makes or loses some.
        NotAllowedError: It has not the accounts or the signs of its kind, or changes months that are over
            before it begins to count.
    """
    if any(len(leg.months) != MONTHS for leg in entry.legs) or not any(leg.changed for leg in entry.legs):
        raise NotAllowedError(entry.key, "entry_empty")
    if len({leg.account for leg in entry.legs}) != len(entry.legs):
        raise NotAllowedError(entry.key, "entry_account_twice")
    fault = _FAULTS[entry.kind](entry.legs)
    if fault:
        raise NotAllowedError(entry.key, fault)
    if entry.kind in _MOVING:
        rest = sum((leg.m3 for leg in entry.legs), Decimal(0))
        if rest:
            raise NotConservedError(entry.key, rest)
    if entry.kind is not EntryKind.INITIAL:
        early = [
            leg for leg in entry.legs for month in leg.changed if _is_over(leg, month, entry.effective_on)
        ]
        if early:
            raise NotAllowedError(entry.key, "entry_months_over", day=entry.effective_on)


def _is_over(leg: Leg, month: int, day: date) -> bool:
    return last_day(leg.account.year, month) < day


def _one_leg(legs: Sequence[Leg], *, is_giving: bool) -> str:
    if len(legs) != 1:
        return "entry_one_account"
    wrong = [each for each in legs[0].months if (each < 0) == is_giving and each]
    return "entry_sign" if wrong else ""


def _one_account(legs: Sequence[Leg]) -> str:
    return "" if len(legs) == 1 else "entry_one_account"


def _transfer(legs: Sequence[Leg]) -> str:
    if len(legs) != 2 or len({leg.account.year for leg in legs}) != 1:
        return "entry_two_accounts"
    return _giver_and_taker(legs)


def _borrowing(legs: Sequence[Leg]) -> str:
    accounts = sorted((leg.account for leg in legs), key=lambda each: each.year)
    owners = {(each.user, each.source) for each in accounts}
    if len(legs) != 2 or len(owners) != 1 or accounts[1].year != accounts[0].year + 1:
        return "entry_two_years"
    if next(leg.m3 for leg in legs if leg.account == accounts[0]) < 0:
        return "entry_later_year"
    return _giver_and_taker(legs)


def _giver_and_taker(legs: Sequence[Leg]) -> str:
    gives = [all(each <= 0 for each in leg.months) for leg in legs]
    takes = [all(each >= 0 for each in leg.months) for leg in legs]
    return "" if sum(gives) == sum(takes) == 1 else "entry_give_and_take"


_MOVING = frozenset({EntryKind.REBALANCING, EntryKind.TRANSFER, EntryKind.BORROWING})
_FAULTS = {
    EntryKind.INITIAL: lambda legs: _one_leg(legs, is_giving=True),
    EntryKind.INCREASE: lambda legs: _one_leg(legs, is_giving=True),
    EntryKind.CARRY_OVER: lambda legs: _one_leg(legs, is_giving=True),
    EntryKind.DECREASE: lambda legs: _one_leg(legs, is_giving=False),
    EntryKind.REBALANCING: _one_account,
    EntryKind.TRANSFER: _transfer,
    EntryKind.BORROWING: _borrowing,
}
