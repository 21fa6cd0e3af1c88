"""The table of indicators: values open their derivation, gaps name their facts, official ones are marked."""

from __future__ import annotations

import pytest
from django.urls import reverse

from office import make_account
from shuiheng.adapters.records.models import Account, Place, Role
from web.pages.awards.conftest import Browser
from web.pages.figures.test_working import release

pytestmark = pytest.mark.django_db


def test_values_lead_to_how_they_came_to_be(place: Place, leader: Account, browser: Browser) -> None:
    release(browser, leader, place)
    page = browser(leader).get(reverse("indicators") + "?year=2024").content.decode()
    assert reverse("indicator_value", args=["water_per_gdp", place.pk, 2024]) in page
    assert "24.7178" in page
    assert "正式" in page
    assert "公共供水总量" in page


def test_the_table_is_sent_as_a_workbook_and_as_text(place: Place, leader: Account, browser: Browser) -> None:
    del place
    for ending in ("xlsx", "csv"):
        answer = browser(leader).get(reverse("indicators_export", args=[ending]) + "?year=2024")
        assert answer.status_code == 200
    assert "万元国内生产总值用水量" in answer.content.decode("utf-8-sig")
    assert browser(leader).get(reverse("indicators_export", args=["pdf"])).status_code == 404


def test_a_city_without_facts_is_told_what_to_do(officer: Account, leader: Account, browser: Browser) -> None:
    del officer
    page = browser(leader).get(reverse("indicators")).content.decode()
    assert "请先填报并确认统计数据" in page


def test_who_sees_no_place_is_told_so(place: Place, browser: Browser) -> None:
    del place
    supplier = make_account("supplier", Role.SUPPLIER)
    assert "没有可以查看指标的地区" in browser(supplier).get(reverse("indicators")).content.decode()
