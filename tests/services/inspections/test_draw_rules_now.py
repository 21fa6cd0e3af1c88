"""A draw has no rules where none is in force."""

from __future__ import annotations

from datetime import date

import pytest

from services.inspections.made_up import InspectedCity
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.draw_rules_now import draw_rules_now

pytestmark = pytest.mark.django_db


def test_a_team_rule_is_needed_and_nobody_is_spared_without_one(city: InspectedCity) -> None:
    with pytest.raises(ServiceError, match=r"inspections\.no_rule"):
        draw_rules_now(city.metered.place, date(2015, 1, 1))
    rules = draw_rules_now(city.metered.place, date(2026, 6, 30))
    assert rules.team == 2 and rules.spared_after == date(2025, 6, 30)
    assert set(rules.weights) == {"A", "B", "C", "D", "unrated"}
