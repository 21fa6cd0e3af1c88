"""Values must agree with each other."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from plans.checks.faulty import Case, twice, two_values
from shuiheng.plans import Operator, TargetKind

CONTRADICT, WEAKER = "plans.values_contradict", "plans.later_target_is_weaker"


def test_the_same_value_twice_is_no_contradiction() -> None:
    assert two_values(second="10").findings(CONTRADICT) == ()
    assert len(two_values().findings(CONTRADICT)) == 1


def test_a_floor_below_a_ceiling_is_a_band() -> None:
    assert two_values(second="8", op=Operator.AT_LEAST).findings(CONTRADICT) == ()
    assert len(two_values(second="12", op=Operator.AT_LEAST).findings(CONTRADICT)) == 1


@pytest.mark.parametrize(
    "change", [{"scope": "甲区"}, {"annual": True}, {"part_of": "900-T01"}, {"unit": "百分点"}]
)
def test_another_scope_rhythm_share_or_unit_is_another_thing(change: dict[str, object]) -> None:
    case = two_values()
    first, second = case.plan.targets
    targets = (first, replace(second, **change))  # type: ignore[arg-type]
    assert replace(case, plan=replace(case.plan, targets=targets)).findings(CONTRADICT) == ()


def _later(early: str, late: str, **change: object) -> Case:
    case = two_values(later=2030)
    first, second = case.plan.targets
    targets = (
        replace(first, value=Decimal(early), **change),  # type: ignore[arg-type]
        replace(second, value=Decimal(late), **change),  # type: ignore[arg-type]
    )
    return replace(case, plan=replace(case.plan, targets=targets))


def test_a_loss_rate_may_fall_or_stay_but_not_rise() -> None:
    assert _later("10", "9").findings(WEAKER) == ()
    assert _later("10", "10").findings(WEAKER) == ()
    assert len(_later("10", "11").findings(WEAKER)) == 1


def test_a_rate_to_reach_may_rise_but_not_fall() -> None:
    floor = {"op": Operator.AT_LEAST}
    assert _later("60", "70", **floor).findings(WEAKER) == ()
    assert len(_later("70", "60", **floor).findings(WEAKER)) == 1


def test_a_later_cap_above_an_earlier_one_is_no_fault() -> None:
    assert _later("2000000000", "2150000000", unit="m3").findings(WEAKER) == ()


def test_a_smaller_decline_from_the_same_year_is_weaker() -> None:
    fall = {"kind": TargetKind.REDUCTION, "op": Operator.EQUAL, "baseline_year": 2015}
    assert len(_later("23", "21", **fall).findings(WEAKER)) == 1
    assert _later("21", "23", **fall).findings(WEAKER) == ()


def test_a_bare_number_is_judged_by_its_indicator_only() -> None:
    assert _later("10", "11", op=Operator.EQUAL).findings(WEAKER) == ()


def test_short_equal_tasks_are_left_alone() -> None:
    case = twice()
    assert len(case.findings("plans.task_stands_twice")) == 1
    short = tuple(replace(task, text="开展宣传。") for task in case.plan.tasks)
    assert replace(case, plan=replace(case.plan, tasks=short)).findings("plans.task_stands_twice") == ()


def test_a_bare_head_word_may_be_of_anything() -> None:
    case = two_values()
    bare = tuple(replace(each, metric="占比") for each in case.plan.targets)
    assert replace(case, plan=replace(case.plan, targets=bare)).findings(CONTRADICT) == ()


def test_two_values_of_one_clause_are_two_things() -> None:
    case = two_values()
    first, second = case.plan.targets
    same = (first, replace(second, span=first.span))
    assert replace(case, plan=replace(case.plan, targets=same)).findings(CONTRADICT) == ()
