"""What an allowance is on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from allowances.books import approve, entry_of, given, leg_of
from allowances.made import ACCOUNT, value_of
from shuiheng.allowances.adjustments import ask
from shuiheng.allowances.effective import allowance_on, days_of_change, effective_allowance, months_on
from shuiheng.allowances.entries import Book, EntryKind
from shuiheng.allowances.model import Unknown
from shuiheng.kernel.derivation import Derived

MARCH, JUNE = date(2027, 3, 10), date(2027, 6, 1)
MORE = entry_of(EntryKind.INCREASE, leg_of({6: 50}), key="more", on=JUNE, asked_on=MARCH)


def test_without_an_initial_allowance_there_is_none_and_not_zero() -> None:
    assert months_on(Book(), ACCOUNT) is None
    assert allowance_on(Book(), ACCOUNT) is None
    assert effective_allowance(Book(), ACCOUNT, months=[1]) == Unknown(missing=("allowance",))


def test_an_allowance_begins_on_its_day() -> None:
    book = given()
    assert allowance_on(book, ACCOUNT, on=date(2027, 1, 19)) is None
    assert allowance_on(book, ACCOUNT, on=date(2027, 1, 20)) == 1200


def test_an_increase_counts_from_its_day_on() -> None:
    book = approve(given(), MORE, on=MARCH)
    assert allowance_on(book, ACCOUNT, on=date(2027, 5, 31)) == 1200
    assert allowance_on(book, ACCOUNT, on=JUNE) == 1250
    months = months_on(book, ACCOUNT)
    assert months is not None and months[5] == 150 and sum(months) == 1250


def test_an_increase_that_is_asked_for_does_not_count() -> None:
    assert allowance_on(ask(given(), MORE), ACCOUNT) == 1200


def test_what_was_believed_before_a_decision_stays_known() -> None:
    book = approve(given(), MORE, on=MARCH)
    assert allowance_on(book, ACCOUNT, known_on=date(2027, 3, 9)) == 1200
    assert allowance_on(book, ACCOUNT, known_on=MARCH) == 1250


def test_a_period_shows_the_entries_that_it_rests_on() -> None:
    book = approve(given(), MORE, on=MARCH)
    less = entry_of(EntryKind.DECREASE, leg_of({5: -20}), key="less", on=MARCH)
    moved = entry_of(EntryKind.REBALANCING, leg_of({8: -5, 9: 5}), key="moved", on=MARCH)
    book = approve(approve(book, less), moved)
    citation = value_of("x").citation
    quarter = effective_allowance(book, ACCOUNT, months=[4, 5, 6], citation=citation)
    assert isinstance(quarter, Derived)
    assert (quarter.value, quarter.steps[0].formula) == (330, "300 + (-20) + 50")
    assert [term.origin for term in quarter.steps[0].terms] == [
        "allowance_entry:first0",
        "allowance_entry:less",
        "allowance_entry:more",
    ]
    assert quarter.citations == (citation,)


def test_a_period_without_any_allowance_left_is_zero_and_known() -> None:
    book = approve(given(), entry_of(EntryKind.DECREASE, leg_of({5: -100}), on=MARCH))
    may = effective_allowance(book, ACCOUNT, months=[5])
    assert isinstance(may, Derived) and may.value == Decimal(0)


def test_the_days_of_change_are_told_in_order() -> None:
    book = approve(given(), MORE, on=MARCH)
    assert days_of_change(book, ACCOUNT) == (date(2027, 1, 20), JUNE)
