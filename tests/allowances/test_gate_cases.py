"""The worked cases of permits and gates come out as they say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shuiheng.adapters.rulebook.cases import shipped_cases
from shuiheng.adapters.rulebook.gates import shipped_gates
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.allowances.errors import BadRuleError
from shuiheng.allowances.gate_cases import GateKnowledge, gate_case
from shuiheng.rules.worked_case import WorkedCase

CASES = shipped_cases("gates")
KNOWLEDGE = GateKnowledge(gates={each.id: each for each in shipped_gates()}, book=shipped_rulebook())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_each_case_comes_out_as_it_says(case: WorkedCase) -> None:
    found = gate_case(case, KNOWLEDGE)
    assert {name: found.get(name) for name in case.expected} == case.expected


def test_there_are_cases_of_permits_and_of_gates() -> None:
    assert {case.kind for case in CASES} == {"permit", "gate"}
    assert len(CASES) >= 50


def _gate_case() -> WorkedCase:
    return next(case for case in CASES if case.kind == "gate")


@pytest.mark.parametrize(
    "case",
    [
        replace(_gate_case(), kind="tithe"),
        replace(_gate_case(), given={"gate": "no_such_gate", "day": "2026-01-01"}),
        replace(_gate_case(), given={**_gate_case().given, "facts": "many"}),
        replace(_gate_case(), given={**_gate_case().given, "facts": {"needs_permit": ()}}),
    ],
)
def test_a_case_that_cannot_be_worked_out_is_refused(case: WorkedCase) -> None:
    with pytest.raises(BadRuleError):
        gate_case(case, KNOWLEDGE)
