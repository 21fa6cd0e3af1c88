"""A cap is held against the use of its own place; where one of both is unknown nothing is judged."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest

from office import make_account
from pictured_city import YEAR, PicturedCity, pictured_city
from shuiheng.adapters.records.models import KeptStanding, Role
from shuiheng.services.indicators.dual_control import DualBoard, Measure, aims_of, dual_board
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(db: None) -> PicturedCity:
    return pictured_city()


def _board(city: PicturedCity) -> DualBoard:
    seen = sight(make_account("zhao", Role.OFFICE_LEADER), Action.FIGURES_LOOK)
    return dual_board(seen, city.place, [city.place, *city.districts], YEAR)


def test_what_is_left_and_the_share_are_of_the_own_cap(city: PicturedCity) -> None:
    east, west = city.districts
    city.tell(city.place, use_total="300")
    city.tell(east, use_total="120")
    city.cap(4_000_000)
    city.cap(1_000_000, east)
    city.cap(9_000_000, year=YEAR - 1)
    whole, of_east, of_west = _board(city).lines
    assert (whole.left_m3, whole.used_share, whole.is_over) == (1_000_000, Decimal("0.75"), False)
    assert (of_east.left_m3, of_east.is_over) == (-200_000, True)
    assert of_west.place == west
    assert (of_west.use_m3, of_west.left_m3, of_west.used_share, of_west.is_over) == (None, None, None, None)


def test_a_use_that_is_the_cap_is_not_over_it(city: PicturedCity) -> None:
    city.tell(city.place, use_total="300")
    city.cap(3_000_000)
    assert _board(city).lines[0].is_over is False


def test_caps_of_a_class_of_use_are_not_the_whole(city: PicturedCity) -> None:
    cap = city.cap(1)
    cap.use_class = "industry"
    cap.save()
    assert _board(city).lines[0].cap is None


def test_while_the_year_is_not_known_its_first_months_are_told(city: PicturedCity) -> None:
    city.tell(city.place, use_total="300", through=6)
    city.tell(city.place, use_total="420", through=9)
    city.cap(4_000_000)
    seen = sight(make_account("zhao", Role.OFFICE_LEADER), Action.FIGURES_LOOK)
    (whole,) = dual_board(seen, city.place, [city.place], YEAR).lines
    assert (whole.use_m3, whole.through, whole.is_over) == (4_200_000, 9, True)
    city.tell(city.place, use_total="390")
    (whole,) = dual_board(seen, city.place, [city.place], YEAR).lines
    assert (whole.use_m3, whole.through, whole.is_over) == (3_900_000, 12, False)


def test_sectors_are_told_in_m3_and_what_is_missing_is_none(city: PicturedCity) -> None:
    city.tell(city.place, industrial_use="12")
    sectors = _board(city).sectors
    assert sectors["industrial_use"] == 120_000 and sectors["domestic_use"] is None


def test_only_targets_on_total_and_intensity_are_aims() -> None:
    rows = [
        SimpleNamespace(content={"indicator": name})
        for name in ("water_per_industry_decline", "water_loss_rate", "water_use_total", "water_per_gdp")
    ]
    found = aims_of([*rows, KeptStanding(content={})])  # type: ignore[list-item]
    assert [aim.measure for aim in found] == [Measure.TOTAL, Measure.GDP, Measure.INDUSTRY]
