"""The odds are computed once a day for every city with targets."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from shuiheng.adapters.records.models import PlanVersion, RegisterTarget, TargetOdds
from shuiheng.services.indicators.watch_odds import DAY_DONE, watch_odds

pytestmark = pytest.mark.django_db


def test_the_odds_are_computed_once_a_day(published: PlanVersion) -> None:
    cache.delete(DAY_DONE)
    watch_odds()
    targets = RegisterTarget.objects.filter(withdrawn_at__isnull=True).count()
    assert TargetOdds.objects.count() == targets > 0
    TargetOdds.objects.all().delete()
    watch_odds()
    assert not TargetOdds.objects.exists()
    cache.delete(DAY_DONE)
    watch_odds()
    assert TargetOdds.objects.count() == targets
