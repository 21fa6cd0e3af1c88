"""The units of the made-up city."""

from __future__ import annotations

import pytest

from office import the_office
from services.making import parts_now, tasks_of
from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    OrganisationKind,
    PlanVersion,
    PublishedTarget,
    UnitMatch,
)
from shuiheng.services.demo_units import UNIT_USERS, demo_unit_users, settle_demo_units
from shuiheng.services.permission import memberships_of


@pytest.mark.django_db
def test_the_people_of_the_units_can_log_in_and_hold_their_roles() -> None:
    passwords = demo_unit_users(the_office().place)
    assert list(passwords) == [username for username, *_ in UNIT_USERS]
    for username, _, role, fields in UNIT_USERS:
        account = Account.objects.get(username=username)
        assert account.check_password(passwords[username])
        (held,) = memberships_of(account)
        assert (held.role, held.organisation.name) == (role, fields.name)


def test_every_unit_of_the_plan_is_confirmed(officer: Account, published: PlanVersion) -> None:
    PublishedTarget.objects.update(scope="临泽区")
    settle_demo_units(officer, published.plan.place)
    assert not UnitMatch.objects.filter(is_confirmed=False).exists()
    assert all(parts_now(task) for task in tasks_of(published))
    district = Organisation.objects.get(kind=OrganisationKind.DISTRICT)
    assert district.name == "临泽区人民政府"


def test_settling_twice_makes_nothing_more(officer: Account, published: PlanVersion) -> None:
    settle_demo_units(officer, published.plan.place)
    count = Organisation.objects.count()
    settle_demo_units(officer, published.plan.place)
    assert Organisation.objects.count() == count
