"""Carrying unused water on and borrowing from the next year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from allowances.books import NEXT_YEAR, approve, given
from allowances.made import ACCOUNT, record, value_of
from shuiheng.allowances.carry import (
    CarryRule,
    ClosedYear,
    Wish,
    borrowing_entry,
    carry_over_entry,
    carry_rule_of,
)
from shuiheng.allowances.effective import allowance_on
from shuiheng.allowances.entries import Book
from shuiheng.allowances.errors import BadRuleError, NotAllowedError

MARCH = date(2027, 3, 10)
CARRY = {"carry": "allowed", "carry_share": "0.1", "use_by_month": "6"}
BORROW = {"borrow": "allowed", "borrow_share": "0.05"}


def _rule(**fields: Any) -> CarryRule:
    return carry_rule_of(value_of(record(**fields), rule="allowances/carry_over"))


def _wish(m3: int, month: int = 5, key: str = "w") -> Wish:
    months: Mapping[int, Decimal] = {month: Decimal(m3)}
    return Wish(key=key, account=ACCOUNT, months=months, asked_on=MARCH)


def _closed(allowance: int | None = 1000, use: int | None = 950) -> ClosedYear:
    return ClosedYear(
        allowance_m3=None if allowance is None else Decimal(allowance),
        use_m3=None if use is None else Decimal(use),
    )


@pytest.mark.parametrize(
    ("use", "m3", "passes"),
    [(950, 50, True), (950, 51, False), (500, 100, True), (500, 101, False), (1100, 1, False)],
)
def test_no_more_is_carried_on_than_was_unused_and_the_share_allows(use: int, m3: int, passes: bool) -> None:
    rule = _rule(**CARRY)
    if passes:
        entry = carry_over_entry(_wish(m3), closed=_closed(use=use), rule=rule, book=Book())
        assert allowance_on(approve(given(), entry), ACCOUNT) == 1200 + m3
    else:
        with pytest.raises(NotAllowedError, match="no more than"):
            carry_over_entry(_wish(m3), closed=_closed(use=use), rule=rule, book=Book())


def test_what_was_carried_on_counts_against_the_rest() -> None:
    rule, closed = _rule(**CARRY), _closed()
    book = approve(given(), carry_over_entry(_wish(30), closed=closed, rule=rule, book=given()))
    with pytest.raises(NotAllowedError, match="no more than 20"):
        carry_over_entry(_wish(21, key="x"), closed=closed, rule=rule, book=book)


@pytest.mark.parametrize("closed", [_closed(use=None), _closed(allowance=None)])
def test_an_unknown_year_carries_nothing_on(closed: ClosedYear) -> None:
    with pytest.raises(NotAllowedError, match="not known"):
        carry_over_entry(_wish(1), closed=closed, rule=_rule(**CARRY), book=Book())


def test_carried_water_is_used_in_time() -> None:
    assert carry_over_entry(_wish(1, month=6), closed=_closed(), rule=_rule(**CARRY), book=Book())
    with pytest.raises(NotAllowedError, match="up to month 6"):
        carry_over_entry(_wish(1, month=7), closed=_closed(), rule=_rule(**CARRY), book=Book())


@pytest.mark.parametrize("share", [0, 1])
def test_a_share_may_be_nothing_or_all(share: int) -> None:
    assert _rule(carry="allowed", carry_share=share).carry_share == share


@pytest.mark.parametrize("rule", [None, _rule(carry="forbidden")])
def test_without_a_rule_nothing_is_carried_on(rule: CarryRule | None) -> None:
    with pytest.raises(NotAllowedError, match="no rule"):
        carry_over_entry(_wish(1), closed=_closed(), rule=rule, book=Book())


@pytest.mark.parametrize(("m3", "passes"), [(60, True), (61, False)])
def test_no_more_is_borrowed_than_the_share_of_the_next_year(m3: int, passes: bool) -> None:
    given_next: dict[str, Any] = {"next_allowance_m3": Decimal(1200), "rule": _rule(**BORROW), "book": Book()}
    if passes:
        entry = borrowing_entry(_wish(m3, 12), from_months={1: Decimal(m3)}, **given_next)
        book = approve(given(ACCOUNT, NEXT_YEAR), entry)
        assert [allowance_on(book, each) for each in (ACCOUNT, NEXT_YEAR)] == [1200 + m3, 1200 - m3]
    else:
        with pytest.raises(NotAllowedError, match="no more than"):
            borrowing_entry(_wish(m3, 12), from_months={1: Decimal(m3)}, **given_next)


def test_what_was_borrowed_counts_against_the_rest() -> None:
    fields: dict[str, Any] = {"next_allowance_m3": Decimal(1200), "rule": _rule(**BORROW)}
    both = given(ACCOUNT, NEXT_YEAR)
    first = borrowing_entry(_wish(40, 12), from_months={1: Decimal(40)}, book=both, **fields)
    with pytest.raises(NotAllowedError, match="no more than 20"):
        borrowing_entry(
            _wish(21, 12, key="x"), from_months={2: Decimal(21)}, book=approve(both, first), **fields
        )


def test_water_borrowed_from_a_further_year_is_not_lent_beyond_the_share() -> None:
    third = replace(NEXT_YEAR, year=2029)
    fields: dict[str, Any] = {"next_allowance_m3": Decimal(1200), "rule": _rule(**BORROW)}
    years = given(ACCOUNT, NEXT_YEAR, third)
    wish = replace(_wish(40, 12, key="later"), account=NEXT_YEAR)
    book = approve(years, borrowing_entry(wish, from_months={1: Decimal(40)}, book=years, **fields))
    with pytest.raises(NotAllowedError, match="no more than 60"):
        borrowing_entry(_wish(61, 12), from_months={2: Decimal(61)}, book=book, **fields)


def test_nothing_is_borrowed_without_a_rule_or_a_next_year() -> None:
    rest: dict[str, Any] = {"from_months": {1: Decimal(1)}, "book": Book()}
    with pytest.raises(NotAllowedError, match="no rule"):
        borrowing_entry(_wish(1), next_allowance_m3=Decimal(9), rule=_rule(borrow="forbidden"), **rest)
    with pytest.raises(NotAllowedError, match="no allowance yet"):
        borrowing_entry(_wish(1), next_allowance_m3=None, rule=_rule(**BORROW), **rest)


@pytest.mark.parametrize(
    "fields",
    [
        {"carry": "maybe"},
        {"carry": "allowed"},
        {"carry": "allowed", "carry_share": "1.1"},
        {"use_by_month": "13"},
        {"colour": "blue"},
    ],
)
def test_a_rule_that_cannot_be_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(BadRuleError):
        _rule(**fields)
