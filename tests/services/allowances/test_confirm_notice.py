"""The first confirmation of a notice stands."""

from __future__ import annotations

import pytest

from services.allowances.planned_city import (
    PlannedCity,
    computed_round,
    planned_city,
    published_round,
)
from shuiheng.adapters.records.models import Account
from shuiheng.services.allowances.confirm_notice import confirm_notice
from shuiheng.services.errors import NotThereError, WrongStateError

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_a_user_confirms_its_own_notice_once(city: PlannedCity) -> None:
    published_round(city)
    filer, other = city.filer(city.mill), city.filer(city.school, "other")
    row = confirm_notice(filer, city.allowance(city.mill).pk)
    assert row.received_by == filer and row.received_at is not None
    assert confirm_notice(filer, row.pk).received_at == row.received_at
    with pytest.raises(NotThereError):
        confirm_notice(other, row.pk)


def test_what_was_not_published_is_not_received(city: PlannedCity) -> None:
    computed_round(city)
    with pytest.raises(WrongStateError):
        confirm_notice(city.filer(city.mill), city.allowance(city.mill).pk)
