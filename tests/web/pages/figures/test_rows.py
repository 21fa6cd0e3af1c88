"""The page of a fact shows its months and leads to each user in sight."""

from __future__ import annotations

import pytest
from django.urls import reverse

from office import make_account
from services.indicators.ledger_city import YEAR, ledger_city, settled_user
from shuiheng.adapters.records.models import Role
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
