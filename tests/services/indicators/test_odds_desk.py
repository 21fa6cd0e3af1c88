"""What months foretell is the same for all targets; weather of the city stands in for a district's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from office import the_office
from services.indicators.ledger_city import ledger_city
from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.services.cases.count_target import desk_of
from shuiheng.services.indicators.months_of_place import CityMonths
from shuiheng.services.indicators.odds_desk import OddsDesk

pytestmark = pytest.mark.django_db
ON, FIRST, LAST, KNOWN = date(2026, 6, 1), 2021, 2025, 65
HEAT = [0, 0, 0, 5, 30, 90, 170, 160, 70, 20, 0, 0]


def heat_of(year: int, month: int) -> float:
    """Return degree-days of a month: some summers are hotter than others."""
    return HEAT[month - 1] * float(np.random.default_rng(year * 100 + month).uniform(0.4, 1.6))


def months_of(city: Place, *, moved: bool) -> CityMonths:
    """Return months from 2021 on with a season of their own and, if wanted, more use in hot months."""
    rng = np.random.default_rng(5)
    months = [date(FIRST + at // 12, at % 12 + 1, 1) for at in range(KNOWN)]
    values = [
        1e6
        * float(np.exp(0.01 * rng.standard_normal() + (0.004 * heat_of(at.year, at.month) if moved else 0)))
        for at in months
    ]
    return CityMonths(tuple(months), {(city.pk, "residential"): tuple(values)})


def book_of(*, with_heat: bool) -> FactBook:
    """Return yearly totals, and degree-days of months since 2016."""
    total = {
        FactKey("use_total", year): FactFigure(value=Decimal(30000), origin="made")
        for year in range(2016, LAST + 1)
    }
    parts: dict[FactKey, Mapping[int, FactFigure]] = {}
    for year in range(2016, LAST + 1) if with_heat else ():
        so_far = np.cumsum([heat_of(year, month) for month in range(1, 13)])
        told = {
            month: FactFigure(value=Decimal(repr(round(float(each), 3))), origin="made")
            for month, each in enumerate(so_far, start=1)
        }
        key = FactKey("cooling_degree_days", year)
        total[key] = told.pop(12)
        parts[key] = told
    return FactBook(kinds=indicator_book().facts, figures=total, parts=parts)


def desk(city: Place, *, moved: bool = True, with_heat: bool = True) -> OddsDesk:
    """Return a desk of a city with made-up months and facts."""
    return OddsDesk(
        on=ON,
        counting=desk_of(city, ON),
        months=months_of(city, moved=moved),
        books={city.pk: book_of(with_heat=with_heat)},
    )


def test_heat_that_moves_use_narrows_the_year() -> None:
    city = the_office().place
    key = FactKey("use_total", LAST + 1)
    plain = desk(city, with_heat=False).foretold(city, ["use_total", "gdp"])
    moved = desk(city).foretold(city, ["use_total"])
    assert set(plain) == set(moved) == {key}
    assert not plain[key].drivers and moved[key].drivers == {"cooling_degree_days": 1}
    assert moved[key].samples.std() < plain[key].samples.std()
    assert not desk(city, moved=False).foretold(city, ["use_total"])[key].drivers


def test_targets_of_one_place_share_what_is_foretold() -> None:
    city = the_office().place
    asked, key = desk(city), FactKey("use_total", LAST + 1)
    one, other = (asked.foretold(city, ["use_total"])[key] for _ in range(2))
    assert one is other
    again = desk(city).foretold(city, ["use_total"])[key]
    assert (again.samples == one.samples).all()


def test_weather_of_the_city_is_that_of_its_districts() -> None:
    made = ledger_city()
    district = made.districts[0]
    asked = desk(made.place)
    asked.months = CityMonths(
        asked.months.months, {(district.pk, name): held for (_, name), held in asked.months.by_part.items()}
    )
    asked.books[district.pk] = book_of(with_heat=False)
    found = asked.foretold(district, ["use_total"])
    assert found[FactKey("use_total", LAST + 1)].drivers == {"cooling_degree_days": 1}
    asked.books[made.districts[1].pk] = book_of(with_heat=False)
    assert not asked.foretold(made.districts[1], ["use_total"])  # it has no months
