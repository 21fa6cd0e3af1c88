"""What is written keeps the compiled-plan format."""

from __future__ import annotations

import json
from decimal import Decimal

from shuiheng.kernel import Span
from shuiheng.plans import Operator, Plan, PlanHeader, Target, TargetKind
from shuiheng.plans.plan_json import plan_json


def test_whole_numbers_are_written_without_a_point_and_decimals_as_printed() -> None:
    def target(value: str) -> Target:
        return Target(
            id="T", task=None, quote="q", span=Span(0, 1), metric="m",
            kind=TargetKind.LEVEL, op=Operator.AT_LEAST, value=Decimal(value),
        )  # fmt: skip

    plan = Plan(
        document="a.txt", header=PlanHeader(title="t"), targets=(target("2150000000.00"), target("0.601"))
    )
    assert [t["value"] for t in json.loads(json.dumps(plan_json(plan)))["targets"]] == [2150000000, 0.601]


def test_a_plan_without_items_has_every_list() -> None:
    written = plan_json(Plan(document="a.txt", header=PlanHeader(title="t")))
    for name in (
        "tasks",
        "targets",
        "duties",
        "thresholds",
        "sources",
        "conventions",
        "mentions",
        "findings",
    ):
        assert written[name] == []
