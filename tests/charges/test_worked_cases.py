"""The worked cases of the rulebook come out as they say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from shuiheng.adapters.rulebook.cases import shipped_cases
from shuiheng.charges.errors import UnknownFigureError
from shuiheng.charges.worked_cases import KINDS, reckoned
from shuiheng.rules.worked_case import WorkedCase

CASES = shipped_cases("charges")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_each_case_comes_out_as_it_says(case: WorkedCase) -> None:
    found = reckoned(case)
    assert {name: found.results[name] for name in case.expected} == case.expected
    assert found.derived.value == found.results["amount_yuan"] == found.derived.steps[-1].value


def test_every_kind_has_cases() -> None:
    assert {case.kind for case in CASES} == set(KINDS)
    assert len(CASES) >= 80


def test_a_case_rests_on_values_that_nobody_checked() -> None:
    assert all(reckoned(case).derived.is_trial for case in CASES)


def test_a_case_that_lacks_a_figure_or_has_no_kind_is_refused() -> None:
    case = next(case for case in CASES if case.kind == "surcharge")
    with pytest.raises(UnknownFigureError, match="plan"):
        reckoned(replace(case, given={"volume_m3": Decimal(1), "price": Decimal(1)}))
    with pytest.raises(UnknownFigureError, match="kind"):
        reckoned(replace(case, kind="tithe"))
    late = next(case for case in CASES if case.kind == "late_fee")
    with pytest.raises(UnknownFigureError, match="principal"):
        reckoned(replace(late, given={}))
