"""Users of the made-up city on both sides of a limit, and a district with a clerk of its own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from office import the_office
from services.ledger.used_city import add_used, add_user
from shuiheng.adapters.records.models import (
    Account,
    MemberList,
    Organisation,
    Place,
    PlaceKind,
    Role,
    WaterUser,
)
from shuiheng.services.found_city import join
from shuiheng.services.ledger.member_lists import adopt_list, draw_lists

RULE, YEAR = "book:water_manager_national", 2026


@dataclass(frozen=True)
class Used:
    """Who stands where by the rule, and a browser of the district's clerk."""

    great: WaterUser
    small: WaterUser
    silent: WaterUser
    district: Client


@pytest.fixture
def used(officer: Account) -> Used:
    """A mill above the limit, a small one in a district, and one of which nothing is known."""
    great, small = add_used(officer, "甲印染厂", 20_000), add_used(officer, "乙食品厂", 10)
    silent = add_user(officer, "丙机械厂")
    east = Place.objects.create(
        slug="qh-east", name="东溪区", kind=PlaceKind.DISTRICT, parent=the_office().place
    )
    Organisation.objects.filter(pk=small.organisation_id).update(place=east)
    office = Organisation.objects.create(
        slug="east-water", name="东溪区水利局", kind="department", place=east
    )
    clerk = Account.objects.create(username="zhao")
    join(clerk, office, Role.DISTRICT_CLERK)
    district = Client()
    district.force_login(clerk)
    return Used(great, small, silent, district)


@pytest.fixture
def drawn(officer: Account, used: Used) -> MemberList:
    """The draft of one list."""
    (found,) = draw_lists(officer, the_office().place.pk, year=YEAR, rule=RULE)
    return found


@pytest.fixture
def adopted(officer: Account, drawn: MemberList) -> MemberList:
    """The adopted list."""
    return adopt_list(officer, drawn.pk)
