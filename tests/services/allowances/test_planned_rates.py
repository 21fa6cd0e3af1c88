"""The rates of planned use say what they count, and how many users are not known."""

from __future__ import annotations

import pytest

from services.allowances.planned_city import PlannedCity, planned_city, published_round
from services.ledger.used_city import add_used, settle
from shuiheng.adapters.records.models import Account
from shuiheng.services.allowances.planned_rates import planned_rates
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_rates_count_users_and_the_water_of_the_months_that_are_over(city: PlannedCity) -> None:
    house = add_used(city.clerk, "丁宅", None, years=(), use_class="residential")
    silent = add_used(city.clerk, "丙厂", None, years=())
    for user, monthly in ((city.mill, 900), (city.school, 100), (house, 250)):
        settle(user.meters.get(), 2026, dict.fromkeys(range(1, 5), monthly))
    round_ = published_round(city)
    rates = planned_rates(sight(city.leader, Action.READINGS_LOOK), round_)
    assert rates.issued is not None
    assert (rates.issued.part, rates.issued.whole) == (2, 3)  # 丙厂 is covered and has none
    assert (rates.by_count.part, rates.by_count.whole) == (2, 4)
    assert (rates.by_volume.part, rates.by_volume.whole, rates.by_volume.unknown) == (4_000, 5_000, 1)
    assert (rates.first.month, rates.last.month) == (1, 4)
    assert silent.pk
