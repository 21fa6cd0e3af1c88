"""A machine that asks, decides, freezes and lets days pass, and holds the book against a plain ledger."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from allowances.books import NEXT_YEAR, OTHER, entry_of
from allowances.made import ACCOUNT
from shuiheng.allowances.adjustments import ask, decide, freeze
from shuiheng.allowances.effective import allowance_on, days_of_change, effective_allowance, months_on
from shuiheng.allowances.entries import (
    Book,
    Entry,
    EntryKind,
    EntryState,
    Leg,
    approved,
    last_day,
    state_of,
)
from shuiheng.allowances.errors import AllowanceError, BelowZeroError, FrozenMonthError
from shuiheng.allowances.model import Account
from shuiheng.allowances.months import split_year
from shuiheng.kernel.derivation import Derived

ACCOUNTS = (ACCOUNT, OTHER, NEXT_YEAR)
CHANGING = [kind for kind in EntryKind if kind is not EntryKind.INITIAL]
MOVING = {EntryKind.REBALANCING, EntryKind.TRANSFER, EntryKind.BORROWING}
amounts = st.integers(1, 40_000).map(lambda litres: Decimal(litres) / 1000)
month_numbers = st.integers(1, 12)


class AllowanceBook(RuleBasedStateMachine):
    """Any history of an allowance book."""

    def __init__(self) -> None:
        super().__init__()
        self.book = Book()
        self.today = date(2027, 1, 15)
        self.ledger: dict[tuple[Account, int], Decimal] = {}
        self.frozen: dict[tuple[Account, int], Decimal] = {}
        self.brought_in = Decimal(0)
        self.count = 0

    @initialize(
        years=st.lists(st.integers(0, 500).map(Decimal), min_size=3, max_size=3),
        shape=st.lists(st.integers(0, 9).map(Decimal), min_size=12, max_size=12),
    )
    def give(self, years: list[Decimal], shape: list[Decimal]) -> None:
        for account, year in zip(ACCOUNTS, years, strict=True):
            months = split_year(year, last_year=shape).months
            if not any(months):
                months = (Decimal(1), *months[1:])
            entry = entry_of(
                EntryKind.INITIAL, Leg(account=account, months=months), key=self._key(), on=self.today
            )
            self.book = decide(ask(self.book, entry), entry.key, EntryState.APPROVED, on=self.today)
            self._write(entry)

    @rule(
        kind=st.sampled_from(CHANGING),
        m3=amounts,
        first=month_numbers,
        second=month_numbers,
        wait=st.integers(0, 40),
    )
    def ask_for(self, kind: EntryKind, m3: Decimal, first: int, second: int, wait: int) -> None:
        legs = self._legs(kind, m3, first, second)
        day = self.today + timedelta(days=wait)
        entry = entry_of(kind, *legs, key=self._key(), on=day, asked_on=self.today)
        before = self._months()
        try:
            self.book = ask(self.book, entry)
        except AllowanceError:
            assert first == second or any(
                last_day(leg.account.year, month) < day for leg in legs for month in leg.changed
            )
        assert self._months() == before

    @precondition(lambda self: self._open())
    @rule(pick=st.integers(0, 10**6), state=st.sampled_from(list(EntryState)[1:]))
    def decide_on(self, pick: int, state: EntryState) -> None:
        entry = self._open()[pick % len(self._open())]
        before = self.book
        try:
            self.book = decide(self.book, entry.key, state, on=self.today)
        except (FrozenMonthError, BelowZeroError):
            assert state is EntryState.APPROVED and self.book is before
            assert self._would_break(entry)
        else:
            if state is EntryState.APPROVED:
                assert not self._touches_frozen(entry)
                self._write(entry)

    @rule(account=st.sampled_from(ACCOUNTS), month=month_numbers)
    def bill(self, account: Account, month: int) -> None:
        self.book = freeze(self.book, account, months=[month], on=self.today)
        self.frozen.setdefault((account, month), self.ledger[account, month])

    @rule(days=st.integers(1, 60))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)
        for account, month in self.ledger:
            if last_day(account.year, month) < self.today:
                self.frozen.setdefault((account, month), self.ledger[account, month])

    @invariant()
    def initial_and_approved_changes_are_the_allowance(self) -> None:
        for account in ACCOUNTS if self.ledger else ():
            months = months_on(self.book, account)
            assert months == tuple(self.ledger[account, month] for month in range(1, 13))
            assert months is not None and allowance_on(self.book, account) == sum(months)
            year = effective_allowance(self.book, account, months=range(1, 13))
            assert isinstance(year, Derived)

    @invariant()
    def nothing_is_negative_on_any_day(self) -> None:
        for account in ACCOUNTS:
            for day in days_of_change(self.book, account):
                assert min(months_on(self.book, account, on=day) or (Decimal(0),)) >= 0

    @invariant()
    def what_moves_is_neither_made_nor_lost(self) -> None:
        assert sum(self.ledger.values()) == self.brought_in

    @invariant()
    def a_frozen_month_never_changes(self) -> None:
        for (account, month), m3 in self.frozen.items():
            months = months_on(self.book, account)
            assert months is not None and months[month - 1] == m3

    @invariant()
    def order_does_not_matter_to_what_was_approved(self) -> None:
        turned = Book(
            entries=self.book.entries[::-1],
            decisions=self.book.decisions[::-1],
            freezes=self.book.freezes,
        )
        for account in ACCOUNTS:
            for day in (*days_of_change(self.book, account), None):
                assert months_on(turned, account, on=day) == months_on(self.book, account, on=day)

    def _legs(self, kind: EntryKind, m3: Decimal, first: int, second: int) -> list[Leg]:
        def leg(account: Account, *changes: tuple[int, Decimal]) -> Leg:
            months = [Decimal(0)] * 12
            for month, change in changes:
                months[month - 1] += change
            return Leg(account=account, months=tuple(months))

        return {
            EntryKind.INCREASE: lambda: [leg(ACCOUNT, (first, m3))],
            EntryKind.DECREASE: lambda: [leg(OTHER, (first, -m3))],
            EntryKind.CARRY_OVER: lambda: [leg(NEXT_YEAR, (first, m3))],
            EntryKind.REBALANCING: lambda: [leg(ACCOUNT, (first, -m3), (second, m3))],
            EntryKind.TRANSFER: lambda: [leg(ACCOUNT, (first, -m3)), leg(OTHER, (second, m3))],
            EntryKind.BORROWING: lambda: [leg(ACCOUNT, (first, m3)), leg(NEXT_YEAR, (second, -m3))],
        }[kind]()

    def _write(self, entry: Entry) -> None:
        for leg in entry.legs:
            for month, change in enumerate(leg.months, 1):
                key = leg.account, month
                self.ledger[key] = self.ledger.get(key, Decimal(0)) + change
        if entry.kind not in MOVING:
            self.brought_in += sum((leg.m3 for leg in entry.legs), Decimal(0))

    def _open(self) -> list[Entry]:
        return [each for each in self.book.entries if state_of(self.book, each.key) is EntryState.ASKED]

    def _touches_frozen(self, entry: Entry) -> bool:
        return any((leg.account, month) in self.frozen for leg in entry.legs for month in leg.changed)

    def _would_break(self, entry: Entry) -> bool:
        """Return whether a frozen month or a day with less than nothing stands against an entry."""
        if self._touches_frozen(entry):
            return True
        counting = [*approved(self.book), entry]
        for leg in entry.legs:
            days = {
                each.effective_on for each in counting for part in each.legs if part.account == leg.account
            }
            for day in days:
                for place in range(12):
                    held = sum(
                        part.months[place]
                        for each in counting
                        for part in each.legs
                        if part.account == leg.account and each.effective_on <= day
                    )
                    if held < 0:
                        return True
        return False

    def _months(self) -> list[tuple[Decimal, ...] | None]:
        return [months_on(self.book, account) for account in ACCOUNTS]

    def _key(self) -> str:
        self.count += 1
        return f"e{self.count}"


AllowanceBook.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
test_any_history_keeps_the_book_right = AllowanceBook.TestCase


@pytest.mark.nightly
class TestManyHistories(AllowanceBook.TestCase):  # type: ignore[name-defined,misc]  # made at run time
    """The same machine, for as long as a night allows."""

    settings = settings(max_examples=3000, stateful_step_count=60, deadline=None)


def test_approvals_that_all_pass_give_the_same_in_any_order() -> None:
    day = date(2027, 2, 1)

    def leg(**months: int) -> Leg:
        changes = [Decimal(months.get(f"m{month}", 0)) for month in range(1, 13)]
        return Leg(account=ACCOUNT, months=tuple(changes))

    book = Book()
    first = entry_of(EntryKind.INITIAL, leg(**{f"m{month}": 100 for month in range(1, 13)}), key="first")
    book = decide(ask(book, first), "first", EntryState.APPROVED, on=first.asked_on)
    entries = [
        entry_of(EntryKind.INCREASE, leg(m3=20), key="a", on=day),
        entry_of(EntryKind.DECREASE, leg(m3=-50), key="b", on=day),
        entry_of(EntryKind.REBALANCING, leg(m3=-30, m4=30), key="c", on=day),
    ]
    for entry in entries:
        book = ask(book, entry)
    outcomes = set()
    for order in permutations("abc"):
        decided = book
        for key in order:
            decided = decide(decided, key, EntryState.APPROVED, on=day)
        outcomes.add(months_on(decided, ACCOUNT))
    assert outcomes == {tuple(Decimal({3: 40, 4: 130}.get(month, 100)) for month in range(1, 13))}
