"""The list of cases: found by a filter, sent as a file, kept under a name; a unit sees its own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.cases.made_up import CaseCity, bring_on
from shuiheng.adapters.records.models import Account, Role
from shuiheng.services.found_city import join
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
GONE = 404


def test_the_office_filters_exports_and_keeps_a_filter(city: CaseCity, browser: Browser) -> None:
    city.open("saving_compound", "清河苑", sort="place")
    bring_on(city, city.open("saving_school", "一中"))
    office = browser(city.clerk)
    query = "?kind=saving_compound&due=late"
    page = office.get(reverse("cases") + query).content.decode()
    assert "清河苑" in page and "一中" not in page.split("<tbody>")[1] and "申报" in page
    csv = office.get(reverse("cases_export", args=["csv"]) + query).content.decode("utf-8-sig")
    assert "清河苑" in csv and "一中" not in csv and "节水型居民小区" in csv
    assert office.get(reverse("cases_export", args=["xlsx"])).status_code == 200
    assert office.get(reverse("cases_export", args=["pdf"])).status_code == GONE
    office.post(reverse("cases_filters") + query, {"name": "逾期小区"})
    kept = city.clerk.saved_filters.get(page="cases")
    assert kept.query == "kind=saving_compound&due=late"
    assert "逾期小区" in office.get(reverse("cases")).content.decode()
    office.post(reverse("cases_filters"), {"drop": kept.pk})
    assert not city.clerk.saved_filters.exists()


def test_what_nobody_knows_is_not_asked_and_an_empty_list_says_so(city: CaseCity, browser: Browser) -> None:
    office = browser(city.clerk)
    assert "还没有事项" in office.get(reverse("cases")).content.decode()
    city.open("saving_compound", "清河苑", sort="place")
    odd = "?kind=x&phase=x&holding=x&due=x&level=x&order=x&district=x&page=x&q=%00"
    assert "清河苑" in office.get(reverse("cases") + odd).content.decode()
    assert "没有符合条件的事项" in office.get(reverse("cases") + "?q=无此").content.decode()


def test_what_waits_for_the_reader_is_told_on_the_first_page_and_listed(
    city: CaseCity, browser: Browser
) -> None:
    user = city.user("一中")
    city.open("saving_school", "一中", subject=city.about(user))
    city.open("saving_school", "二中")
    filer = Account.objects.create(username="filer")
    join(filer, user.organisation, Role.ENTERPRISE_FILER)
    page = browser(filer).get(reverse("cases") + "?mine=1").content.decode()
    assert "一中" in page and "二中" not in page and reverse("new_case") not in page
    bring_on(city, city.open("saving_compound", "清河苑", sort="place"), until="visit")
    page = browser(city.clerk).get(reverse("home")).content.decode()
    assert "项待我办理的事项" in page
    page = browser(city.clerk).get(reverse("cases") + "?mine=1").content.decode()
    assert "清河苑" in page
