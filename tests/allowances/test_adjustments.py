"""Asking for changes of an allowance and deciding on them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from allowances.books import OTHER, approve, entry_of, given, leg_of
from allowances.made import ACCOUNT, record, value_of
from shuiheng.allowances.adjustments import (
    AdjustmentRule,
    Silence,
    adjustment_rule_of,
    answer_due_on,
    ask,
    decide,
    freeze,
    why_no_increase,
)
from shuiheng.allowances.effective import allowance_on, months_on
from shuiheng.allowances.entries import Book, EntryKind, EntryState
from shuiheng.allowances.errors import (
    BadRuleError,
    BelowZeroError,
    FrozenMonthError,
    NotAllowedError,
    WrongStateError,
)
from shuiheng.kernel.workday import WorkdayCalendar

MARCH = date(2027, 3, 10)
MORE = entry_of(EntryKind.INCREASE, leg_of({3: 50}), key="more", on=MARCH)
CALENDAR = WorkdayCalendar(
    first=date(2027, 1, 1), last=date(2027, 12, 31), holidays=frozenset({date(2027, 5, 3)})
)


def _rule(**fields: Any) -> AdjustmentRule:
    return adjustment_rule_of(value_of(record(**fields), rule="allowances/adjustment"))


def test_an_approved_increase_counts_and_a_rejected_one_does_not() -> None:
    asked = ask(given(), MORE)
    for state, m3 in ((EntryState.APPROVED, 1250), (EntryState.REJECTED, 1200), (EntryState.WITHDRAWN, 1200)):
        assert allowance_on(decide(asked, "more", state, on=MARCH), ACCOUNT) == m3


@pytest.mark.parametrize("state", list(EntryState))
def test_a_decision_is_final(state: EntryState) -> None:
    with pytest.raises(WrongStateError):
        decide(approve(given(), MORE), "more", state, on=MARCH)


def test_nothing_is_decided_back_to_asked() -> None:
    with pytest.raises(WrongStateError):
        decide(ask(given(), MORE), "more", EntryState.ASKED, on=MARCH)


def test_nothing_is_decided_before_it_was_asked_for() -> None:
    with pytest.raises(NotAllowedError, match="asked for"):
        decide(ask(given(), MORE), "more", EntryState.APPROVED, on=date(2027, 3, 9))


def test_an_entry_that_is_not_there_cannot_be_decided() -> None:
    with pytest.raises(NotAllowedError, match="no such entry"):
        decide(Book(), "more", EntryState.APPROVED, on=MARCH)


def test_a_key_stands_once_in_a_book() -> None:
    with pytest.raises(NotAllowedError, match="this key"):
        ask(ask(given(), MORE), MORE)


@pytest.mark.parametrize(("day", "is_open"), [(date(2027, 3, 31), True), (date(2027, 4, 1), False)])
def test_a_month_that_is_over_when_decided_no_longer_changes(day: date, is_open: bool) -> None:
    asked = ask(given(), MORE)
    if is_open:
        assert allowance_on(decide(asked, "more", EntryState.APPROVED, on=day), ACCOUNT) == 1250
    else:
        with pytest.raises(FrozenMonthError):
            decide(asked, "more", EntryState.APPROVED, on=day)


def test_a_billed_month_no_longer_changes() -> None:
    book = freeze(ask(given(), MORE), ACCOUNT, months=[3], on=MARCH)
    with pytest.raises(FrozenMonthError, match="month 3"):
        decide(book, "more", EntryState.APPROVED, on=MARCH)
    assert freeze(book, ACCOUNT, months=[3], on=MARCH) == book


def test_a_late_initial_allowance_may_hold_months_that_are_over() -> None:
    assert months_on(given(), ACCOUNT) is not None
    entry = entry_of(EntryKind.INITIAL, leg_of({1: 5, 2: 5}), key="late", on=date(2027, 2, 20))
    assert allowance_on(approve(Book(), entry), ACCOUNT) == 10


def test_a_month_may_be_emptied_and_not_more() -> None:
    empty = entry_of(EntryKind.DECREASE, leg_of({5: -100}), key="empty", on=MARCH)
    assert allowance_on(approve(given(), empty), ACCOUNT) == 1100
    with pytest.raises(BelowZeroError, match="month 5"):
        approve(approve(given(), empty), entry_of(EntryKind.DECREASE, leg_of({5: -1}), key="x", on=MARCH))


def test_what_a_later_increase_brings_cannot_be_given_away_before() -> None:
    later = entry_of(EntryKind.INCREASE, leg_of({9: 50}), key="later", on=date(2027, 9, 1), asked_on=MARCH)
    book = approve(given(), later, on=MARCH)
    with pytest.raises(BelowZeroError):
        approve(book, entry_of(EntryKind.DECREASE, leg_of({9: -120}), key="early", on=MARCH))


def test_an_account_is_given_one_allowance_and_changed_only_then() -> None:
    with pytest.raises(NotAllowedError, match="already"):
        approve(given(), entry_of(EntryKind.INITIAL, leg_of({3: 5}), key="again", on=MARCH))
    with pytest.raises(NotAllowedError, match="no allowance yet"):
        approve(given(), entry_of(EntryKind.TRANSFER, leg_of({3: -5}), leg_of({3: 5}, OTHER), on=MARCH))


def test_a_refused_decision_leaves_the_book_as_it_was() -> None:
    asked = ask(given(), entry_of(EntryKind.DECREASE, leg_of({5: -101}), key="x", on=MARCH))
    with pytest.raises(BelowZeroError):
        decide(asked, "x", EntryState.APPROVED, on=MARCH)
    assert allowance_on(asked, ACCOUNT) == 1200
    assert decide(asked, "x", EntryState.REJECTED, on=MARCH).decisions[-1].state is EntryState.REJECTED


@pytest.mark.parametrize(
    ("asked", "due"),
    [("2027-04-26", "2027-05-04"), ("2027-04-24", "2027-04-30"), ("2027-03-01", "2027-03-08")],
)
def test_five_workdays_begin_behind_the_day_of_asking(asked: str, due: str) -> None:
    found = answer_due_on(date.fromisoformat(asked), _rule(decide_within="5"), CALENDAR)
    assert found == date.fromisoformat(due)


def test_without_a_rule_there_is_no_day() -> None:
    assert answer_due_on(MARCH, _rule(silence="nothing"), CALENDAR) is None


def test_silence_means_nothing_unless_the_rule_says_so() -> None:
    assert _rule(decide_within="5").silence is Silence.NOTHING
    assert _rule(decide_within="1").answer_workdays == 1
    assert _rule(decide_within="10", silence="granted").silence is Silence.GRANTED


@pytest.mark.parametrize(
    "fields",
    [
        {"silence": "granted"},
        {"decide_within": "0"},
        {"decide_within": "2.5"},
        {"decide_within": "5", "silence": "golden"},
        {"days": "5"},
    ],
)
def test_a_rule_that_cannot_be_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(BadRuleError):
        _rule(**fields)


def test_circumstances_that_bar_an_increase_are_named_in_the_order_of_the_rule() -> None:
    value = value_of(record(reasons=["leaks", "over_norm"]), rule="allowances/increase_barred")
    assert why_no_increase(["sunny", "over_norm", "leaks"], value) == ("leaks", "over_norm")
    assert why_no_increase([], value) == ()
