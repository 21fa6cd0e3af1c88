"""Places are compared by one indicator; a place without its facts has no rank and names what is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pictured_city import YEAR, PicturedCity, pictured_city
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.definition import Better
from shuiheng.services.indicators.district_figures import (
    PlaceFigure,
    comparable_indicators,
    place_figures,
    ranked_figures,
)

pytestmark = pytest.mark.django_db
PER_GDP = indicator_book().indicators["water_per_gdp"]


@pytest.fixture
def city(db: None) -> PicturedCity:
    return pictured_city()


def _figures(city: PicturedCity) -> dict[str, PlaceFigure]:
    found = place_figures(city.place, [city.place, *city.districts], PER_GDP, YEAR)
    return {each.place.name: each for each in found}


def test_the_value_is_use_for_ten_thousand_yuan(city: PicturedCity) -> None:
    city.tell(city.districts[0], use_total="2100", unconventional_use="100", gdp="40")
    found = _figures(city)
    assert found["东港区"].value == 50  # 2000万m³ by 40亿元 are 50 m³ for 10,000 yuan
    assert found["西岭区"].value is None
    assert set(found["西岭区"].missing) == {"use_total", "unconventional_use", "gdp"}


def test_the_best_is_first_equal_values_share_a_rank_and_unknown_has_none(city: PicturedCity) -> None:
    east, west = city.districts
    known = [PlaceFigure(place=place, value=Decimal(value)) for place, value in ((east, 5), (west, 5))]
    figures = [*known, PlaceFigure(place=city.place, value=Decimal(9))]
    assert ranked_figures(figures, Better.LOWER) == {east.pk: 1, west.pk: 1, city.place.pk: 3}
    assert ranked_figures(figures, Better.HIGHER) == {city.place.pk: 1, east.pk: 2, west.pk: 2}
    assert ranked_figures([PlaceFigure(place=east, value=None)], Better.LOWER) == {}


def test_a_decline_without_a_base_year_and_a_year_before_all_definitions_have_no_value(
    city: PicturedCity,
) -> None:
    decline = indicator_book().indicators["water_per_gdp_decline"]
    assert place_figures(city.place, city.districts, decline, YEAR)[0].value is None
    assert place_figures(city.place, city.districts, PER_GDP, 1980)[0].value is None
    assert decline in comparable_indicators()
