"""Body and table must draw the same line for the same class."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from plans.made import document_of
from shuiheng.kernel import Span
from shuiheng.plans import Operator, Plan, PlanHeader, PlanKnowledge, Threshold
from shuiheng.plans.checks.body_thresholds import threshold_differences
from shuiheng.plans.checks.context import CheckContext


def line(
    task: str | None, value: int, *, to: str = "公共供水非居民用户", effect: str = "纳入计划管理"
) -> Threshold:
    return Threshold(
        id="R", task=task, quote=f"{to}{value}{effect}", span=Span(0, 1), applies_to=to, quantity="年用水量",
        op=Operator.AT_LEAST, value=Decimal(value), unit="m3", effect=effect,
    )  # fmt: skip


def found(*thresholds: Threshold) -> list[str]:
    plan = Plan(document="a.txt", header=PlanHeader(title="方案"), thresholds=thresholds)
    context = CheckContext(
        plan=plan, document=document_of("方案"), knowledge=PlanKnowledge(), as_of=date(2026, 1, 1)
    )
    return [dict(each.values)["body"] for each in threshold_differences(context)]


def test_another_value_for_the_same_class_and_effect_is_told() -> None:
    assert found(
        line(None, 8000), line("1", 6000, to="公共供水非居民用户和自备水户", effect="纳入计划用水管理")
    ) == ["8000m3"]


@pytest.mark.parametrize(
    "row",
    [
        line("1", 8000),
        line("1", 500000, to="工业企业", effect="纳入计划管理"),
        line("1", 100000, effect="设立水务经理"),
        line(None, 6000),
    ],
    ids=["same value", "another class", "another effect", "not in the table"],
)
def test_lines_for_other_purposes_are_no_contradiction(row: Threshold) -> None:
    assert found(line(None, 8000), row) == []
