"""Only what a second person has confirmed counts, for the place and years that are asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from office import make_account, the_office
from services.indicators.ledger_city import YEAR, ledger_city, settled_user
from shuiheng.adapters.records.models import Role
from shuiheng.indicators.facts import FactFigure, FactKey, Grade
from shuiheng.services.indicators.fact_book import (
    _keep_one_origin,
    fact_book,
    fact_books,
    with_settled_parts,
)
from shuiheng.services.indicators.keep_statistic import StatisticFields, decide_statistics, enter_statistics

pytestmark = pytest.mark.django_db
GDP = StatisticFields(
    fact="gdp", year=2023, value=Decimal(1200), source="青禾市统计年鉴", estimated_share=Decimal("0.25")
)


def test_what_was_confirmed_counts_with_its_grade(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: date(2025, 5, 1))
    clerk, reviewer = make_account("clerk", Role.OFFICE_CLERK), make_account("reviewer", Role.OFFICE_REVIEWER)
    place = the_office().place
    (row,) = enter_statistics(clerk, place.pk, [GDP])
    assert FactKey("gdp", 2023) not in fact_book(place, [2023]).figures
    decide_statistics(reviewer, [row.pk], is_confirmed=True)
    enter_statistics(clerk, place.pk, [replace(GDP, value=Decimal(9))])
    found = fact_book(place, [2023, 2024]).figures
    assert found[FactKey("gdp", 2023)].value == 1200
    assert found[FactKey("gdp", 2023)].shares == {
        Grade.REPORTED: Decimal("0.75"),
        Grade.ESTIMATED: Decimal("0.25"),
    }
    assert found[FactKey("gdp", 2023)].origin == f"statistic:{row.pk}"
    assert FactKey("gdp", 2024) not in found
    assert not fact_book(place, [2022]).figures.keys() & {FactKey("gdp", 2023)}


def test_a_year_that_is_not_over_has_no_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: date(2025, 5, 1))
    found = fact_book(the_office().place, [2023, 2024, 2025]).figures
    days = {key.year: figure.value for key, figure in found.items() if key.fact == "days_of_year"}
    assert days == {2023: 365, 2024: 366}


def test_what_the_ledger_tells_goes_before_what_was_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: date(YEAR + 1, 5, 1))
    city = ledger_city()
    settled_user(city, "厂", use_class="industry")
    settled_user(city, "小区", use_class="residential")
    clerk, reviewer = make_account("clerk", Role.OFFICE_CLERK), make_account("reviewer", Role.OFFICE_REVIEWER)
    entered = [
        StatisticFields(fact=fact, year=year, value=Decimal(7), source="青禾市统计年鉴")
        for fact in ("non_resident_use", "household_use")
        for year in (YEAR - 1, YEAR)
    ]
    rows = enter_statistics(clerk, city.place.pk, entered)
    decide_statistics(reviewer, [row.pk for row in rows], is_confirmed=True)
    found = fact_book(city.place, [YEAR - 1, YEAR]).figures
    assert found[FactKey("non_resident_use", YEAR)].value == 12
    assert found[FactKey("household_use", YEAR)].value == 7
    assert found[FactKey("non_resident_use", YEAR - 1)].value == 7
    assert found[FactKey("urban_use", YEAR)].value == 24


def test_first_months_come_from_one_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    today = date(YEAR, 10, 8)
    monkeypatch.setattr(timezone, "localdate", lambda *given: today)
    city = ledger_city()
    settled_user(city, "厂", use_class="industry")
    settled_user(city, "小区", use_class="residential")
    clerk, reviewer = make_account("clerk", Role.OFFICE_CLERK), make_account("reviewer", Role.OFFICE_REVIEWER)
    entered = [
        StatisticFields(fact=fact, year=YEAR, value=Decimal(7), source="快报", through=6)
        for fact in ("use_total", "industrial_metered", "household_use")
    ]
    rows = enter_statistics(clerk, city.place.pk, entered)
    decide_statistics(reviewer, [row.pk for row in rows], is_confirmed=True)
    books = fact_books(city.place, [city.place], [YEAR])
    book = with_settled_parts(city.place, books, [YEAR], today=today)[city.place.pk]
    told = {
        key.fact: {month: figure.value for month, figure in parts.items()}
        for key, parts in book.parts.items()
    }
    assert told["use_total"] == {6: 7} == told["household_use"]
    assert told["industrial_metered"] == told["industrial_ledger_use"] == {n: n for n in range(1, 10)}
    assert book.parts[FactKey("use_total", YEAR)][6].up_to == date(YEAR, 6, 30)
    assert FactKey("use_total", YEAR) not in book.figures


def test_books_of_districts_are_those_that_each_gives_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: date(YEAR + 1, 5, 1))
    city = ledger_city()
    settled_user(city, "厂", use_class="industry")
    settled_user(city, "西厂", use_class="industry", district=1)
    places = [city.place, *city.districts]
    together = fact_books(city.place, places, [YEAR])
    assert {place.pk: fact_book(place, [YEAR]) for place in places} == together
    assert together[city.districts[1].pk].figures[FactKey("industrial_metered", YEAR)].value == 12


def test_what_is_not_asked_for_is_not_computed(
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: date(YEAR + 1, 5, 1))
    city = ledger_city()
    settled_user(city, "厂", use_class="industry")
    with django_assert_max_num_queries(1):
        assert not fact_book(city.place, [2010], facts=["gdp"]).figures.keys() - {
            FactKey("days_of_year", 2010)
        }
    asked = fact_book(city.place, [YEAR], facts=["industrial_metered", "smart_meters"]).figures
    assert {key.fact for key in asked} == {
        "industrial_metered",
        "industrial_ledger_use",
        "smart_meters",
        "meters",
        "days_of_year",
    }


def test_a_part_is_held_only_against_a_whole_of_its_own_origin() -> None:
    whole, part = FactKey("non_resident_use", 2024), FactKey("planned_users_use", 2024)
    one, other = (
        FactFigure(value=Decimal(value), origin=name) for value, name in ((5, "own"), (90, "entered"))
    )
    cases = (
        ({whole: one, part: one}, {whole: other, part: other}, "own", "own"),
        ({whole: one}, {whole: other, part: other}, "entered", "entered"),
        ({whole: one}, {part: other}, "own", ""),
        ({part: one}, {whole: other}, "entered", ""),
        ({part: one}, {part: other}, "", "own"),
        ({whole: one}, {whole: other}, "own", ""),
        ({}, {whole: other, part: other}, "entered", "entered"),
    )
    for own, entered, of_whole, of_part in cases:
        _keep_one_origin(own, entered, [2024])
        left = {**entered, **own}
        assert [left[key].origin if key in left else "" for key in (whole, part)] == [of_whole, of_part]
