"""Targets in force are listed by a filter; shares that were set go before those that a plan states."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from services.cases.made_up import CaseCity, city  # noqa: F401  used by name
from shuiheng.adapters.records.models import PlanVersion, RegisterTarget
from shuiheng.adapters.records.queries_counts import (
    CountFilter,
    cases_in_sight,
    countable_targets,
    counted_target,
    shares_of,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.services.set_share import set_shares

pytestmark = pytest.mark.django_db


def test_a_filter_leaves_targets_in_force(city: CaseCity, published: PlanVersion) -> None:  # noqa: F811  the fixture
    seen = sight(city.clerk, Action.REGISTER_LOOK)
    every = list(countable_targets(seen, CountFilter()))
    assert {row.kind for row in every} <= {"count", "level", "milestone", "increment"}
    (row,) = countable_targets(seen, CountFilter(words="节水型 企业", kind="count", plan="qinghe"))
    assert not countable_targets(seen, CountFilter(plan="other"))
    assert counted_target(seen, row.pk) == row
    RegisterTarget.objects.filter(pk=row.pk).update(withdrawn_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert counted_target(seen, row.pk) is None
    assert len(countable_targets(seen, CountFilter())) == len(every) - 1


def test_a_share_that_was_set_goes_before_the_plan(city: CaseCity, published: PlanVersion) -> None:  # noqa: F811  the fixture
    seen = sight(city.clerk, Action.REGISTER_LOOK)
    (row,) = countable_targets(seen, CountFilter(words="节水型企业"))
    first, second = city.metered.districts
    RegisterTarget.objects.create(
        plan=row.plan, metric=row.metric, scope=second.name, kind=row.kind, op=row.op, value=3,
        unit=row.unit, deadline=row.deadline, quote="x", item="part",
    )  # fmt: skip
    names = {str(place.pk): place.name for place in (first, second)}
    assert shares_of(seen, row, names) == {str(second.pk): 3}
    set_shares(city.clerk, row.pk, {first.pk: Decimal(5), second.pk: Decimal(4)})
    assert shares_of(seen, row, names) == {str(first.pk): 5, str(second.pk): 4}


def test_cases_are_those_in_sight(city: CaseCity) -> None:  # noqa: F811  the fixture
    row = city.open("saving_enterprise", "甲厂")
    assert cases_in_sight(sight(city.clerk, Action.CASES_LOOK), [row.pk, 10**9]).keys() == {row.pk}
