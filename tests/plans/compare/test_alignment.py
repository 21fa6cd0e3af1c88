"""What became of an upper plan's targets."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from places import needs_real_plans
from plans.checks.gold_plans import gold_plan
from plans.made import document_of, plan_of, target
from plans.plan_values import plans
from shuiheng.adapters.rulebook import load_upper_plan
from shuiheng.plans import IndicatorTerm, Operator, Plan, PlanHeader, PlanKnowledge, Target, TargetKind
from shuiheng.plans.compare import Reason, Verdict, align_plans, alignment_json

DOCUMENT = document_of("漏损率降至10%以内，再生水利用率")
NOTHING = PlanKnowledge()
LOSS = target(DOCUMENT, "漏损率降至10%以内", "漏损率", 10, op=Operator.AT_MOST)


def _verdict(
    upper: Target, *lower: Target, knowledge: PlanKnowledge = NOTHING, **header: Any
) -> tuple[Verdict, Reason]:
    plan = plan_of(*lower, header=PlanHeader(title="下级方案", **header))
    row = align_plans(plan_of(upper), plan, knowledge).rows[0]
    return row.verdict, row.reason


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, (Verdict.CARRIED, Reason.EQUAL_VALUE)),
        ({"value": Decimal(9)}, (Verdict.STRENGTHENED, Reason.BETTER_VALUE)),
        ({"value": Decimal(11)}, (Verdict.WEAKENED, Reason.WORSE_VALUE)),
        ({"op": Operator.BELOW}, (Verdict.STRENGTHENED, Reason.BETTER_VALUE)),
        ({"is_hedged": True}, (Verdict.WEAKENED, Reason.SOFTER_WORDS)),
        ({"metric": "再生水利用率"}, (Verdict.OMITTED, Reason.NO_SUCH_METRIC)),
        ({"scope": "甲区"}, (Verdict.NOT_COMPARABLE, Reason.PARTS_ONLY)),
        ({"unit": "百分点"}, (Verdict.NOT_COMPARABLE, Reason.OTHER_UNIT)),
        ({"kind": TargetKind.REDUCTION}, (Verdict.NOT_COMPARABLE, Reason.OTHER_KIND)),
        ({"value": None}, (Verdict.NOT_COMPARABLE, Reason.NO_VALUE)),
        ({"deadline": date(2024, 12, 31)}, (Verdict.STRENGTHENED, Reason.EARLIER_DEADLINE)),
        ({"deadline": date(2024, 12, 31), "value": Decimal(11)}, (Verdict.OMITTED, Reason.OTHER_YEARS_ONLY)),
        ({"deadline": date(2030, 12, 31)}, (Verdict.WEAKENED, Reason.LATER_DEADLINE)),
        (
            {"deadline": date(2030, 12, 31), "value": Decimal(9)},
            (Verdict.NOT_COMPARABLE, Reason.LATER_BUT_BETTER),
        ),
        ({"deadline": None}, (Verdict.NOT_COMPARABLE, Reason.NO_DEADLINE)),
    ],
)
def test_one_change_decides_the_verdict(change: dict[str, Any], expected: tuple[Verdict, Reason]) -> None:
    assert _verdict(LOSS, replace(LOSS, **change)) == expected


def test_a_cap_is_a_share_of_a_whole_and_is_not_compared() -> None:
    cap = replace(LOSS, metric="用水总量", unit="m3", value=Decimal(10**9))
    assert _verdict(cap, replace(cap, value=Decimal(10**8))) == (
        Verdict.NOT_COMPARABLE,
        Reason.SHARE_OF_A_WHOLE,
    )


def test_a_decline_is_compared_against_the_same_base_year_only() -> None:
    fall = replace(LOSS, kind=TargetKind.REDUCTION, op=Operator.EQUAL, baseline_year=2015)
    assert _verdict(fall, replace(fall, value=Decimal(12)))[0] is Verdict.STRENGTHENED
    assert _verdict(fall, replace(fall, baseline_year=2020))[1] is Reason.OTHER_BASE_YEAR


def test_a_deadline_that_had_passed_is_not_held_against_a_later_plan() -> None:
    later = replace(LOSS, deadline=date(2030, 12, 31))
    assert _verdict(LOSS, later, issued=date(2026, 3, 1)) == (Verdict.NOT_COMPARABLE, Reason.PASSED_AT_ISSUE)


def test_a_bare_number_needs_an_indicator_that_says_what_is_better() -> None:
    bare = replace(LOSS, op=Operator.EQUAL)
    worse = replace(bare, value=Decimal(12))
    assert _verdict(bare, worse)[1] is Reason.NO_DIRECTION
    known = PlanKnowledge(indicators=(IndicatorTerm(id="loss", name="漏损率", better="lower"),))
    assert _verdict(bare, worse, knowledge=known)[0] is Verdict.WEAKENED


def test_own_main_targets_of_the_lower_plan_are_listed() -> None:
    own = replace(LOSS, id="900-T02", metric="再生水利用率")
    alignment = align_plans(plan_of(LOSS), plan_of(LOSS, own), NOTHING)
    assert [t.id for t in alignment.own] == ["900-T02"]
    written = alignment_json(alignment)
    assert json.loads(json.dumps(written)) == written


@needs_real_plans
@pytest.mark.real_plans
def test_a_district_against_the_national_plan() -> None:
    plan, _ = gold_plan("004")
    rows = align_plans(load_upper_plan("cn_national_2019"), plan, NOTHING).rows
    assert [row.verdict.value for row in rows] == [
        "weakened",  # 21 % against 23 % by 2020
        "strengthened",  # 21 % against 20 %
        "weakened",  # 70 % against 91 %
        "weakened",  # 0.508 against 0.55
        "carried",  # 10 %
        "weakened",  # 23 % against 30 % by 2022
        "weakened",  # 23 % against 28 %
        "weakened",  # 0.508 against 0.56
        "not_comparable",  # caps
        "not_comparable",
    ]


@given(plans, plans)
def test_every_numeric_target_of_any_upper_plan_gets_one_verdict(upper: Plan, lower: Plan) -> None:
    alignment = align_plans(upper, lower, NOTHING)
    stated = [target for target in upper.targets if target.kind is not TargetKind.MILESTONE]
    assert [row.upper for row in alignment.rows] == stated
    assert all((row.lower is None) == (row.reason is Reason.NO_SUCH_METRIC) for row in alignment.rows)
