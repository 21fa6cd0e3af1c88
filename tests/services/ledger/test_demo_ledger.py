"""The demo city has a few made-up users, entered once."""

from __future__ import annotations

import pytest

from office import the_office
from shuiheng.adapters.records.models import Account, Meter, Permit, UserFact, WaterUser
from shuiheng.services.ledger.demo_ledger import MADE_UP, USERS, settle_demo_ledger


@pytest.mark.django_db
def test_made_up_users_are_entered_once_and_say_that_they_are_made_up(officer: Account) -> None:
    city = the_office().place
    assert settle_demo_ledger(officer, city) == len(USERS)
    assert settle_demo_ledger(officer, city) == 0
    assert WaterUser.objects.filter(city=city).count() == len(USERS)
    assert Meter.objects.count() == sum(len(user.meters) for user in USERS) and Permit.objects.exists()
    assert set(UserFact.objects.values_list("no_code_reason", "credit_code")) == {(MADE_UP, "")}
