"""A month that was billed is frozen once, and no entry changes it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.allowances.planned_city import PlannedCity, planned_city, published_round
from shuiheng.adapters.records.models import Account
from shuiheng.services.allowances.change_allowance import rebalance
from shuiheng.services.allowances.freeze_months import freeze_months
from shuiheng.services.errors import ServiceError

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_a_frozen_month_does_not_change_and_is_frozen_once(city: PlannedCity) -> None:
    published_round(city)
    row, filer = city.allowance(city.mill), city.filer(city.mill)
    assert freeze_months(city.clerk, {row.pk: [5, 6]}, why="charge:1") == 2
    assert freeze_months(city.clerk, {row.pk: [6, 7]}, why="charge:2") == 1
    row.refresh_from_db()
    assert [each["month"] for each in row.frozen] == [5, 6, 7]
    months = [Decimal(1000)] * 12
    months[5] -= 1
    months[11] += 1
    with pytest.raises(ServiceError) as error:
        rebalance(filer, row.pk, months)
    assert error.value.code == "allowances.frozen_month" and error.value.values["months"] == "6"
