"""The odds are computed once a day for each city with targets; one that fails keeps no other from it."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from shuiheng.adapters.records.models import Place, PlanVersion, RegisterTarget, TargetOdds
from shuiheng.services.indicators import watch_odds as watched
from shuiheng.services.indicators.watch_odds import DAY_DONE, watch_odds

pytestmark = pytest.mark.django_db


def forget(city: Place) -> None:
    """Let the watch know of no day."""
    cache.delete(f"{DAY_DONE}.{city.pk}")


def test_the_odds_are_computed_once_a_day(published: PlanVersion) -> None:
    forget(published.plan.place)
    assert watch_odds() == 1
    targets = RegisterTarget.objects.filter(withdrawn_at__isnull=True).count()
    assert TargetOdds.objects.count() == targets > 0
    TargetOdds.objects.all().delete()
    assert watch_odds() == 0
    assert not TargetOdds.objects.exists()
    forget(published.plan.place)
    assert watch_odds() == 1
    assert TargetOdds.objects.count() == targets


def test_a_city_whose_odds_fail_waits(published: PlanVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object) -> int:
        raise ArithmeticError

    forget(published.plan.place)
    monkeypatch.setattr(watched, "keep_odds", fails)
    with pytest.raises(ArithmeticError):
        watch_odds()
    assert watch_odds() == 0  # and not the same city again each minute
