"""Facts of settled months: by class, source and set, for whole years, with how well each is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from metered_city import MeteredCity
from services.indicators.ledger_city import MONTHS, YEAR, give_plan, ledger_city, settled_user
from shuiheng.adapters.records.kept_use import renew_month, stale_months
from shuiheng.adapters.records.models import Account, SettledMonth
from shuiheng.adapters.records.use_figures import Use
from shuiheng.indicators.facts import FactFigure, Grade
from shuiheng.services.indicators.settled_facts import settled_facts, shares_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 1)
MONTH_OF_ONE = Decimal(12)  # 10 000 m³ in each of 12 months, in 万m³


def _facts(city: MeteredCity, place: int | None = None, today: date = TODAY) -> dict[str, FactFigure]:
    own = city.place
    keys = [own.pk, *(each.pk for each in city.districts)]
    found = settled_facts(own, keys, [YEAR - 1, YEAR, YEAR + 1], today=today)[place or own.pk]
    return {key.fact: figure for key, figure in found.items() if key.year == YEAR}


def test_each_fact_takes_its_classes_and_sources_only() -> None:
    city = ledger_city()
    settled_user(city, "印染厂", use_class="industry", industry_code="1713", own_source=True)
    settled_user(city, "水厂", use_class="services", industry_code="4610", own_source=True, district=1)
    settled_user(city, "小区", use_class="residential")
    settled_user(city, "灌区", use_class="agriculture", own_source=True)
    found = {name: figure.value for name, figure in _facts(city).items()}
    assert found == {
        "non_resident_use": 2 * MONTH_OF_ONE,
        "self_supply_use": 2 * MONTH_OF_ONE,
        "self_supply_metered": 2 * MONTH_OF_ONE,
        "abstraction_use": 3 * MONTH_OF_ONE,
        "abstraction_metered": 3 * MONTH_OF_ONE,
        "industrial_ledger_use": MONTH_OF_ONE,
        "industrial_metered": MONTH_OF_ONE,
        "urban_use": 3 * MONTH_OF_ONE,
        "urban_metered": 3 * MONTH_OF_ONE,
        "household_use": MONTH_OF_ONE,
    }
    west = _facts(city, city.districts[1].pk)
    assert west["non_resident_use"].value == MONTH_OF_ONE
    assert west["abstraction_use"].origin == f"settled:{YEAR}:abstraction_use"
    assert "industrial_ledger_use" not in west and "self_supply_use" not in west


def test_what_was_estimated_counts_as_use_but_not_as_metered() -> None:
    city = ledger_city()
    settled_user(city, "厂", use_class="industry", litres=10_000_000, estimated=2_500_000)
    found = _facts(city)
    assert found["industrial_ledger_use"].value == 12
    assert found["industrial_ledger_use"].shares[Grade.ESTIMATED] == Decimal("0.25")
    assert found["industrial_metered"].value == 9
    assert found["industrial_metered"].shares[Grade.MEASURED] == 1


def test_a_year_with_an_unknown_month_has_no_total() -> None:
    city = ledger_city()
    user = settled_user(city, "厂", use_class="industry")
    assert "industrial_ledger_use" in _facts(city)
    SettledMonth.objects.filter(meter__user=user, month=MONTHS[6]).delete()
    assert _facts(city) == {}


def test_a_year_that_is_not_over_has_no_total() -> None:
    city = ledger_city()
    settled_user(city, "厂", use_class="industry")
    assert _facts(city, today=date(YEAR, 12, 31)) == {}
    assert "industrial_ledger_use" in _facts(city, today=date(YEAR + 1, 1, 1))


def test_users_of_a_set_count_alone_and_a_district_without_one_has_nothing(officer: Account) -> None:
    city = ledger_city()
    planned = settled_user(city, "计划户", use_class="industry")
    waits = settled_user(city, "未下达户", use_class="services", is_public_institution=True)
    settled_user(city, "西岭户", use_class="services", district=1)
    assert "planned_users_use" not in _facts(city)
    give_plan(city, officer, planned, waits, published=1)
    found = _facts(city)
    assert found["planned_users_use"].value == MONTH_OF_ONE
    assert found["non_resident_use"].value == 3 * MONTH_OF_ONE
    assert found["public_institution_use"].value == MONTH_OF_ONE
    assert "progressive_priced_use" not in found
    west = _facts(city, city.districts[1].pk)
    assert (west["planned_users_use"].value, west["public_institution_use"].value) == (0, 0)


def test_kept_totals_give_the_same_facts() -> None:
    city = ledger_city()
    settled_user(city, "厂", use_class="industry", own_source=True, estimated=1_000)
    added = _facts(city)
    for month in stale_months():
        renew_month(month)
    assert _facts(city) == added


def test_shares_are_one_together_and_missing_is_by_time() -> None:
    use = Use(
        told_litres=60,
        estimated_litres=20,
        weight_litres=80,
        measured_seconds=60,
        estimated_seconds=20,
        missing_seconds=20,
    )
    whole, told = shares_of(use, is_told=False), shares_of(use, is_told=True)
    assert whole[Grade.MISSING] == Decimal("0.2") and whole[Grade.ESTIMATED] == Decimal("0.2")
    assert told[Grade.ESTIMATED] == 0 and told[Grade.MEASURED] == Decimal("0.8")
    assert sum(whole.values()) == sum(told.values()) == 1
    assert shares_of(Use(), is_told=False)[Grade.MEASURED] == 1
