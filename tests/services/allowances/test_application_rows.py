"""Rows of an application are locked in one order, and only while their plan is published."""

from __future__ import annotations

import pytest
from django.db import transaction

from services.allowances.planned_city import PlannedCity, computed_round, planned_city, published_round
from shuiheng.adapters.records.models import Account
from shuiheng.services.allowances.application_rows import lock_allowances
from shuiheng.services.errors import WrongStateError

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_rows_come_in_the_order_of_their_keys(city: PlannedCity) -> None:
    keys = sorted(published_round(city).allowances.values_list("pk", flat=True))
    with transaction.atomic():
        assert list(lock_allowances(reversed(keys))) == keys


def test_a_row_that_is_not_published_is_refused(city: PlannedCity) -> None:
    keys = computed_round(city).allowances.values_list("pk", flat=True)
    with transaction.atomic(), pytest.raises(WrongStateError):
        lock_allowances(keys)
