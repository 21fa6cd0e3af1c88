"""The demo city has made-up values that bind and say that they are made up."""

from __future__ import annotations

from datetime import date

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import LocalRule, Role
from shuiheng.rules.parameter import Asked
from shuiheng.services.rules.demo_rules import VALUES, settle_demo_rules
from shuiheng.services.rules.rulebook_now import rulebook_now

pytestmark = pytest.mark.django_db


def test_the_values_bind_and_one_waits() -> None:
    city = the_office().place
    assert settle_demo_rules(city) == 0
    for name, role in (("officer", Role.OFFICE_CLERK), ("reviewer", Role.OFFICE_REVIEWER)):
        make_account(name, role)
    assert settle_demo_rules(city) == len(VALUES) + 1
    assert settle_demo_rules(city) == 0
    book = rulebook_now(city)
    for rule, *_rest in VALUES:
        held = book.value(rule, Asked(area=city.code, on=date(2026, 11, 1)))
        assert held.is_binding and "虚构" in held.source, rule
    assert LocalRule.objects.filter(state="proposed").count() == 1
