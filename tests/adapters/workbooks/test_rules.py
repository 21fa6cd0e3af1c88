from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from adapters.workbooks.making import FORM
from shuiheng.adapters.workbooks import Column, ColumnForm, RowRule, RuleKind, Template, Value
from shuiheng.adapters.workbooks.rules import broken_rules

NONE: frozenset[str] = frozenset()


def _sum_form(operator: str) -> Template:
    rule = RowRule(kind=RuleKind.COMPARE, left="meters", operator=operator, right=("plan", "done"))
    return replace(FORM, rules=(rule,))


@pytest.mark.parametrize(
    ("operator", "holding", "breaking"),
    [("=", 7, 8), ("<=", 7, 8), (">=", 7, 6), ("<", 6, 7), (">", 8, 7)],
)
def test_a_comparison_with_a_sum_is_held_on_both_sides(operator: str, holding: int, breaking: int) -> None:
    values: dict[str, Value] = {"plan": Decimal("3.5"), "done": Decimal("3.5"), "meters": holding}
    assert not list(broken_rules(_sum_form(operator), values, at_fault=NONE))
    ((key, fault),) = broken_rules(_sum_form(operator), {**values, "meters": breaking}, at_fault=NONE)
    assert key == "meters"
    assert dict(fault.values) == {"operator": operator, "others": "计划节水量 + 实际节水量", "expected": "7"}


def test_a_rule_with_a_blank_or_faulty_cell_is_not_held() -> None:
    values: dict[str, Value] = {"plan": None, "done": Decimal(9), "meters": 1}
    assert not list(broken_rules(_sum_form("="), values, at_fault=NONE))
    whole = {**values, "plan": Decimal(9)}
    assert not list(broken_rules(_sum_form("="), whole, at_fault=frozenset({"plan"})))


def test_days_are_compared_with_days() -> None:
    begun = Column(key="begun", zh="开工日期", form=ColumnForm.DAY)
    rule = RowRule(kind=RuleKind.COMPARE, left="on", operator=">=", right=("begun",))
    form = replace(FORM, columns=(*FORM.columns, begun), rules=(rule,))
    early: dict[str, Value] = {"begun": date(2026, 5, 1), "on": date(2026, 4, 30)}
    assert [fault.cause for _, fault in broken_rules(form, early, at_fault=NONE)] == ["rule_broken"]
    assert not list(broken_rules(form, {**early, "on": date(2026, 5, 1)}, at_fault=NONE))


def test_a_cell_is_required_only_when_the_other_says_so() -> None:
    late: dict[str, Value] = {"state": "滞后", "obstacle": None}
    assert [(key, fault.cause) for key, fault in broken_rules(FORM, late, at_fault=NONE)] == [
        ("obstacle", "required_here")
    ]
    assert not list(broken_rules(FORM, {**late, "state": "已完成"}, at_fault=NONE))
    assert not list(broken_rules(FORM, {**late, "obstacle": "征地未完"}, at_fault=NONE))
