"""A year that is under way comes to what its months are and what months like them were."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.odds.made import lively_months, series
from shuiheng.indicators.odds.drivers import DriverKind, DriverSeries
from shuiheng.indicators.odds.monthly import MONTHS, MonthsOfParts, growth_of_year
from shuiheng.indicators.odds.scenarios import Drawing

DRAWING = Drawing(seed=4, paths=300)


def months(seed: int = 1, length: int = 54, parts: int = 2) -> MonthsOfParts:
    """Return months of some parts from January 2021 on."""
    several = [series(list(lively_months(seed + part, length)), name=str(part)) for part in range(parts)]
    return MonthsOfParts(first_year=2021, parts=several)


def test_a_year_of_which_all_is_known_is_what_it_is() -> None:
    known = months(length=60)
    found = growth_of_year(known, 2025, DRAWING)
    this, before = known.total(2025), known.total(2024)
    assert found is not None and this is not None and before is not None
    assert np.allclose(found.samples, this / before) and not found.drivers


def test_known_months_narrow_what_the_year_can_come_to() -> None:
    early, late = (growth_of_year(months(length=length), 2025, DRAWING) for length in (49, 59))
    assert early is not None and late is not None
    assert late.samples.std() < early.samples.std()
    assert 0.7 < np.median(early.samples) < 1.4


@pytest.mark.parametrize("year", [2021, 2024, 2027])
def test_a_year_that_does_not_follow_the_months_has_no_growth(year: int) -> None:
    assert growth_of_year(months(), year, DRAWING) is None


def test_a_gap_in_the_year_before_leaves_no_growth() -> None:
    gap: list[float | None] = list(lively_months(1, 54))
    gap[40] = None
    assert growth_of_year(MonthsOfParts(first_year=2021, parts=[series(gap)]), 2025, DRAWING) is None
    assert growth_of_year(MonthsOfParts(first_year=2021, parts=[]), 2025, DRAWING) is None


def test_drivers_are_told_with_how_many_parts_they_helped() -> None:
    rng, place = np.random.default_rng(1), np.arange(108)
    heat = np.maximum(np.sin((place % MONTHS - 3) * np.pi / 6), 0) * (100 + 40 * rng.standard_normal(108))
    driver = DriverSeries(name="heat", kind=DriverKind.HEAT, year=MONTHS, values=tuple(heat), before=54)
    lively = months(parts=2)
    moved = [
        series(
            [float(value or 0) * float(np.exp(0.003 * heat[54 + at])) for at, value in enumerate(part.values)]
        )
        for part in lively.parts
    ]
    found = growth_of_year(MonthsOfParts(first_year=2021, parts=moved), 2025, DRAWING, drivers=[driver])
    assert found is not None and found.drivers == {"heat": 2}
    plain = growth_of_year(MonthsOfParts(first_year=2021, parts=moved), 2025, DRAWING)
    assert plain is not None and found.samples.std() < plain.samples.std()


@given(seed=st.integers(0, 50), length=st.integers(4 * MONTHS, 5 * MONTHS), factor=st.floats(0.1, 100))
def test_growth_knows_no_unit(seed: int, length: int, factor: float) -> None:
    one = months(seed, length, parts=1)
    scaled = [value * factor for value in one.parts[0].values if value is not None]
    other = MonthsOfParts(first_year=2021, parts=[series(scaled)])
    found, again = growth_of_year(one, 2025, DRAWING), growth_of_year(other, 2025, DRAWING)
    assert found is not None and again is not None
    assert np.allclose(found.samples, again.samples, rtol=1e-6)
