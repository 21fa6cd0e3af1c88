"""Each target is judged by whatever serves it; what is not known is named and is neither 0 nor met."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from office import make_account
from shuiheng.adapters.records.models import Account, PlanVersion, RegisterTarget, Role
from shuiheng.indicators.verdict import Standing
from shuiheng.services.indicators.keep_statistic import StatisticFields, decide_statistics, enter_statistics
from shuiheng.services.indicators.target_standing import ServedBy, TargetStanding, judge_targets

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)


def standings(published: PlanVersion) -> dict[str, TargetStanding]:
    """Return how the targets of the plan stand, by their metric."""
    targets = RegisterTarget.objects.select_related("plan__place__parent")
    return {each.target.metric: each for each in judge_targets(published.plan.place, targets, ON)}


def enter(place: int, clerk: Account, **values: Decimal) -> None:
    """Enter and confirm facts of a year, their names with the year behind."""
    fields = [
        StatisticFields(fact=name[:-5], year=int(name[-4:]), value=value, source="青禾市统计年鉴")
        for name, value in values.items()
    ]
    rows = enter_statistics(clerk, place, fields)
    known = Account.objects.filter(username="confirms").first()
    reviewer = known or make_account("confirms", Role.OFFICE_REVIEWER)
    decide_statistics(reviewer, [row.pk for row in rows], is_confirmed=True)


def test_what_is_missing_is_named(published: PlanVersion) -> None:
    found = standings(published)
    loss = next(each for metric, each in found.items() if "漏损率" in metric)
    assert loss.verdict.standing is Standing.UNKNOWN and loss.served_by is ServedBy.INDICATOR
    assert "network_input" in loss.verdict.missing and loss.seen.value is None
    assert all(each.verdict.missing or each.problem or each.seen.value is not None for each in found.values())


def test_a_total_is_judged_in_the_unit_of_the_plan(published: PlanVersion, officer: Account) -> None:
    enter(
        published.plan.place_id,
        officer,
        use_total_2025=Decimal(30500),
        unconventional_use_2025=Decimal(500),
        ecological_use_2025=Decimal(100),
    )
    found = next(each for metric, each in standings(published).items() if "用水总量" in metric)
    assert found.seen.value in (Decimal(300_000_000), Decimal(305_000_000), Decimal(304_000_000))
    assert found.ask is not None and found.ask.limit == Decimal(320_000_000)
    assert found.verdict.standing is Standing.ON_COURSE and found.seen.up_to == date(2025, 12, 31)
