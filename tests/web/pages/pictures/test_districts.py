"""Districts are ranked by an indicator; one without value comes last, hatched, with what is missing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from pictured_city import YEAR, PicturedCity

pytestmark = pytest.mark.django_db
ADDRESS = "district_figures"


def test_the_best_stands_first_and_unknown_is_hatched(office: Client, city: PicturedCity) -> None:
    city.tell(city.districts[1], use_total="210", unconventional_use="10", gdp="4")
    page = office.get(reverse(ADDRESS)).content.decode()
    table = page[page.index("<table") :]
    assert table.index("西岭区") < table.index("东港区") and "50" in table
    assert 'class="k-0 hatched"' in page and "无数据" in page
    assert "地区生产总值" in table


def test_an_indicator_and_a_base_year_can_be_chosen(office: Client, city: PicturedCity) -> None:
    for year, total in ((YEAR - 1, "200"), (YEAR, "198")):
        city.tell(city.districts[0], year, use_total=total, unconventional_use="0", gdp="4", gdp_index="110")
    asked = {"indicator": "water_per_gdp_decline", "base": str(YEAR - 1)}
    page = office.get(reverse(ADDRESS), asked).content.decode()
    assert f"与{YEAR - 1}年比较" in page
    value = reverse("indicator_value", args=[asked["indicator"], city.districts[0].pk, YEAR])
    assert f'<td class="num" data-label="数值 (%)"><a href="{value}?base={YEAR - 1}">10</a></td>' in page


def test_outlines_are_for_those_who_may_see_the_map(office: Client, city: PicturedCity) -> None:
    assert "map-chart" not in office.get(reverse(ADDRESS)).content.decode()
