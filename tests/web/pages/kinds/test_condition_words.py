"""Conditions and figures in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shuiheng.rules.conditions import Condition, Group, Operand, Operator
from shuiheng.web.pages.kinds.condition_words import condition_words, fact_name, figure


def _is(fact: str, *words: str, operator: Operator = Operator.IS) -> Condition:
    return Condition(fact=fact, operator=operator, words=words)


def _least(fact: str, *operands: Operand) -> Condition:
    return Condition(fact=fact, operator=Operator.AT_LEAST, operands=operands)


PUBLIC = _is("is_public", "yes")
METERED = _least("metering_rate", Operand(number=Decimal("0.95")))


@pytest.mark.parametrize(
    ("group", "said"),
    [
        (Group(), ""),
        (Group(parts=(PUBLIC,)), "公共机构：是"),
        (Group(parts=(_is("site_type", "school", "hotel", operator=Operator.AMONG),)),
         "单位类型：中小学、幼儿园、酒店"),
        (Group(parts=(METERED,)), "水计量率 ≥ 95%"),
        (Group(parts=(PUBLIC, METERED), is_any=True), "公共机构：是 或 水计量率 ≥ 95%"),
        (Group(parts=(PUBLIC, Group(parts=(PUBLIC, METERED), is_any=True))),
         "公共机构：是，（公共机构：是 或 水计量率 ≥ 95%）"),
        (Group(parts=(PUBLIC, METERED), is_negated=True), "不得有：公共机构：是；水计量率 ≥ 95%"),
        (Group(parts=(_is("member:balance_test", "yes"),)), "列入水平衡测试名录"),
        (Group(parts=(_least("leak_rate", Operand(fact="metering_rate"), Operand(number=Decimal(0))),)),
         "漏失率 ≥ 水计量率，没有的取0%"),
    ],
)  # fmt: skip
def test_conditions_are_said_in_one_sentence(group: Group, said: str) -> None:
    assert condition_words(group) == said


def test_a_rule_is_said_by_its_name_and_field() -> None:
    operand = Operand(rule="audits/balance_test", part="every")
    said = condition_words(Group(parts=(_least("use_year_m3", operand),)))
    assert said.startswith("上年用水量 ≥ ") and "audits" not in said


def test_a_fact_that_nobody_knows_stands_by_its_id() -> None:
    assert fact_name("poetry") == "poetry"
    assert figure(Decimal("2.50"), "poetry") == "2.5"
    assert figure(Decimal("1000"), "use_year_m3") == "1000 m³"
