"""Pages of a city that has worked for years cost no more queries than those of one that begins."""

from __future__ import annotations

import pytest

from access.world import City, make_city
from web.addresses import UNIT, Visitors
from web.grown_city import grow
from web.page_costs import asked_paths, cost_of

BUDGET = 30
UNITS, YEARS = 2000, 5  # what a small city has to bear
SHOWN = 12


def _costs(visitors: Visitors) -> dict[str, int]:
    """Return the number of queries of each page."""
    return {path: cost_of(who, path).queries for path, who in asked_paths(visitors)}


@pytest.fixture
def city(db: None) -> City:
    """A city with a row in every table and a few more of those that pages list."""
    made = make_city("a", "青禾市", units=UNIT)
    grow(made, units=20, years=1)
    return made


@pytest.mark.any_database("the number of queries is that of the code")
def test_the_number_of_queries_does_not_grow_with_units_and_years(city: City) -> None:
    visitors = Visitors(city)
    before = _costs(visitors)
    grow(city, units=60, years=2)
    after = _costs(visitors)
    assert not {path: (before[path], after[path]) for path in before if after[path] > before[path]}
    assert not {path: cost for path, cost in after.items() if cost > BUDGET}


@pytest.mark.nightly
def test_no_page_costs_more_than_its_budget_after_five_years_with_2000_units(city: City) -> None:
    grow(city, units=UNITS, years=YEARS)
    costs = {path: cost_of(who, path) for path, who in asked_paths(Visitors(city))}
    assert len(costs) > 60
    for path, cost in sorted(costs.items(), key=lambda each: -each[1].seconds)[:SHOWN]:
        print(f"{cost.seconds:6.3f} s of the processor, {cost.queries:2} queries: {path}")
    assert not {path: cost for path, cost in costs.items() if cost.queries > BUDGET}
