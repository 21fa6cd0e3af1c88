"""What targets were made of: kept inputs give the same value again, and a tree down to cases and facts."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.made import KINDS, M3, PERCENT, WAN_M3, book, indicator
from shuiheng.indicators.derivation import NodeKind
from shuiheng.indicators.evaluate import Question, evaluate
from shuiheng.indicators.standing_content import (
    CaseAmount,
    count_inputs,
    indicator_inputs,
    inputs_tree,
    rate_inputs,
    recompute_inputs,
    report_inputs,
    rise_inputs,
)
from shuiheng.kernel.json_fields import JsonFormatError

AMOUNTS = st.decimals(min_value=0, max_value=10**6, places=4)


@given(st.lists(AMOUNTS, max_size=30), st.sampled_from(["1", "0.0001", "100"]))
def test_a_count_is_the_sum_of_its_cases_times_the_factor(amounts: list[Decimal], factor: str) -> None:
    cases = tuple(CaseAmount(case=str(key), amount=amount) for key, amount in enumerate(amounts))
    made_of = json.loads(json.dumps(count_inputs(cases, Decimal(factor))))
    assert str(recompute_inputs(made_of)) == str(sum(amounts, Decimal(0)) * Decimal(factor))
    tree = inputs_tree(made_of)
    assert [child.value for child in tree.children] == amounts
    assert all(child.origin == f"case:{child.key}" for child in tree.children)


def test_a_case_without_an_amount_leaves_the_count_unknown() -> None:
    cases = (CaseAmount(case="1", amount=Decimal(1)), CaseAmount(case="2", amount=None))
    made_of = count_inputs(cases, Decimal(1))
    assert recompute_inputs(made_of) is None
    assert inputs_tree(made_of).arithmetic == "1 + ?"


def test_equal_amounts_are_written_once() -> None:
    cases = tuple(CaseAmount(case=str(key), amount=Decimal(1)) for key in range(40))
    assert inputs_tree(count_inputs(cases, Decimal(1))).arithmetic == "40 × 1"


def test_a_share_is_numerator_by_denominator() -> None:
    made_of = rate_inputs(Decimal(1), Decimal(3), Decimal(100))
    assert recompute_inputs(made_of) == Decimal(1) / 3 * 100
    tree = inputs_tree(made_of)
    assert tree.arithmetic == "1 ÷ 3 × 100"
    assert [child.value for child in tree.children] == [1, 3]


def test_an_empty_list_has_no_share() -> None:
    assert recompute_inputs(rate_inputs(Decimal(0), Decimal(0), Decimal(1))) is None


def test_an_indicator_is_told_in_the_unit_of_the_target() -> None:
    facts = book(use={2024: "12.5"})
    figure = evaluate(indicator("use", WAN_M3), Question(year=2024), facts)
    made_of = json.loads(json.dumps(indicator_inputs(figure, KINDS, M3)))
    assert recompute_inputs(made_of) == Decimal(125000)
    assert inputs_tree(made_of).children[0].kind is NodeKind.FACT


def test_a_value_that_is_missing_stays_missing() -> None:
    figure = evaluate(indicator("use / other_use", PERCENT), Question(year=2024), book(use={2024: "1"}))
    assert recompute_inputs(indicator_inputs(figure, KINDS, PERCENT)) is None


def test_a_reported_value_stands_with_the_reports_that_say_so() -> None:
    made_of = json.loads(json.dumps(report_inputs(Decimal("3.50"), (7, 9))))
    assert str(recompute_inputs(made_of)) == "3.50"
    tree = inputs_tree(made_of)
    assert tree.kind is NodeKind.REPORTED and tree.value == Decimal("3.5")
    assert [child.origin for child in tree.children] == ["progress:7", "progress:9"]


@pytest.mark.parametrize("broken", [None, {}, {"by": "guess"}, {"by": "guess", "factor": "1"}])
def test_what_is_no_content_is_refused(broken: object) -> None:
    with pytest.raises(JsonFormatError):
        recompute_inputs(broken)


def test_a_rise_is_what_one_year_has_more_than_an_earlier_one() -> None:
    facts = book(use={2023: "10", 2024: "12.5"})
    asked = indicator("use", WAN_M3)
    now, before = (
        indicator_inputs(evaluate(asked, Question(year=year), facts), KINDS, WAN_M3) for year in (2024, 2023)
    )
    made_of = json.loads(json.dumps(rise_inputs(now, before)))
    assert recompute_inputs(made_of) == Decimal("2.5")
    tree = inputs_tree(made_of)
    assert tree.arithmetic == "12.5 − 10"
    assert [child.value for child in tree.children] == [Decimal("12.5"), Decimal(10)]
