"""Odds come with the least likely first; those without odds come last."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from shuiheng.adapters.records.models import PlanVersion, RegisterTarget, TargetOdds
from shuiheng.adapters.records.queries_odds import odds_in_sight, odds_of_target
from shuiheng.adapters.records.sight import Sight

pytestmark = pytest.mark.django_db


def give_odds(target: RegisterTarget, chance: float | None) -> TargetOdds:
    """Keep odds of a target of the city as a whole."""
    return TargetOdds.objects.create(
        target=target,
        place=target.plan.place,
        city=target.plan.place,
        on=date(2026, 6, 1),
        chance=chance,
        low=chance,
        high=chance,
        why="" if chance is not None else "too_little",
        content={
            "by_year": {"2026": [1.0, 2.0, 3.0]},
            "models": {"drift": chance},
            "assumptions": ["goes_on"],
        }
        if chance is not None
        else {},
        computed_at=timezone.now(),
    )


def test_the_least_likely_comes_first(published: PlanVersion, seen: Sight) -> None:
    first, second, third = RegisterTarget.objects.filter(withdrawn_at__isnull=True)[:3]
    for target, chance in ((first, 0.9), (second, None), (third, 0.2)):
        give_odds(target, chance)
    assert [row.target_id for row in odds_in_sight(seen)] == [third.pk, first.pk, second.pk]
    assert odds_in_sight(seen, plan=published.plan.slug).count() == 3
    assert not odds_in_sight(seen, plan="no-plan").exists()
    found = odds_of_target(seen, third.pk, third.plan.place_id)
    assert found is not None and found.chance == 0.2
    RegisterTarget.objects.filter(pk=third.pk).update(withdrawn_at=timezone.now())
    assert odds_of_target(seen, third.pk, third.plan.place_id) is None
