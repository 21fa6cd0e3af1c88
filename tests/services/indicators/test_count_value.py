"""What counts is judged on the deadline at the latest, for the place that is meant, year by year."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity, bring_on
from services.cases.test_link_targets import one
from shuiheng.adapters.records.models import PlanVersion, RegisterTarget
from shuiheng.indicators.verdict import Standing, Why
from shuiheng.services.indicators.count_value import by_count, counted_in
from shuiheng.services.indicators.judged_parts import Problem, ServedBy
from shuiheng.services.indicators.judging_desk import judging_desk
from shuiheng.services.indicators.target_standing import judge_districts, judge_targets
from shuiheng.services.set_share import set_shares

pytestmark = pytest.mark.django_db
BUILT = "节水型企业"


def _target(**changes: object) -> RegisterTarget:
    RegisterTarget.objects.filter(metric__contains=BUILT).update(**changes)
    return one(BUILT).target


def test_what_was_made_after_the_deadline_does_not_meet_it(
    city: CaseCity,
    published: PlanVersion,
) -> None:
    row = bring_on(city, city.open("saving_enterprise", "甲厂"))
    reached = row.reached_on
    assert reached is not None
    for days, standing in ((0, Standing.MET), (-1, Standing.MISSED)):
        target = _target(value=1, deadline=reached + timedelta(days=days))
        (found,) = judge_targets(published.plan.place, [target], timezone.localdate())
        assert (found.verdict.standing, found.verdict.why) == (standing, Why.FINAL)
        assert found.seen.up_to == target.deadline and found.served_by is ServedBy.COUNT


def test_values_of_years_stand_in_their_order(
    city: CaseCity,
    published: PlanVersion,
) -> None:
    bring_on(city, city.open("saving_enterprise", "甲厂"))
    today = timezone.localdate()
    target = _target(deadline=date(today.year + 1, 12, 31), baseline_year=today.year - 3)
    linked = one(BUILT)
    parts = by_count(judging_desk(published.plan.place, [target], today), linked)
    assert [each.on for each in parts.years] == sorted(each.on for each in parts.years)
    assert parts.years[-1].on == today and parts.years[-1].value == parts.seen.value == 1
    assert parts.ask is not None and parts.ask.base == 0


def test_a_target_without_any_day_says_so(
    city: CaseCity,
    published: PlanVersion,
) -> None:
    RegisterTarget.objects.update(deadline=None)
    target = _target()
    (found,) = judge_targets(published.plan.place, [target], timezone.localdate())
    assert (found.problem, found.ask) == (Problem.NO_DEADLINE, None)
    assert found.verdict.standing is Standing.UNKNOWN


def test_the_share_of_a_district_is_held_against_what_counts_there(
    city: CaseCity,
    published: PlanVersion,
) -> None:
    bring_on(city, city.open("saving_enterprise", "甲厂"))
    first, second = city.metered.districts[:2]
    target = _target(deadline=timezone.localdate())
    set_shares(city.clerk, target.pk, {first.pk: Decimal(1), second.pk: Decimal(1)})
    found = {each.place: each for each in judge_districts(published.plan.place, target, timezone.localdate())}
    assert {place: each.seen.value for place, each in found.items()} == {first: 1, second: 0}
    assert [found[place].verdict.standing for place in (first, second)] == [Standing.MET, Standing.MISSED]
    assert all(each.is_share and each.ask is not None and each.ask.limit == 1 for each in found.values())
    count = found[first].count
    assert count is not None and len(counted_in(count, first).cases) == 1
