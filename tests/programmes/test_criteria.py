"""The tree of criteria: its leaves, their days, what they ask for."""

from __future__ import annotations

from decimal import Decimal

from programmes.made import NAMES, criteria, criterion, day, yes
from shuiheng.programmes.criteria import CriteriaGroup, CriterionRule
from shuiheng.rules.conditions import Condition, Group, Operand, Operator


def test_leaves_come_in_the_order_of_the_tree_at_any_depth() -> None:
    first, second, third = (criterion(name, CriterionRule.MANUAL, "10") for name in "abc")
    inner = CriteriaGroup(id="inner", names=NAMES, weight=Decimal(20), items=(second, third))
    outer = CriteriaGroup(id="outer", names=NAMES, weight=Decimal(30), items=(first, inner))
    tree = criteria(groups=(outer,), pass_marks={}, full=Decimal(30))
    assert [leaf.id for leaf in tree.leaves()] == ["a", "b", "c"]


def test_a_criterion_is_asked_on_its_days_only() -> None:
    leaf = criterion("a", CriterionRule.MANUAL, "10", valid_from=day(1), valid_to=day(3))
    assert [leaf.is_asked_on(day(number)) for number in range(4)] == [False, True, True, False]
    assert criterion("b", CriterionRule.MANUAL, "10").is_asked_on(day(-9999))


def test_a_criterion_tells_the_facts_and_rules_that_it_asks_for() -> None:
    limit = Condition(fact="size", operator=Operator.BELOW, operands=(Operand(rule="gates/size"),))
    leaf = criterion(
        "a",
        CriterionRule.THRESHOLD,
        "10",
        passes=Group(parts=(limit,)),
        applies=yes("is_big"),
        fact="rate",
    )
    assert (leaf.facts, leaf.rules) == ({"size", "is_big", "rate"}, {"gates/size"})
