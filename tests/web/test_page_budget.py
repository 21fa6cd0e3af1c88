"""Pages of a city that has worked for years cost no more queries than those of one that begins."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from access.world import City, make_city
from shuiheng.adapters.records.models import Role
from web.addresses import UNIT, Visitors, addresses
from web.grown_city import grow

BUDGET = 30
UNITS, YEARS = 2000, 5  # what a small city has to bear
FILTERS = (
    "/tasks/?by=path",
    "/tasks/?by=deadline&q=水",
    "/search/?q=水利局",
    "/targets/?year=2027",
    "/duties/?year=2027",
    "/compare/?way=align",
    "/register/?page=2",
    "/progress/?period=all",
    "/progress/?period=all&page=2",
    "/organisations/?page=2",
    "/events/?person=a",
)


def _paths(visitors: Visitors) -> Iterator[tuple[str, Client]]:
    for address in addresses(visitors.city):
        if "GET" in address.methods and not address.name.startswith("api."):
            yield address.path, visitors.at(address)
    for path in FILTERS:
        yield path, visitors.of(Role.AUDITOR if path.startswith("/events") else Role.OFFICE_CLERK)


def _costs(visitors: Visitors) -> dict[str, int]:
    """Return the number of queries of each page."""
    found = {}
    for path, who in _paths(visitors):
        _read(who, path)  # what is worked out once, and kept, is not the price of a page
        with CaptureQueriesContext(connection) as queries:
            _read(who, path)
        found[path] = len(queries)
    return found


def _read(who: Client, path: str) -> None:
    """Open a page and read it to its end."""
    answer = who.get(path)
    if answer.streaming:
        b"".join(answer)
    answer.close()


@pytest.fixture
def city(db: None) -> City:
    """A city with a row in every table and a few more of those that pages list."""
    made = make_city("a", "青禾市", units=UNIT)
    grow(made, units=20, years=1)
    return made


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
    costs = _costs(Visitors(city))
    assert len(costs) > 60
    assert not {path: cost for path, cost in costs.items() if cost > BUDGET}
