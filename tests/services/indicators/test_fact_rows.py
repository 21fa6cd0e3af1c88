"""The rows behind a computed fact add up to it: by month, by district, and by user as far as in sight."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.indicators.ledger_city import MONTHS, YEAR, ledger_city, settled_user
from shuiheng.adapters.records.kept_use import renew_month, stale_months
from shuiheng.services.errors import NotThereError
from shuiheng.services.indicators.fact_rows import FactRows, fact_rows, value_of_litres
from shuiheng.services.inspections.city_sight import CitySight

pytestmark = pytest.mark.django_db


def _add_up(rows: FactRows) -> None:
    assert rows.figure is not None
    assert value_of_litres(rows, rows.litres) == rows.figure.value
    assert rows.hidden_litres == 0
    assert sum(row.litres for row in rows.users) == rows.months[-1].litres
    assert sum(figure.value for _, figure in rows.districts if figure) in (0, rows.figure.value)


def test_rows_add_up_to_every_fact_that_adds_up_water() -> None:
    city = ledger_city()
    settled_user(city, "印染厂", use_class="industry", industry_code="1713", own_source=True)
    settled_user(city, "水厂", use_class="services", industry_code="4610", own_source=True, district=1)
    settled_user(city, "小区", use_class="residential", estimated=2_500_000)
    settled_user(city, "灌区", use_class="agriculture", own_source=True)
    seen = CitySight(city.place)
    facts = ("non_resident_use", "self_supply_use", "abstraction_metered", "urban_use", "urban_metered")
    for fact in facts:
        _add_up(fact_rows(seen, city.place, fact, YEAR))
    rows = fact_rows(seen, city.place, "non_resident_use", YEAR)
    assert [row.month for row in rows.months] == MONTHS
    assert len(rows.users) == 2
    for month in stale_months():
        renew_month(month)
    for fact in facts:
        _add_up(fact_rows(seen, city.place, fact, YEAR))
    district = fact_rows(seen, city.districts[1], "non_resident_use", YEAR)
    assert [row.litres for row in district.users] == [10_000_000]
    assert district.districts == []


def test_users_out_of_sight_are_in_the_months_and_not_listed() -> None:
    city = ledger_city()
    settled_user(city, "印染厂", use_class="industry")

    def nobody(table: object) -> object:
        return CitySight(city.place)(table).none()  # type: ignore[arg-type]  # any table

    rows = fact_rows(nobody, city.place, "non_resident_use", YEAR)  # type: ignore[arg-type]  # a sight
    assert rows.litres == 120_000_000
    assert rows.users == []


def test_a_fact_that_is_entered_has_no_rows_and_one_that_is_none_is_not_there() -> None:
    city = ledger_city()
    rows = fact_rows(CitySight(city.place), city.place, "gdp", YEAR)
    assert (rows.is_water, rows.figure, rows.months) == (False, None, [])
    assert value_of_litres(fact_rows(CitySight(city.place), city.place, "urban_use", YEAR), 10) == Decimal(
        "0.000001"
    )
    for fact, year in (("nothing", YEAR), ("gdp", 1)):
        with pytest.raises(NotThereError):
            fact_rows(CitySight(city.place), city.place, fact, year)
    assert date(YEAR, 1, 1) == MONTHS[0]
