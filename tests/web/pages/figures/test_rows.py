"""The page of a fact shows its months and leads to each user in sight."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse

from office import make_account
from services.indicators.ledger_city import YEAR, give_plan, ledger_city, settled_user
from shuiheng.adapters.records.models import Account, Meter, Role
from shuiheng.services.indicators.working_figure import Wanted
from shuiheng.web.pages.figures.working import value_address
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db


def test_a_fact_leads_to_its_users(browser: Browser) -> None:
    city = ledger_city()
    user = settled_user(city, "印染厂", use_class="industry")
    clerk = make_account("clerk", Role.OFFICE_CLERK)
    address = reverse("fact_rows", args=["non_resident_use", city.place.pk, YEAR])
    page = browser(clerk).get(address).content.decode()
    assert "印染厂" in page
    assert reverse("water_user", args=[user.pk]) in page
    assert reverse("fact_user", args=["non_resident_use", city.place.pk, YEAR, user.pk]) in page
    assert "东港区" in page
    assert f"{YEAR}-12" in page
    assert browser(clerk).get(reverse("fact_rows", args=["nothing", city.place.pk, YEAR])).status_code == 404


def test_who_may_not_see_users_sees_the_months_only(browser: Browser) -> None:
    city = ledger_city()
    settled_user(city, "印染厂", use_class="industry")
    partner = make_account("partner", Role.PARTNER_REVIEWER)
    address = reverse("fact_rows", args=["non_resident_use", city.place.pk, YEAR])
    page = browser(partner).get(address).content.decode()
    assert "印染厂" not in page
    assert f"{YEAR}-12" in page
    assert "没有您可以查看的用水户" in page


def test_an_entered_fact_says_so(browser: Browser) -> None:
    city = ledger_city()
    clerk = make_account("clerk", Role.OFFICE_CLERK)
    page = browser(clerk).get(reverse("fact_rows", args=["gdp", city.place.pk, YEAR])).content.decode()
    assert "由人填报" in page


@pytest.mark.parametrize("role", [Role.OFFICE_CLERK, Role.OFFICE_REVIEWER, Role.OFFICE_LEADER])
def test_two_clicks_lead_from_a_number_to_the_settlement_of_a_user_and_its_readings(
    role: Role, browser: Browser, officer: Account
) -> None:
    city = ledger_city()
    user = settled_user(city, "印染厂", use_class="industry", estimated=2_500_000)
    give_plan(city, officer, user, published=1)
    reader = browser(make_account("reads", role))
    page = reader.get(value_address(city.place.pk, Wanted(indicator="planned_use_rate", year=YEAR)))
    first = reverse("fact_rows", args=["non_resident_use", city.place.pk, YEAR])
    assert first in page.content.decode()
    rows = reader.get(first).content.decode()
    second = reverse("fact_user", args=["non_resident_use", city.place.pk, YEAR, user.pk])
    (found,) = re.findall(rf'href="({re.escape(second)}[^"]*)"', rows)
    settled = reader.get(unescape(found))
    assert settled.status_code == 200
    text, meter = settled.content.decode(), Meter.objects.get(user=user)
    for shown in (
        "印染厂",
        meter.number,
        "7,500",
        "2,500",
        f"{YEAR}-12",
        reverse("meter_readings", args=[meter.pk]),
    ):
        assert shown in text, shown
    assert reader.get(f"{second}?month=3").context["found"].month.month == 3


def test_the_settlement_of_a_user_out_of_sight_is_not_there(browser: Browser) -> None:
    city = ledger_city()
    user = settled_user(city, "印染厂", use_class="industry")
    partner = make_account("partner", Role.PARTNER_REVIEWER)
    address = reverse("fact_user", args=["non_resident_use", city.place.pk, YEAR, user.pk])
    assert browser(partner).get(address).status_code == 404
