"""Cases under way raise the odds; what nobody can reach has none, and the last day to act is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity, bring_on
from shuiheng.adapters.records.models import PlanVersion, RegisterTarget, TargetOdds
from shuiheng.services.indicators.odds_of_targets import keep_odds

pytestmark = pytest.mark.django_db
METRIC = "节水型企业"


def odds(published: PlanVersion) -> TargetOdds:
    """Compute the odds of today and return those of the enterprises."""
    keep_odds(published.plan.place, timezone.localdate())
    return TargetOdds.objects.get(target__metric__contains=METRIC)


def in_a_year(value: int) -> None:
    """Let the target ask for so many within a year from now."""
    deadline = timezone.localdate() + timedelta(days=360)
    RegisterTarget.objects.filter(metric__contains=METRIC).update(value=value, deadline=deadline)


def test_cases_that_can_still_be_done_are_counted(city: CaseCity, published: PlanVersion) -> None:
    in_a_year(6)
    for number in range(4):
        bring_on(city, city.open("saving_enterprise", f"甲{number}厂"))
    alone = odds(published)
    assert alone.chance is not None and alone.content["way"] == "cases" and alone.content["cases"] == 4
    for number in range(4):
        bring_on(city, city.open("saving_enterprise", f"乙{number}厂"), until="application")
    more = odds(published)
    assert more.chance is not None and more.chance > alone.chance
    assert more.content["under_way"] == 4
    assert more.low is not None and more.high is not None and more.low <= more.chance <= more.high
    assert more.act_by is None or more.act_by <= timezone.localdate() + timedelta(days=360)
    in_a_year(100_000)
    assert odds(published).chance == 0


def test_what_is_reached_already_is_sure(city: CaseCity, published: PlanVersion) -> None:
    in_a_year(1)
    bring_on(city, city.open("saving_enterprise", "甲厂"))
    found = odds(published)
    assert found.chance == 1 or found.why == "final"


def test_a_count_of_a_later_year_is_not_foreseen_by_this_one(city: CaseCity, published: PlanVersion) -> None:
    bring_on(city, city.open("saving_enterprise", "甲厂"))
    deadline = timezone.localdate().replace(month=12, day=31) + timedelta(days=700)
    RegisterTarget.objects.filter(metric__contains=METRIC).update(value=9, deadline=deadline)
    found = odds(published)
    assert found.chance is not None or found.why in ("later_year", "too_little")
