"""Months of weather and output come of what is told from the first day of a year; the rest is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.indicators.odds.drivers import DriverKind
from shuiheng.services.indicators.drivers_of_place import driver_beside

RAIN, OUTPUT = "precipitation", "industrial_output"
MONTHS = [date(2024, month, 1) for month in range(1, 13)]


def book_of(fact: str, so_far: Mapping[int, Mapping[int, str]]) -> FactBook:
    """Return a book with what had come by the ends of months, by year and month; 12 is the whole year."""
    told = {
        FactKey(fact, year): {
            month: FactFigure(value=Decimal(value), origin="made") for month, value in at.items()
        }
        for year, at in so_far.items()
    }
    return FactBook(
        kinds=indicator_book().facts,
        figures={key: at[12] for key, at in told.items() if 12 in at},
        parts={key: {month: each for month, each in at.items() if month < 12} for key, at in told.items()},
    )


def test_a_month_is_what_came_since_the_one_before() -> None:
    so_far = {2023: {month: str(10 * month) for month in range(1, 13)}, 2024: {1: "5", 2: "12", 3: "12"}}
    found = driver_beside(book_of(RAIN, so_far), RAIN, DriverKind.WET, MONTHS)
    assert found is not None and (found.before, found.year, found.name) == (12, 12, RAIN)
    scale = float(indicator_book().facts[RAIN].unit.scale)
    assert found.values == pytest.approx([10 * scale] * 12 + [5 * scale, 7 * scale, 0])


def test_what_is_not_told_by_month_is_unknown() -> None:
    so_far = {2024: {1: "5", 3: "20", 4: "26", 5: "25", 6: "30"}}
    found = driver_beside(book_of(RAIN, so_far), RAIN, DriverKind.WET, MONTHS)
    assert found is not None and found.before == 0
    known = [value is not None for value in found.values]
    assert known == [True, False, False, True, False, True]  # what fell is mended and tells no month


def test_output_of_two_months_together_is_shared() -> None:
    so_far = {2024: {2: "30", 3: "50", 6: "110"}}
    found = driver_beside(book_of(OUTPUT, so_far), OUTPUT, DriverKind.OUTPUT, MONTHS)
    assert found is not None
    scale = float(indicator_book().facts[OUTPUT].unit.scale)
    assert found.values == pytest.approx([15 * scale, 15 * scale, 20 * scale])
    rain = driver_beside(book_of(RAIN, so_far), RAIN, DriverKind.WET, MONTHS)
    assert rain is not None and rain.values[:2] == (None, None)


def test_nothing_told_is_no_driver() -> None:
    assert driver_beside(book_of(RAIN, {}), RAIN, DriverKind.WET, MONTHS) is None
    assert driver_beside(book_of(RAIN, {2024: {1: "5"}}), RAIN, DriverKind.WET, []) is None
    assert driver_beside(book_of(RAIN, {2020: {12: "900"}}), RAIN, DriverKind.WET, MONTHS) is None


def test_months_that_are_told_before_the_meters_are_known_ahead() -> None:
    so_far = {2024: {1: "5", 2: "12", 3: "20"}}
    found = driver_beside(book_of(RAIN, so_far), RAIN, DriverKind.WET, MONTHS[:2])
    assert found is not None and len(found.values) == 3
