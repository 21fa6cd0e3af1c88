"""What is kept with a standing is plain JSON that tells the demand, the values and the facts."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import Account, PlanVersion, RegisterTarget
from shuiheng.services.indicators.standing_content import plain, standing_content
from shuiheng.services.indicators.target_standing import judge_targets

ON = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("value", "text"),
    [("1E+3", "1000"), ("0.10", "0.1"), ("12.000", "12"), ("-0.5", "-0.5"), ("0", "0"), ("100", "100")],
)
def test_digits_are_plain(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@pytest.mark.django_db
def test_content_tells_demand_values_and_facts(published: PlanVersion, officer: Account) -> None:
    totals = {"unconventional_use_2025": Decimal(1), "ecological_use_2025": Decimal(1)}
    enter(published.plan.place_id, officer, use_total_2025=Decimal(30500), **totals)
    target = RegisterTarget.objects.get(metric__contains="用水总量")
    (found,) = judge_targets(published.plan.place, [target], ON)
    content = json.loads(json.dumps(standing_content(found)))
    assert content["ask"]["limit"] == "320000000" and content["ask"]["comparison"] == "<="
    assert {each["fact"] for each in content["facts"]} >= {"use_total"}
    assert content["years"][-1]["on"] == "2025-12-31" and content["served"] == ["water_use_total"]
    assert content["cases"] is None and content["stretch"] is None and content["is_hedged"] is False
