"""The page of a target shows its cases, districts, levels and years, as far as the reader may see them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from office import make_account
from services.cases.made_up import CaseCity, bring_on
from services.cases.test_link_targets import one
from shuiheng.adapters.records.models import PlanVersion, ProgrammeCase, Role
from shuiheng.services.set_share import set_shares
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db


def _awarded(city: CaseCity, name: str, place: int = 0) -> ProgrammeCase:
    district = city.metered.districts[place].pk
    return bring_on(city, city.open("saving_enterprise", name, district=district))


def _page(city: CaseCity, browser: Browser, query: str = "") -> str:
    address = reverse("target_count", args=[one("节水型企业").target.pk])
    return browser(city.clerk).get(address + query).content.decode()


def test_a_number_leads_to_its_cases(city: CaseCity, published: PlanVersion, browser: Browser) -> None:
    _awarded(city, "甲厂")
    _awarded(city, "乙厂", place=1)
    page = _page(city, browser)
    assert "甲厂" in page and "乙厂" in page and "东河区" in page and "西山区" in page
    page = _page(city, browser, f"?district={city.district.pk}")
    assert "甲厂" in page and "乙厂" not in page and "显示全部" in page
    assert "甲厂" not in _page(city, browser, "?level=province")
    assert "甲厂" not in _page(city, browser, "?year=2001")
    assert "当日没有计入的事项" in _page(city, browser, "?on=2015-01-01")


def test_a_district_that_is_short_is_told(city: CaseCity, published: PlanVersion, browser: Browser) -> None:
    _awarded(city, "甲厂")
    set_shares(city.clerk, one("节水型企业").target.pk, {city.district.pk: Decimal(4)})
    page = _page(city, browser)
    assert "尚未分解到区县" in page and "确认口径" in page
    assert '<span class="badge b-low" data-doc>3' in page


def test_who_may_not_see_cases_sees_how_many_there_are(
    city: CaseCity, published: PlanVersion, browser: Browser
) -> None:
    _awarded(city, "甲厂")
    reader = make_account("looking", Role.READER)
    address = reverse("target_count", args=[one("节水型企业").target.pk])
    page = browser(reader).get(address).content.decode()
    assert "甲厂" not in page and "另有 1 件不在您的查看范围内" in page
    assert reverse("link_target", args=[one("节水型企业").target.pk]) not in page


def test_a_target_that_nothing_counts_says_why(
    city: CaseCity, published: PlanVersion, browser: Browser
) -> None:
    address = reverse("target_count", args=[one("漏损率").target.pk])
    page = browser(city.clerk).get(address).content.decode()
    assert "计入的事项" not in page and "漏损率" in page
    assert browser(city.clerk).get(reverse("target_count", args=[10**6])).status_code == 404
