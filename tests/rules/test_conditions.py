"""Conditions: three values of truth, negation, numbers, and what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.rules.conditions import (
    Condition,
    FactValue,
    Ground,
    Group,
    Judged,
    Known,
    Operand,
    Operator,
    Truth,
    facts_of,
    judge,
    rules_of,
)
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Asked, DatedValue, Parameter, Shape

NAMES = "abc"


def _ground(**facts: FactValue) -> Ground:
    known = {name: Known(value=value) for name, value in facts.items()}
    return Ground(facts=known, book=Rulebook({}), asked=Asked(area="", on=date(2026, 1, 1)))


def _judge(group: Group, **facts: FactValue) -> Judged:
    return judge(group, _ground(**facts))


def _yes(fact: str) -> Condition:
    return Condition(fact=fact, operator=Operator.IS, words=("yes",))


def _none(*parts: Condition) -> Group:
    return Group(parts=parts, is_negated=True)


@pytest.mark.parametrize(
    ("facts", "truth"),
    [
        ({"a": False, "b": False}, Truth.HOLDS),
        ({"a": True}, Truth.BREAKS),
        ({"a": False}, Truth.UNKNOWN),
    ],
)
def test_none_of_the_conditions_may_hold(facts: dict[str, FactValue], truth: Truth) -> None:
    assert _judge(_none(_yes("a"), _yes("b")), **facts).truth is truth


def test_what_is_missing_is_named_only_while_it_matters() -> None:
    group = Group(parts=(_yes("a"), _yes("b")))
    assert _judge(group, a=True).missing == ("b",)
    assert _judge(group, a=False).missing == ()


@pytest.mark.parametrize(
    ("size", "truth"), [("49.99", Truth.BREAKS), ("50", Truth.HOLDS), ("x", Truth.UNKNOWN)]
)
def test_a_number_of_the_clause_is_a_limit(size: str, truth: Truth) -> None:
    limit = Condition(fact="size", operator=Operator.AT_LEAST, operands=(Operand(number=Decimal(50)),))
    value: FactValue = Decimal(size) if size != "x" else size
    assert _judge(Group(parts=(limit,)), size=value).truth is truth


@pytest.mark.parametrize("group", [Group(), Group(parts=(Group(),)), Group(is_any=True), _none()])
def test_a_group_that_asks_nothing_holds(group: Group) -> None:
    assert _judge(group).truth is Truth.HOLDS


def test_a_rule_without_a_number_is_silent_unless_a_fact_would_tell() -> None:
    value = DatedValue(
        rule="gates/size",
        area="",
        valid_from=date(2020, 1, 1),
        value={},
        source="law",
        clause="第一条",
        recorded_on=date(2020, 1, 1),
    )
    silent = Parameter(
        id="gates/size", names={}, unit="", shape=Shape.RECORD, fields={"big": "m2"}, values=(value,)
    )
    book = Rulebook({"gates/size": silent, "gates/none": replace(silent, id="gates/none", values=())})
    for operands, truth in (
        ((Operand(rule="gates/size", part="big"),), Truth.UNSAID),
        ((Operand(rule="gates/size", part="big"), Operand(rule="gates/none")), Truth.UNSAID),
        ((Operand(rule="gates/size", part="big"), Operand(fact="own")), Truth.UNKNOWN),
    ):
        limit = Condition(fact="size", operator=Operator.BELOW, operands=operands)
        found = judge(Group(parts=(limit,)), replace(_ground(size=Decimal(1)), book=book))
        assert found.truth is truth


def test_a_word_is_among_words() -> None:
    among = Condition(fact="trade", operator=Operator.AMONG, words=("steel", "paper"))
    assert _judge(Group(parts=(among,)), trade="paper").truth is Truth.HOLDS
    assert _judge(Group(parts=(among,)), trade="school").truth is Truth.BREAKS


def test_a_group_tells_its_facts_and_rules_at_any_depth() -> None:
    limit = Condition(
        fact="size", operator=Operator.BELOW, operands=(Operand(fact="own"), Operand(rule="gates/size"))
    )
    group = Group(parts=(_none(_yes("a")), Group(parts=(limit,), is_any=True)))
    assert facts_of(group) == {"a", "size", "own"}
    assert rules_of(group) == {"gates/size"}


GROUPS = st.recursive(
    st.sampled_from([_yes(name) for name in NAMES]).map(lambda each: Group(parts=(each,))),
    lambda inner: st.builds(
        Group,
        parts=st.lists(inner, min_size=1, max_size=3).map(tuple),
        is_any=st.booleans(),
        is_negated=st.booleans(),
    ),
    max_leaves=6,
)


def _plain(group: Group | Condition, facts: dict[str, bool]) -> bool:
    """Return what a group comes to when everything is known, by plain logic."""
    if isinstance(group, Condition):
        return facts[group.fact]
    held = [_plain(part, facts) for part in group.parts]
    if group.is_negated:
        return not any(held)
    return any(held) if group.is_any else all(held)


@given(
    group=GROUPS,
    facts=st.fixed_dictionaries({name: st.booleans() for name in NAMES}),
    hidden=st.sets(st.sampled_from(NAMES)),
)
def test_what_is_settled_without_a_fact_stays_so_with_it(
    group: Group, facts: dict[str, bool], hidden: set[str]
) -> None:
    full = _judge(group, **facts)
    part = _judge(group, **{name: value for name, value in facts.items() if name not in hidden})
    assert full.truth is (Truth.HOLDS if _plain(group, facts) else Truth.BREAKS)
    assert part.truth in (Truth.UNKNOWN, full.truth)
    assert bool(part.missing) is (part.truth is Truth.UNKNOWN)
