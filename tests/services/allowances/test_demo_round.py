"""Users that come to the demo's ledger after its plan was published get an allowance in it, once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.allowances.planned_city import PlannedCity, local_rule, planned_city, published_round
from services.ledger.used_city import add_permit, add_used
from shuiheng.adapters.records.models import Account, RegionalCap
from shuiheng.services.allowances import demo_round
from shuiheng.services.allowances.demo_round import extend_demo_round

pytestmark = pytest.mark.django_db
PROPOSALS = {"method": "proposal", "rounding": {"step": "1", "to": "down"}}


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_all_users_have_an_allowance_under_a_cap_that_does_not_suffice(
    city: PlannedCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    Account.objects.filter(pk=city.clerk.pk).update(username="officer")
    Account.objects.filter(pk=city.leader.pk).update(username="leader")
    monkeypatch.setattr(demo_round, "INDUSTRY_M3", Decimal(12_000))
    monkeypatch.setattr(demo_round, "CAP_STEP", Decimal(10))
    round_ = published_round(city)
    assert extend_demo_round(round_.place) == 0
    local_rule(city.clerk, "allowances/method", PROPOSALS)
    works = [add_used(city.clerk, f"青禾{name}厂", 200, years=(2025, 2026)) for name in "甲乙丙"]
    add_permit(works[0].sources.get(), "900")
    home = add_used(city.clerk, "青禾小区", 200, years=(2025, 2026), use_class="residential")
    assert extend_demo_round(round_.place) == 3
    asked = sum(row.computed_m3 for row in round_.allowances.filter(user__in=works))
    assert 800 < round_.allowances.get(user=works[0]).computed_m3 <= 900
    cap = RegionalCap.objects.get(superseded_at__isnull=True).volume_m3
    planned = round_.allowances.exclude(user=city.school)
    assert sum(row.volume_m3 for row in planned) == cap < asked + 12_000
    assert all(row.number for row in planned) and not round_.allowances.filter(user=home).exists()
    assert extend_demo_round(round_.place) == 0
