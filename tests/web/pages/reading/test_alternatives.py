"""Other readings and what choosing one changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.plans import Alternative, Plan
from shuiheng.services.plan_at_work import plan_at_work
from shuiheng.web.pages.reading.alternatives import alternative_changes


@pytest.fixture
def plan(ready: PlanVersion) -> Plan:
    return plan_at_work(ready).compiled


def _other(field: str, value: str, reason: str) -> Alternative:
    return Alternative(field=field, value=value, reason=reason)


def test_a_unit_that_leads_joins_no_longer(plan: Plan) -> None:
    task = plan.tasks[0]
    joint = task.participants[0]
    changes = alternative_changes("task", task, _other("lead", joint, "responsible_only"))
    assert changes == {"lead": [joint], "participants": list(task.participants[1:])}


@pytest.mark.parametrize(
    ("quote", "scope"),
    [("每个县（市）建成2个样板", "每个县（市）"), ("各县区建成2个", "各县区"), ("建成样板2个", "各地区")],
)
def test_each_place_becomes_the_scope_in_the_words_of_the_plan(plan: Plan, quote: str, scope: str) -> None:
    target = replace(plan.targets[0], quote=quote)
    assert alternative_changes("target", target, _other("scope", "each", "each_or_total")) == {"scope": scope}


def test_a_deadline_may_be_another_day_or_none(plan: Plan) -> None:
    target = plan.targets[0]
    day = alternative_changes("target", target, _other("deadline", "2025-12-31", "year_before"))
    assert day == {"deadline": "2025-12-31"}
    assert alternative_changes("target", target, _other("deadline", "null", "from_row_due")) == {
        "deadline": None
    }


@pytest.mark.parametrize(("field", "value"), [("colour", "blue"), ("baseline_year", "long ago")])
def test_what_no_field_can_say_gives_no_button(plan: Plan, field: str, value: str) -> None:
    assert alternative_changes("target", plan.targets[0], _other(field, value, "x")) is None
