"""Transfers of allowances."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from allowances.books import OTHER, approve, given
from allowances.made import ACCOUNT, record, value_of
from shuiheng.allowances.adjustments import ask
from shuiheng.allowances.effective import allowance_on
from shuiheng.allowances.entries import Book, Entry
from shuiheng.allowances.errors import BadRuleError, NotAllowedError
from shuiheng.allowances.model import Account
from shuiheng.allowances.transfers import Transfer, TransferRule, transfer_entry, transfer_rule_of

MARCH = date(2027, 3, 10)
OWN_OTHER = Account(user="u1", source="s2", year=2027)


def _rule(**fields: Any) -> TransferRule:
    return transfer_rule_of(value_of(record(**fields), rule="allowances/carry_over"))


def _entry(rule: TransferRule | None, book: Book | None = None, **fields: Any) -> Entry:
    given_fields = {"key": "t", "giver": ACCOUNT, "taker": OTHER, "months": {5: Decimal(30)}}
    transfer = Transfer(**(given_fields | fields))
    held = book or given(ACCOUNT, OTHER, OWN_OTHER)
    return transfer_entry(transfer, rule=rule, book=held, asked_on=MARCH, effective_on=MARCH)


def test_what_one_gives_the_other_takes() -> None:
    book = approve(given(ACCOUNT, OTHER), _entry(_rule(transfer="allowed")))
    assert [allowance_on(book, each) for each in (ACCOUNT, OTHER)] == [1170, 1230]


@pytest.mark.parametrize(("saved", "passes"), [(30, True), (29, False), (None, False)])
def test_where_only_saved_water_may_pass_its_amount_is_the_limit(saved: int | None, passes: bool) -> None:
    held = None if saved is None else Decimal(saved)
    if passes:
        _entry(_rule(transfer="saved_water"), saved_m3=held)
    else:
        with pytest.raises(NotAllowedError, match="saved"):
            _entry(_rule(transfer="saved_water"), saved_m3=held)


def test_saved_water_passes_once() -> None:
    rule, saved = _rule(transfer="saved_water"), Decimal(50)
    book = ask(given(ACCOUNT, OTHER), _entry(rule, saved_m3=saved))
    with pytest.raises(NotAllowedError, match="20 m³ are left"):
        _entry(rule, book, key="again", saved_m3=saved)
    assert _entry(rule, book, key="again", saved_m3=saved, months={5: Decimal(20)})


def test_water_that_was_received_is_not_saved_water() -> None:
    rule, saved = _rule(transfer="saved_water"), Decimal(30)
    received = _entry(_rule(transfer="allowed"), key="in", giver=OTHER, taker=ACCOUNT)
    book = approve(given(ACCOUNT, OTHER), received)
    with pytest.raises(NotAllowedError, match="30 m³ are left"):
        _entry(rule, book, saved_m3=saved, months={5: Decimal(31)})


def test_what_moves_between_own_sources_is_not_passed_on() -> None:
    own = _entry(_rule(between_sources="allowed"), key="own", taker=OWN_OTHER)
    book = approve(given(ACCOUNT, OTHER, OWN_OTHER), own)
    assert _entry(_rule(transfer="saved_water"), book, saved_m3=Decimal(30))


def test_between_own_sources_only_where_the_rule_says_so() -> None:
    assert _entry(_rule(between_sources="allowed"), taker=OWN_OTHER)
    with pytest.raises(NotAllowedError, match="between sources"):
        _entry(_rule(transfer="allowed"), taker=OWN_OTHER)
    with pytest.raises(NotAllowedError, match="between users"):
        _entry(_rule(between_sources="allowed"))


def test_without_a_rule_nothing_passes() -> None:
    with pytest.raises(NotAllowedError, match="no rule"):
        _entry(None)


def test_a_month_of_nothing_may_stand_in_a_transfer() -> None:
    assert _entry(_rule(transfer="allowed"), months={5: Decimal(30), 6: Decimal(0)}).legs[1].m3 == 30


def test_nobody_gives_less_than_nothing() -> None:
    with pytest.raises(NotAllowedError, match="wrong sign"):
        _entry(_rule(transfer="allowed"), months={5: Decimal(-30)})


@pytest.mark.parametrize(
    "fields", [{"transfer": "maybe"}, {"between_sources": "saved_water"}, {"colour": "x"}]
)
def test_a_rule_that_cannot_be_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(BadRuleError):
        _rule(**fields)
