"""The rules of a year are read as they hold on its day; what the place does not set is None."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from office import the_office
from services.allowances.planned_city import local_rule
from shuiheng.adapters.records.models import Account
from shuiheng.services.allowances.year_rules import day_of_rules, year_rules
from shuiheng.services.errors import ServiceError

pytestmark = pytest.mark.django_db


def test_national_values_hold_where_the_city_has_none() -> None:
    rules = year_rules(the_office().place, 2026)
    assert rules.method is not None and rules.method.id == "first_known"
    assert (rules.covered, rules.adjustment) == (None, None)
    assert rules.proposals_due is not None and rules.proposals_due.on == date(2025, 12, 31)
    assert rules.plan_due is not None and rules.plan_due.on == date(2026, 1, 31)
    assert rules.split_step_m3 == Decimal(1)
    assert rules.sharing is not None and rules.sharing.step_m3 == 1  # what the method rounds to
    assert rules.citations[0].rule == "allowances/method"


def test_a_value_of_the_city_goes_before_and_one_of_another_form_is_refused(officer: Account) -> None:
    local_rule(officer, "allowances/adjustment", {"decide_within": "5"})
    rules = year_rules(the_office().place, 2026)
    assert rules.adjustment is not None and rules.adjustment.answer_workdays == 5
    local_rule(officer, "allowances/method", {"method": "minimum"})
    with pytest.raises(ServiceError) as error:
        year_rules(the_office().place, 2026)
    assert error.value.code == "allowances.bad_rule"


def test_the_day_of_a_year_is_today_or_its_nearest_end() -> None:
    assert day_of_rules(2026, date(2026, 5, 20)) == date(2026, 5, 20)
    assert day_of_rules(2027, date(2026, 5, 20)) == date(2027, 1, 1)
    assert day_of_rules(2025, date(2026, 5, 20)) == date(2025, 12, 31)
