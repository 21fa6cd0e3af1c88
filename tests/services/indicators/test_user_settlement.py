"""The settlement of a user and month is what the fact takes in of it, meter by meter."""

from __future__ import annotations

from decimal import Decimal

import pytest

from metered_city import settle
from services.indicators.ledger_city import MONTHS, YEAR, ledger_city, settled_user
from shuiheng.services.errors import NotThereError
from shuiheng.services.indicators.fact_rows import fact_rows, value_of_litres
from shuiheng.services.indicators.user_settlement import month_asked, user_settlement
from shuiheng.services.inspections.city_sight import CitySight

pytestmark = pytest.mark.django_db
FACT = "non_resident_use"


def test_meters_add_up_to_the_row_of_the_user() -> None:
    city = ledger_city()
    mill = settled_user(city, "印染厂", use_class="industry", estimated=2_500_000)
    second = city.meter(mill)
    settle(second, MONTHS[-1], 30_000_000)
    seen = CitySight(city.place)
    rows = fact_rows(seen, city.place, FACT, YEAR)
    (row,) = rows.users
    found = user_settlement(seen, city.place, FACT, mill.pk, MONTHS[-1])
    assert found.value == value_of_litres(rows, row.litres) == Decimal(4)
    assert [each.litres for each in found.meters] == [30_000_000, 10_000_000]
    assert found.meters[0].meter.pk == second.pk
    assert found.meters[1].settled is not None and found.meters[1].settled.estimated_litres == 2_500_000
    assert [list(each.lines or ()) for each in found.meters] == [[], []]  # settled by hand, without readings
    earlier = user_settlement(seen, city.place, FACT, mill.pk, MONTHS[0])
    assert earlier.value == 1
    assert [each.settled is None for each in earlier.meters] == [False, True]


def test_meters_without_a_user_have_a_page_of_their_own() -> None:
    city = ledger_city()
    mill = settled_user(city, "印染厂", use_class="industry", own_source=True)
    settle(city.meter(None, source=mill.sources.first()), MONTHS[-1], 1_000_000)
    seen = CitySight(city.place)
    found = user_settlement(seen, city.place, "abstraction_metered", None, MONTHS[-1])
    assert [each.litres for each in found.meters] == [1_000_000]


def test_what_a_fact_does_not_take_in_is_not_there() -> None:
    city = ledger_city()
    home = settled_user(city, "小区", use_class="residential")
    seen = CitySight(city.place)
    for place, fact, user in (
        (city.place, FACT, home.pk),
        (city.place, "gdp", home.pk),
        (city.districts[1], "urban_use", home.pk),
    ):
        with pytest.raises(NotThereError):
            user_settlement(seen, place, fact, user, MONTHS[0])


def test_the_last_month_of_a_year_is_shown_unless_told() -> None:
    assert month_asked(YEAR, None) == MONTHS[-1]
    assert month_asked(YEAR, 13) == MONTHS[-1]
    assert month_asked(YEAR, 5) == MONTHS[4]
    with pytest.raises(NotThereError):
        month_asked(1, 5)
