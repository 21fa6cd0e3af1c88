"""Water through the meters of parts of users."""

from __future__ import annotations

from datetime import date

import pytest

from office import the_office
from services.ledger.used_city import add_entrance, add_used, settle
from shuiheng.adapters.records.models import Account
from shuiheng.adapters.records.queries_parts_use import use_of_parts
from shuiheng.services.warnings.worker_sight import WorkerSight

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)


def test_meters_of_level_two_are_added_up_by_user_and_month(officer: Account) -> None:
    user, other = add_used(officer, "甲厂", 100), add_used(officer, "乙厂", 100)
    for monthly in (30, 50):
        settle(add_entrance(officer, user, None, level=2), 2025, {5: monthly})
    add_entrance(officer, user, None, level=3)
    found = use_of_parts(WorkerSight(), [MAY, JUNE], city=the_office().place.pk)
    assert set(found) == {user.pk}
    assert (found[user.pk][MAY].litres, found[user.pk][JUNE].litres) == (80_000, None)
    assert use_of_parts(WorkerSight(), [MAY], city=the_office().place.pk, users=[other.pk]) == {}
