"""What is owed never falls below 0, and a refund changes nothing of what is owed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.records.models import Charge, ChargeEntry
from shuiheng.services.charges.balance import Balance, balance_of

FEN = st.decimals(min_value=0, max_value=10**6, places=2)


def _entry(kind: str, amount: str, state: str = "released") -> ChargeEntry:
    return ChargeEntry(kind=kind, state=state, amount_yuan=Decimal(amount))


def test_each_kind_counts_in_its_own_way_and_only_when_released() -> None:
    charge = Charge(amount_yuan=Decimal(100), state="issued")
    entries = [
        _entry("payment", "60"),
        _entry("late_fee", "5"),
        _entry("waiver", "10"),
        _entry("waiver", "7", "asked"),
        _entry("refund", "20"),
        _entry("refund", "3", "asked"),
        _entry("waiver", "50", "rejected"),
    ]
    balance = balance_of(charge, entries)
    assert (balance.owed, balance.may_be_waived) == (Decimal(35), Decimal(28))
    assert (balance.may_be_refunded, balance.collected) == (Decimal(37), Decimal(40))
    assert balance.to_collect == Decimal(75)


@pytest.mark.parametrize("state", ["draft", "reversed"])
def test_nothing_is_owed_of_what_was_not_issued_or_was_reversed(state: str) -> None:
    balance = balance_of(Charge(amount_yuan=Decimal(100), state=state), [_entry("payment", "100")])
    assert (balance.owed, balance.may_be_refunded) == (0, Decimal(100))


@given(FEN, FEN, FEN, FEN)
def test_a_refund_within_what_was_paid_leaves_what_is_owed(
    charged: Decimal, waived: Decimal, paid: Decimal, refunded: Decimal
) -> None:
    before = Balance(charged=charged, waived=waived, refunded=Decimal(0), paid=paid)
    after = Balance(charged=charged, waived=waived, refunded=min(refunded, paid), paid=paid)
    assert before.owed == after.owed >= 0
    assert after.collected >= 0
    assert after.may_be_refunded == paid - min(refunded, paid)
