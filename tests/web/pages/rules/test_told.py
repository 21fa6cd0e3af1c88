"""What is wrong with a value is said with the names of places, sources and fields."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.rules.proposals import the_city
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.rules.checks import check_rule_is_not_looser, check_rule_is_not_silent
from shuiheng.web.pages.rules.told import told

pytestmark = pytest.mark.django_db


def test_a_looser_value_is_told_by_names_and_not_by_codes() -> None:
    rule, city = shipped_rulebook()["permits/decision_days"], the_city()
    own = replace(
        rule.values[0], area="9901", value=Decimal(60), source="《某办法》", valid_from=date(2025, 1, 1)
    )
    wider = replace(rule, values=(*rule.values, own))
    (finding,) = check_rule_is_not_looser(wider)
    said = told(finding, wider, city)
    assert city.name in said and "宽于全国的规定（《取水许可和水资源费征收管理条例》" in said
    assert "《某办法》" in said and "cn-reg-460" not in said


def test_what_a_value_leaves_out_is_named_in_words() -> None:
    rule, city = shipped_rulebook()["ledger/online_metering_year_m3"], the_city()
    own = replace(rule.values[0], area="9901", value={"surface": Decimal(1)}, valid_from=date(2025, 1, 1))
    wider = replace(rule, values=(*rule.values, own))
    (finding,) = check_rule_is_not_silent(wider)
    assert "没有地下水" in told(finding, wider, city)
