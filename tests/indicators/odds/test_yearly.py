"""Futures of yearly facts: known years are kept, steady growth goes on, too few years say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.evaluate import Question
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.indicators.odds.scenarios import Drawing
from shuiheng.indicators.odds.yearly import YearlyModel, YearlyOutlook, yearly_outlook

RATE = "reclaimed_water_rate"
FIRST = 2018


def book_of(values: Mapping[str, Sequence[float]]) -> FactBook:
    """Return a book with a value for each year from 2018 on."""
    figures = {
        FactKey(fact, FIRST + step): FactFigure(value=Decimal(repr(value)), origin="made")
        for fact, known in values.items()
        for step, value in enumerate(known)
    }
    return FactBook(kinds=indicator_book().facts, figures=figures)


def outlook(values: Mapping[str, Sequence[float]], *, year: int = 2027, seed: int = 3) -> YearlyOutlook:
    """Return what the rate of reclaimed water may come to."""
    return yearly_outlook(
        indicator_book().indicators[RATE],
        Question(year=year),
        book_of(values),
        drawing=Drawing(seed=seed, paths=400),
    )


def facts_of_rate(numerator: Sequence[float], denominator: Sequence[float]) -> dict[str, Sequence[float]]:
    """Return the facts of the rate: all of the version get a series."""
    names = indicator_book().indicators[RATE].versions[-1].facts()
    return {name: numerator if place == 0 else denominator for place, name in enumerate(names)}


def test_growth_without_surprise_goes_on() -> None:
    grown = [10 * 1.1**step for step in range(8)]
    found = outlook(facts_of_rate(grown, [100.0] * 8))
    drift = found.by_year[2027][YearlyModel.DRIFT]
    assert found.first_year == 2026 and not found.too_short
    assert np.ptp(drift) < 1e-6
    last = outlook(facts_of_rate(grown, [100.0] * 8)).by_year[2026][YearlyModel.LEVEL]
    assert drift[0] > last[0] > 0


def test_too_few_years_name_the_facts() -> None:
    found = outlook(facts_of_rate([1.0, 2.0, 3.0], [100.0] * 8))
    assert not found.by_year and found.too_short


@given(
    wiggle=st.lists(st.floats(0.8, 1.25), min_size=8, max_size=8),
    seed=st.integers(0, 1000),
)
def test_the_same_seed_gives_the_same_digits_and_years_spread(wiggle: list[float], seed: int) -> None:
    values = facts_of_rate([20 * each for each in wiggle], [100.0] * 8)
    one, other = outlook(values, seed=seed), outlook(values, seed=seed)
    for year, models in one.by_year.items():
        for model, samples in models.items():
            assert np.array_equal(samples, other.by_year[year][model])
            assert (samples > 0).all()


def test_a_year_that_is_known_is_not_sampled() -> None:
    names = list(facts_of_rate([1.0], [1.0]))
    values: dict[str, Sequence[float]] = {name: [100.0] * 6 for name in names}
    values[names[0]] = [20.0, 21.0, 19.0, 22.0, 23.0, 20.0, 25.0]
    found = outlook(values, year=2025)
    assert found.first_year == 2024
    assert (
        np.ptp(found.by_year[2024][YearlyModel.LEVEL]) < 1e-9 < np.ptp(found.by_year[2025][YearlyModel.LEVEL])
    )
