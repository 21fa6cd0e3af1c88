"""The demo is judged as of a month ago and as of today; doing it twice adds nothing."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import KeptStanding, PlanVersion, StandingTurn
from shuiheng.services.indicators.demo_standings import settle_demo_standings

pytestmark = pytest.mark.django_db


def test_a_demo_has_a_day_to_compare_with(published: PlanVersion) -> None:
    city = published.plan.place
    count = settle_demo_standings(city)
    assert count == KeptStanding.objects.filter(city=city).count() > 0
    days = set(StandingTurn.objects.filter(city=city).values_list("on", flat=True))
    turns = StandingTurn.objects.count()
    assert len(days) >= 1 and settle_demo_standings(city) == count
    assert StandingTurn.objects.count() == turns
