"""The demo has one issued surcharge under made-up accepted rules, refunded by two persons, made once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from office import make_account
from services.charges.made_up import City, made_up_city
from shuiheng.adapters.records.models import Account, Charge, ChargeRun, LocalRule, Role
from shuiheng.services.charges.demo_charges import RULES, TITLE, settle_demo_charges

pytestmark = pytest.mark.django_db
MARCH = date(2025, 3, 1)


@pytest.fixture
def demo(officer: Account) -> City:
    """A city with the people of the demo and no rules of its own."""
    for name, role in (
        ("officer", Role.OFFICE_CLERK),
        ("reviewer", Role.OFFICE_REVIEWER),
        ("leader", Role.OFFICE_LEADER),
    ):
        make_account(name, role)
    return made_up_city(officer)


def test_one_charge_is_issued_paid_and_refunded_under_rules_that_say_they_are_made_up(demo: City) -> None:
    demo.user("甲", litres={3: 120_000})
    assert settle_demo_charges(demo.metered.place, MARCH) == 1
    charge = Charge.objects.get(state="issued")
    # 10 m³ × 1 and 10 m³ × 1.5 at 3.85 + 1.40 + 0.20 yuan
    assert (charge.amount_yuan, charge.is_trial) == (Decimal("136.25"), False)
    refund = charge.entries.get(kind="refund")
    assert refund.state == "released"
    assert refund.asked_by != refund.released_by
    rules = LocalRule.objects.filter(state="accepted")
    assert rules.count() == len(RULES)
    assert all("虚构" in rule.source_title == TITLE for rule in rules)
    assert settle_demo_charges(demo.metered.place, MARCH) == 0
    assert ChargeRun.objects.count() == 1


def test_where_nobody_exceeds_its_plan_the_run_stays_a_draft(demo: City) -> None:
    demo.user("甲", litres={3: 90_000})
    assert settle_demo_charges(demo.metered.place, MARCH) == 0
    assert ChargeRun.objects.get().state == "draft"


def test_without_the_people_of_the_demo_nothing_is_made(officer: Account) -> None:
    assert settle_demo_charges(made_up_city(officer).metered.place, MARCH) == 0
    assert not ChargeRun.objects.exists()
