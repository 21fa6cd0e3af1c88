"""Over what is known, samples of a formula are its value; an unknown fact gives none."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.evaluate import Question, evaluate
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.indicators.odds.formula_paths import FormulaPaths

YEAR, BASE = 2025, 2020
BOOK = indicator_book()


def whole_book() -> FactBook:
    """Return a book in which every fact is known, each year a little more than the one before."""
    figures = {
        FactKey(name, year, member): FactFigure(
            value=Decimal(10 + place) + Decimal(year - BASE) / 10, origin="made"
        )
        for place, (name, kind) in enumerate(sorted(BOOK.facts.items()))
        for year in range(BASE, YEAR + 1)
        for member in (("large", "small") if kind.is_by_member else ("",))
    }
    return FactBook(kinds=BOOK.facts, figures=figures)


@pytest.mark.parametrize("name", sorted(BOOK.indicators))
def test_what_is_known_gives_the_value_itself(name: str) -> None:
    indicator, known = BOOK.indicators[name], whole_book()
    question = Question(year=YEAR, base_year=BASE)
    figure = evaluate(indicator, question, known)
    work = FormulaPaths(version=figure.version, question=question, book=known, paths={})
    found = work.value_of(YEAR)
    assert figure.value is not None and found is not None
    assert float(found[0]) == pytest.approx(float(figure.value), rel=1e-9)


def test_samples_of_one_fact_move_the_value() -> None:
    indicator, known = BOOK.indicators["water_per_gdp"], whole_book()
    version, question = indicator.versions[-1], Question(year=YEAR + 1)
    names = version.facts()
    assert FormulaPaths(version=version, question=question, book=known, paths={}).value_of(YEAR + 1) is None
    paths = {FactKey(name, YEAR + 1): np.array([1.0, 2.0]) for name in names}
    paths[FactKey("gdp", YEAR + 1)] = np.array([1.0, 1.0])
    paths[FactKey("use_total", YEAR + 1)] = np.array([3.0, 6.0])
    found = FormulaPaths(version=version, question=question, book=known, paths=paths).value_of(YEAR + 1)
    assert found is not None and found[1] == pytest.approx(2 * found[0])
