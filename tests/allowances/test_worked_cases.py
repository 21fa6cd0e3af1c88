"""The worked cases of this room come out as they say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shuiheng.adapters.rulebook.cases import shipped_cases
from shuiheng.adapters.rulebook.use_norms import shipped_use_norms
from shuiheng.adapters.rulebook.workdays import load_workdays
from shuiheng.allowances.errors import BadRuleError
from shuiheng.allowances.worked_cases import KINDS, Knowledge, reckoned
from shuiheng.rules.worked_case import WorkedCase

CASES = shipped_cases("allowances")
KNOWLEDGE = Knowledge(norms={each.id: each for each in shipped_use_norms()}, calendar=load_workdays())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_each_case_comes_out_as_it_says(case: WorkedCase) -> None:
    found = reckoned(case, KNOWLEDGE)
    assert {name: found.get(name) for name in case.expected} == case.expected


def test_every_kind_has_cases() -> None:
    assert {case.kind for case in CASES} == set(KINDS)
    assert len(CASES) >= 45


def _case(kind: str) -> WorkedCase:
    return next(case for case in CASES if case.kind == kind)


@pytest.mark.parametrize(
    "case",
    [
        replace(_case("allowance"), kind="tithe"),
        replace(_case("allowance"), given={"uses": "many"}),
        replace(_case("norm_grade"), given={"norm": "no such norm"}),
        replace(_case("headcount"), given={"people": "many"}),
        replace(_case("cut"), given={}),
    ],
)
def test_a_case_that_cannot_be_worked_out_is_refused(case: WorkedCase) -> None:
    with pytest.raises(BadRuleError):
        reckoned(case, KNOWLEDGE)
