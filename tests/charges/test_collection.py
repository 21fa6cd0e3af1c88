"""What came in, and how long the rest is overdue."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from shuiheng.charges.collection import Debt, arrears_ageing, collection_rate
from shuiheng.charges.errors import BadFigureError

ON = date(2026, 6, 30)


def debt(charged: str, paid: str, late: int = 0) -> Debt:
    return Debt(key="1", charged=Decimal(charged), paid=Decimal(paid), due_on=ON - timedelta(days=late))


def test_the_rate_is_what_was_paid_of_what_was_charged() -> None:
    found = collection_rate([debt("100", "90"), debt("100", "100")])
    assert found is not None
    assert (found.value, found.steps[-1].formula) == (Decimal("0.95"), "190 ÷ 200")


def test_what_one_paid_too_much_does_not_make_up_for_another() -> None:
    found = collection_rate([debt("100", "150"), debt("100", "50")])
    assert found is not None and found.value == Decimal("0.75")


def test_without_charges_there_is_no_rate() -> None:
    assert collection_rate([]) is None


def test_arrears_stand_by_their_age() -> None:
    debts = [
        debt("10", "0", 0),
        debt("20", "5", 1),
        debt("30", "0", 30),
        debt("40", "0", 31),
        debt("9", "9", 99),
    ]
    ages = arrears_ageing(debts, on=ON, edges=[30, 90])
    assert [(age.since, age.up_to, age.count, age.owed) for age in ages] == [
        (1, 30, 2, 45), (31, 90, 1, 40), (91, None, 0, 0)
    ]  # fmt: skip


@pytest.mark.parametrize("edges", [[0], [30, 30], [90, 30]])
def test_ages_must_rise(edges: list[int]) -> None:
    with pytest.raises(BadFigureError):
        arrears_ageing([], on=ON, edges=edges)
