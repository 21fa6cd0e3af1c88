"""Standings come in the order of the plan, of targets in force only, as far as in sight."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.adapters.records.models import KeptStanding, PlanVersion, RegisterTarget
from shuiheng.adapters.records.queries_standings import StandingFilter, standings_in_sight
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.indicators.keep_standings import keep_standings

pytestmark = pytest.mark.django_db


def test_standings_are_listed_and_filtered(published: PlanVersion, seen: Sight) -> None:
    keep_standings(published.plan.place, date(2026, 6, 1))
    rows = list(standings_in_sight(seen))
    assert [row.target.order for row in rows] == sorted(row.target.order for row in rows) and rows
    unknown = standings_in_sight(seen, StandingFilter(plan=published.plan.slug, standing="unknown"))
    assert {row.standing for row in unknown} == {"unknown"}
    assert not standings_in_sight(seen, StandingFilter(plan="no-plan")).exists()
    assert not standings_in_sight(seen, StandingFilter(city=0)).exists()
    RegisterTarget.objects.filter(pk=rows[0].target_id).update(withdrawn_at="2026-06-01T00:00:00+00:00")
    assert standings_in_sight(seen).count() == KeptStanding.objects.count() - 1
