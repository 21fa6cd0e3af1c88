"""Entries of allowances and what they must be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from allowances.books import NEXT_YEAR, OTHER, approve, entry_of, given, leg_of
from allowances.made import ACCOUNT
from shuiheng.allowances.adjustments import ask, decide
from shuiheng.allowances.entries import (
    Book,
    Entry,
    EntryKind,
    EntryState,
    Leg,
    approved,
    check_entry,
    given_m3,
    last_day,
    legs_of,
    standing_legs,
    state_of,
    twelve,
)
from shuiheng.allowances.errors import NotAllowedError, NotConservedError

MARCH = date(2027, 3, 10)
GOOD = [
    entry_of(EntryKind.INITIAL, leg_of({1: 100})),
    entry_of(EntryKind.INCREASE, leg_of({3: 5, 4: 5}), on=MARCH),
    entry_of(EntryKind.DECREASE, leg_of({3: -5}), on=MARCH),
    entry_of(EntryKind.CARRY_OVER, leg_of({3: 5}), on=MARCH),
    entry_of(EntryKind.REBALANCING, leg_of({3: -5, 7: 5}), on=MARCH),
    entry_of(EntryKind.TRANSFER, leg_of({3: -5}), leg_of({4: 5}, OTHER), on=MARCH),
    entry_of(EntryKind.BORROWING, leg_of({12: 5}), leg_of({1: -5}, NEXT_YEAR), on=MARCH),
]


@pytest.mark.parametrize("entry", GOOD, ids=lambda each: each.kind)
def test_an_entry_of_its_kind_is_taken(entry: Entry) -> None:
    check_entry(entry)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (entry_of(EntryKind.INCREASE, leg_of({3: -5}), on=MARCH), "wrong sign"),
        (entry_of(EntryKind.INCREASE, leg_of({3: 6, 4: -5}), on=MARCH), "wrong sign"),
        (entry_of(EntryKind.DECREASE, leg_of({3: 5}), on=MARCH), "wrong sign"),
        (entry_of(EntryKind.INITIAL, leg_of({3: -5})), "wrong sign"),
        (entry_of(EntryKind.INCREASE, leg_of({3: 5}), leg_of({3: 5}, OTHER), on=MARCH), "one account"),
        (entry_of(EntryKind.REBALANCING, leg_of({3: 5}), leg_of({3: -5}, OTHER), on=MARCH), "one account"),
        (entry_of(EntryKind.TRANSFER, leg_of({3: 5}), on=MARCH), "two accounts"),
        (entry_of(EntryKind.TRANSFER, leg_of({3: -5}), leg_of({3: 5}, NEXT_YEAR), on=MARCH), "of one year"),
        (
            entry_of(EntryKind.TRANSFER, leg_of({3: -5, 4: 5}), leg_of({3: 5, 4: -5}, OTHER), on=MARCH),
            "gives and",
        ),
        (entry_of(EntryKind.BORROWING, leg_of({12: -5}), leg_of({1: 5}, NEXT_YEAR), on=MARCH), "later year"),
        (entry_of(EntryKind.BORROWING, leg_of({12: 5}), leg_of({1: -5}, OTHER), on=MARCH), "one user"),
        (entry_of(EntryKind.INCREASE, leg_of({}), on=MARCH), "changes one"),
        (
            entry_of(EntryKind.INCREASE, Leg(account=ACCOUNT, months=(Decimal(1),) * 11), on=MARCH),
            "twelve months",
        ),
        (entry_of(EntryKind.TRANSFER, leg_of({3: -5}), leg_of({3: 5}), on=MARCH), "account twice"),
        (entry_of(EntryKind.INCREASE, leg_of({2: 5}), on=MARCH), "months before"),
    ],
)
def test_an_entry_of_another_kind_is_refused(entry: Entry, why: str) -> None:
    with pytest.raises(NotAllowedError, match=why):
        check_entry(entry)


@pytest.mark.parametrize(
    "entry",
    [
        entry_of(EntryKind.REBALANCING, leg_of({3: -5, 7: 6}), on=MARCH),
        entry_of(EntryKind.TRANSFER, leg_of({3: -5}), leg_of({4: 4}, OTHER), on=MARCH),
        entry_of(EntryKind.BORROWING, leg_of({12: 5}), leg_of({1: -4}, NEXT_YEAR), on=MARCH),
    ],
    ids=lambda each: each.kind,
)
def test_what_only_moves_water_makes_and_loses_none(entry: Entry) -> None:
    with pytest.raises(NotConservedError):
        check_entry(entry)


@pytest.mark.parametrize(("day", "is_open"), [(date(2027, 2, 28), True), (date(2027, 3, 1), False)])
def test_an_entry_changes_no_month_that_was_over_before_it_counts(day: date, is_open: bool) -> None:
    entry = entry_of(EntryKind.INCREASE, leg_of({2: 5}), on=day)
    if is_open:
        check_entry(entry)
    else:
        with pytest.raises(NotAllowedError):
            check_entry(entry)


def test_the_state_is_what_was_decided_up_to_a_day() -> None:
    book = ask(given(), entry_of(EntryKind.INCREASE, leg_of({5: 5}), key="e", on=MARCH))
    later = decide(book, "e", EntryState.REJECTED, on=date(2027, 3, 20))
    assert state_of(book, "e") is EntryState.ASKED
    assert state_of(later, "e") is EntryState.REJECTED
    assert state_of(later, "e", known_on=date(2027, 3, 19)) is EntryState.ASKED


def test_only_approved_entries_count() -> None:
    book = ask(given(), entry_of(EntryKind.INCREASE, leg_of({5: 5}), key="e", on=MARCH))
    assert [each.key for each in approved(book)] == ["first0"]
    later = decide(book, "e", EntryState.APPROVED, on=date(2027, 3, 20))
    assert [each.key for each in approved(later)] == ["first0", "e"]
    assert [each.key for each in approved(later, known_on=date(2027, 3, 19))] == ["first0"]


def test_legs_of_an_account_leave_out_the_others() -> None:
    book = approve(given(ACCOUNT, OTHER), GOOD[5])
    assert [leg.m3 for _, leg in legs_of(book.entries, OTHER)] == [1200, 5]


def test_what_is_asked_for_stands_until_it_is_rejected() -> None:
    def standing(book: Book) -> list[Decimal]:
        return [leg.m3 for _, leg in standing_legs(book, ACCOUNT, EntryKind.TRANSFER)]

    book = ask(given(ACCOUNT, OTHER), GOOD[5])
    assert standing(book) == [-5]
    assert standing(decide(book, "e1", EntryState.REJECTED, on=MARCH)) == []
    assert standing(Book()) == []


def test_what_is_received_does_not_make_up_for_what_is_given() -> None:
    assert given_m3([leg_of({5: -5}), leg_of({5: 9}), leg_of({6: -2})]) == 7


def test_months_are_twelve_and_know_their_last_day() -> None:
    assert twelve({2: Decimal(5)})[:3] == (0, 5, 0)
    assert last_day(2028, 2) == date(2028, 2, 29)
