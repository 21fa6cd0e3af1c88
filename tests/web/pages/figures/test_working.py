"""A working value is opened down to its facts and the clause, and signed off beside what is official."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from office import make_account
from shuiheng.adapters.records.models import Account, Figure, Place, Role
from shuiheng.services.indicators.keep_statistic import StatisticFields, decide_statistics, enter_statistics
from shuiheng.services.indicators.working_figure import Wanted, working_figure
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
VALUE = "24.71780505891076872373733212"
PER_GDP = Wanted(indicator="water_per_gdp", year=2024)


def _address(
    place: Place, year: int = 2024, indicator: str = "water_per_gdp", of: str = "indicator_value"
) -> str:
    return reverse(of, args=[indicator, place.pk, year])


def release(browser: Browser, leader: Account, place: Place, cause: str = "") -> Figure:
    """Sign the use per GDP off as the page does, and return the figure that stands."""
    digest = working_figure(place, PER_GDP).digest
    asked = {"digest": digest, "cause": cause}
    answer = browser(leader).post(_address(place, of="release_indicator"), asked)
    assert answer.status_code == 302
    return Figure.objects.get(superseded_at=None)


def correct(officer: Account, place: Place, gdp: Decimal) -> None:
    """Enter and confirm another GDP of the year."""
    fields = StatisticFields(fact="gdp", year=2024, value=gdp, source="青禾市统计公报")
    (row,) = enter_statistics(officer, place.pk, [fields])
    decide_statistics(make_account("decides", Role.OFFICE_REVIEWER), [row.pk], is_confirmed=True)


def test_a_value_is_opened_to_facts_sources_and_clauses(
    place: Place, leader: Account, browser: Browser
) -> None:
    page = browser(leader).get(_address(place)).content.decode()
    for shown in (
        VALUE,
        "305000000 − 5000000",
        "÷ 121370000000",
        "地区生产总值",
        "1213.7",
        "青禾市统计年鉴",
        "依据",
    ):
        assert shown in page, shown
    assert "签发为正式数据" in page
    tree = browser(leader).get(_address(place) + "?format=json").json()
    assert tree["value"] == VALUE
    assert {each["key"] for each in tree["made_of"]} == {"total", "gdp"}


def test_a_value_that_is_missing_names_what_is_missing(
    place: Place, leader: Account, browser: Browser
) -> None:
    page = browser(leader).get(_address(place, indicator="water_loss_rate")).content.decode()
    assert "缺失" in page
    assert "公共供水总量" in page
    assert "签发为正式数据" not in page


def test_a_decline_compares_with_the_base_year_that_is_asked_for(
    place: Place, leader: Account, browser: Browser
) -> None:
    address = _address(place, indicator="water_per_gdp_decline") + "?base=2023"
    assert browser(leader).get(address + "&format=json").json()["value"].startswith("6.718")
    assert "基准年 2023" in browser(leader).get(address).content.decode()


def test_an_official_value_stands_beside_a_working_one_that_changed(
    place: Place, leader: Account, officer: Account, browser: Browser
) -> None:
    release(browser, leader, place)
    page = browser(leader).get(_address(place)).content.decode()
    assert "与工作数据一致" in page
    assert "签发并替换" not in page
    correct(officer, place, Decimal(1250))
    page = browser(leader).get(_address(place)).content.decode()
    assert "与工作数据不一致" in page
    assert "签发并替换" in page


def test_what_was_typed_is_kept_when_a_release_is_refused(
    place: Place, leader: Account, browser: Browser
) -> None:
    asked = {"digest": "0" * 64, "cause": "按公报更正"}
    page = browser(leader).post(_address(place, of="release_indicator"), asked).content.decode()
    assert "按公报更正" in page or "签发为正式数据" in page
    assert "基础数据有变动" in page
    assert not Figure.objects.exists()


def test_others_neither_see_nor_release(place: Place, browser: Browser) -> None:
    reviewer = make_account("only_reviews", Role.OFFICE_REVIEWER)
    assert browser(reviewer).post(_address(place, of="release_indicator")).status_code == 404
    assert "签发为正式数据" not in browser(reviewer).get(_address(place)).content.decode()
    for address in (_address(place, indicator="nothing"), _address(place, year=1800)):
        assert browser(reviewer).get(address).status_code == 404
