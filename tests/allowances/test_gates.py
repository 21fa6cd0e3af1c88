"""Gates: three values of truth, which rule is asked, what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.allowances.gates import (
    Gate,
    GateOutcome,
    asked_gates,
    facts_of_gate,
    look_at_gate,
    rules_of_gate,
)
from shuiheng.rules.basis import Basis
from shuiheng.rules.conditions import Condition, Ground, Group, Known, Operand, Operator
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Asked, DatedValue, Mark, Parameter, Shape, Value

DAY = date(2026, 1, 1)
ASKED = Asked(area="3702", on=DAY)


def _yes(fact: str) -> Condition:
    return Condition(fact=fact, operator=Operator.IS, words=("yes",))


def _basis(area: str = "", valid_from: date = DAY) -> Basis:
    return Basis(source="law", clause="第一条", area=area, valid_from=valid_from, mark=Mark.FOUND)


def _gate(**changed: Any) -> Gate:
    given_: dict[str, Any] = {
        "id": "gate",
        "names": {"zh": "门", "en": "gate"},
        "kinds": frozenset({"new"}),
        "stage": "permit",
        "applies": Group(),
        "passes": Group(parts=(_yes("a"), _yes("b"))),
        "evidence": {"zh": "据", "en": "paper"},
        "bases": (_basis(),),
    }
    return Gate(**{**given_, **changed})


def _rule(value: Value, shape: Shape = Shape.NUMBER) -> Rulebook:
    dated = DatedValue(
        rule="gates/size", area="", valid_from=DAY, value=value, source="law", clause="", recorded_on=DAY
    )
    rule = Parameter(
        id="gates/size",
        names={},
        unit="m2",
        shape=shape,
        fields={"hotel": "m2", "office": "m2"},
        values=(dated,),
    )
    return Rulebook({"gates/size": rule})


def _look(gate: Gate, book: Rulebook | None = None, **facts: Any) -> GateOutcome:
    known = {name: Known(value=value) for name, value in facts.items()}
    return look_at_gate(gate, Ground(facts=known, book=book or Rulebook({}), asked=ASKED)).outcome


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"a": True, "b": True}, "passed"),
        ({"a": True, "b": False}, "failed"),
        ({"a": True}, "unknown"),
        ({"a": False}, "failed"),
        ({}, "unknown"),
    ],
)
def test_all_conditions_must_hold_and_one_that_breaks_is_enough_to_fail(
    facts: dict[str, bool], outcome: str
) -> None:
    assert _look(_gate(), **facts) == outcome


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [({"a": True}, "passed"), ({"a": False}, "unknown"), ({"a": False, "b": False}, "failed")],
)
def test_any_condition_is_enough_to_pass(facts: dict[str, bool], outcome: str) -> None:
    gate = _gate(passes=Group(parts=(_yes("a"), _yes("b")), is_any=True))
    assert _look(gate, **facts) == outcome


@pytest.mark.parametrize(("fact", "outcome"), [(True, "unknown"), (False, "not_asked"), (None, "unknown")])
def test_a_gate_that_does_not_apply_is_not_asked(fact: bool | None, outcome: str) -> None:
    facts = {} if fact is None else {"takes": fact}
    assert _look(_gate(applies=Group(parts=(_yes("takes"),))), **facts) == outcome


@given(
    before=st.dictionaries(st.sampled_from("ab"), st.booleans()),
    fact=st.sampled_from("ab"),
    value=st.booleans(),
)
def test_a_further_fact_never_changes_what_was_settled(
    before: dict[str, bool], fact: str, value: bool
) -> None:
    settled = _look(_gate(), **before)
    after = _look(_gate(), **{fact: value, **before})
    assert settled is GateOutcome.UNKNOWN or after is settled


def _limit(operator: Operator, *operands: Operand) -> Gate:
    return _gate(passes=Group(parts=(Condition(fact="size", operator=operator, operands=operands),)))


@pytest.mark.parametrize(
    ("operator", "below", "at", "above"),
    [
        (Operator.AT_LEAST, "failed", "passed", "passed"),
        (Operator.ABOVE, "failed", "failed", "passed"),
        (Operator.AT_MOST, "passed", "passed", "failed"),
        (Operator.BELOW, "passed", "failed", "failed"),
    ],
)
def test_operators_at_both_sides_of_the_number(operator: Operator, below: str, at: str, above: str) -> None:
    gate, book = _limit(operator, Operand(rule="gates/size")), _rule(Decimal(100))
    found = [_look(gate, book, size=Decimal(size)) for size in ("99.999", "100", "100.001")]
    assert found == [below, at, above]


def test_a_rule_without_a_value_there_leaves_the_gate_unknown_and_is_named() -> None:
    empty = Parameter(id="gates/size", names={}, unit="m2", shape=Shape.NUMBER, fields={}, values=())
    ground = Ground(
        facts={"size": Known(value=Decimal(1))}, book=Rulebook({"gates/size": empty}), asked=ASKED
    )
    result = look_at_gate(_limit(Operator.AT_LEAST, Operand(rule="gates/size")), ground)
    assert (result.outcome, result.missing) == (GateOutcome.UNKNOWN, ("rule:gates/size",))


def test_the_first_number_that_is_known_counts() -> None:
    gate = _limit(Operator.AT_LEAST, Operand(fact="own"), Operand(rule="gates/size"))
    book = _rule(Decimal(100))
    assert _look(gate, book, size=Decimal(60), own=Decimal(50)) == "passed"
    assert _look(gate, book, size=Decimal(60)) == "failed"


def test_a_field_that_the_rule_does_not_have_is_no_condition() -> None:
    book = _rule({"hotel": Decimal(20_000)}, Shape.RECORD)
    parts = tuple(
        Condition(fact=fact, operator=Operator.AT_LEAST, operands=(Operand(rule="gates/size", part=part),))
        for fact, part in (("size", "hotel"), ("use", "office"))
    )
    gate = _gate(applies=Group(parts=parts), passes=Group(parts=(_yes("a"),)))
    assert _look(gate, book, size=Decimal(20_000), a=True) == "passed"
    unsaid = _gate(applies=Group(parts=parts[1:]), passes=Group(parts=(_yes("a"),)))
    assert _look(unsaid, book, use=Decimal(1), a=False) == "not_asked"


def test_gates_are_asked_by_kind_place_and_day() -> None:
    here = _gate(id="here", bases=(_basis("3702"),))
    gates = [
        here,
        _gate(id="elsewhere", bases=(_basis("3301"),)),
        _gate(id="later", bases=(_basis("", date(2026, 1, 2)),)),
        _gate(id="renewals", kinds=frozenset({"renewal"})),
        _gate(id="nation"),
    ]
    assert [each.id for each in asked_gates(gates, kind="new", asked=ASKED)] == ["here", "nation"]


def test_a_clause_that_speaks_of_new_projects_asks_nothing_of_others() -> None:
    own = replace(_basis("3702"), kinds=frozenset({"new"}))
    both = frozenset({"new", "rebuilt"})
    gates = [_gate(id="own", kinds=both, bases=(own,)), _gate(id="both", kinds=both, bases=(own, _basis()))]
    assert [each.id for each in asked_gates(gates, kind="new", asked=ASKED)] == ["own", "both"]
    (left,) = asked_gates(gates, kind="rebuilt", asked=ASKED)
    assert left.id == "both" and [each.area for each in left.bases] == [""]


def test_a_gate_of_the_place_stands_instead_of_the_general_one() -> None:
    gates = [_gate(id="nation"), _gate(id="own", bases=(_basis("37"),), instead_of="nation")]
    assert [each.id for each in asked_gates(gates, kind="new", asked=ASKED)] == ["own"]
    other = Asked(area="3301", on=DAY)
    assert [each.id for each in asked_gates(gates, kind="new", asked=other)] == ["nation"]


def test_clauses_and_rules_that_were_used_are_cited() -> None:
    gate = _limit(Operator.AT_LEAST, Operand(rule="gates/size"))
    ground = Ground(facts={"size": Known(value=Decimal(1))}, book=_rule(Decimal(100)), asked=ASKED)
    result = look_at_gate(gate, ground)
    assert [each.rule for each in result.citations] == ["gates/gate", "gates/size"]
    assert not result.bases[0].is_binding


def test_a_gate_tells_its_facts_and_rules() -> None:
    inner = Group(parts=(_yes("b"),), is_any=True)
    limit = Condition(
        fact="size", operator=Operator.BELOW, operands=(Operand(fact="own"), Operand(rule="gates/size"))
    )
    gate = _gate(applies=Group(parts=(_yes("a"), inner)), passes=Group(parts=(limit,)))
    assert facts_of_gate(gate) == {"a", "b", "size", "own"}
    assert rules_of_gate(gate) == {"gates/size"}
