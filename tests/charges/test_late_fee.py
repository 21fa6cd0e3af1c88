"""Late fees by the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from charges.made import dated
from shuiheng.charges.errors import BadFigureError, BadRuleError
from shuiheng.charges.late_fee import LateFeeRule, Payment, late_fee, late_fee_rule_of
from shuiheng.charges.steps import Figure

DUE = date(2026, 3, 10)


def rule(**fields: str) -> LateFeeRule:
    return late_fee_rule_of(
        dated({name: Decimal(text) for name, text in fields.items()}, rule="charges/late_fee")
    )


def fee(found: LateFeeRule, until: date, *payments: Payment, principal: str = "1000") -> Decimal:
    return late_fee(found, Figure(value=Decimal(principal)), due_on=DUE, until=until, payments=payments).value


@pytest.mark.parametrize(
    ("until", "expected"), [(date(2026, 3, 9), 0), (DUE, 0), (date(2026, 3, 11), 5), (date(2026, 3, 20), 50)]
)
def test_days_count_from_the_day_after_the_due_day(until: date, expected: int) -> None:
    assert fee(rule(rate_per_day="0.005"), until) == expected


@pytest.mark.parametrize(("day", "expected"), [(13, 0), (14, 5), (15, 10)])
def test_days_of_grace_cost_nothing(day: int, expected: int) -> None:
    assert fee(rule(rate_per_day="0.005", grace_days="3"), date(2026, 3, day)) == expected


def test_a_cap_holds_the_fee_at_a_share_of_the_principal() -> None:
    capped = rule(rate_per_day="0.05", cap_share="1")
    assert fee(capped, date(2026, 3, 30)) == 1000  # 20 days
    assert fee(capped, date(2026, 3, 31)) == 1000
    assert fee(rule(rate_per_day="0.05"), date(2026, 3, 31)) == 1050


def test_what_was_paid_no_longer_grows() -> None:
    half = Payment(on=date(2026, 3, 15), amount=Decimal(500))
    assert fee(rule(rate_per_day="0.01"), date(2026, 3, 20), half) == 5 * 10 + 5 * 5
    rest = Payment(on=date(2026, 3, 18), amount=Decimal(500))
    assert fee(rule(rate_per_day="0.01"), date(2026, 6, 1), rest, half) == 5 * 10 + 3 * 5


def test_a_payment_in_time_leaves_less_to_grow() -> None:
    early = Payment(on=date(2026, 3, 1), amount=Decimal(400))
    assert fee(rule(rate_per_day="0.01"), date(2026, 3, 20), early) == 60
    all_of_it = Payment(on=DUE, amount=Decimal(1000))
    assert fee(rule(rate_per_day="0.01"), date(2026, 3, 20), all_of_it) == 0


def test_a_payment_behind_the_day_is_not_yet_seen() -> None:
    later = Payment(on=date(2026, 4, 1), amount=Decimal(1000))
    assert fee(rule(rate_per_day="0.01"), date(2026, 3, 20), later) == 100


def test_a_negative_amount_is_refused() -> None:
    with pytest.raises(BadFigureError):
        fee(rule(rate_per_day="0.01"), DUE, principal="-1")
    with pytest.raises(BadRuleError, match="`rate_per_day`"):
        rule(rate_per_day="-0.01")
    with pytest.raises(BadRuleError, match="`cap_share`"):
        rule(rate_per_day="0.01", cap_share="-1")


def test_the_steps_name_the_days() -> None:
    found = late_fee(
        rule(rate_per_day="0.005", cap_share="1"),
        Figure(value=Decimal(1000)),
        due_on=DUE,
        until=date(2026, 3, 20),
    )
    assert [(step.name, step.label, step.formula) for step in found.steps] == [
        ("late_fee_of_days", "2026-03-11–2026-03-20", "1000 × 0.005 × 10"),
        ("late_fee_sum", "", "50"),
        ("late_fee_capped", "", "min(50, 1000 × 1)"),
        ("late_fee", "", "50 → 50.00"),
    ]


def test_where_the_rule_has_no_cap_the_usual_one_holds_and_cites_nothing() -> None:
    uncapped = replace(rule(rate_per_day="0.05"), usual_cap=Decimal(1))
    assert fee(uncapped, date(2026, 3, 30)) == fee(uncapped, date(2026, 3, 31)) == 1000  # 20 and 21 days
    found = late_fee(uncapped, Figure(value=Decimal(1000)), due_on=DUE, until=date(2026, 3, 31))
    assert [each.citation for each in found.steps if each.name == "late_fee_capped"] == [None]
    of_its_own = replace(rule(rate_per_day="0.05", cap_share="2"), usual_cap=Decimal(1))
    assert fee(of_its_own, date(2026, 3, 31)) == 1050
