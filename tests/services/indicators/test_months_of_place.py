"""Months of a city come by district and class; what is not known is no use of nothing."""

from __future__ import annotations

from datetime import date

import pytest

from services.indicators.ledger_city import YEAR, ledger_city, settled_user
from shuiheng.services.indicators.months_of_place import CityMonths, city_months

pytestmark = pytest.mark.django_db
ON = date(YEAR + 1, 2, 10)


def test_months_are_told_by_district_and_class() -> None:
    city = ledger_city()
    settled_user(city, "甲厂", use_class="industry", litres=3_000_000)
    settled_user(city, "乙店", use_class="services", district=1, litres=2_000_000)
    found = city_months(city.place, ON)
    assert found.months[0] == date(YEAR, 1, 1) and found.months[-1] == date(YEAR + 1, 1, 1)
    whole = found.of(None, ())
    assert whole is not None and whole.total(YEAR) == 12 * 5_000_000
    industry = found.of(None, ("industry",))
    assert industry is not None and industry.total(YEAR) == 12 * 3_000_000
    east = found.of({city.districts[0].pk}, ())
    assert east is not None and east.total(YEAR) == 12 * 3_000_000
    assert all(part.values[-1] is None for part in whole.parts)
    assert found.of({city.districts[1].pk}, ("industry",)) is None


def test_a_city_without_settled_months_has_none() -> None:
    city = ledger_city()
    assert city_months(city.place, ON) == CityMonths()
    settled_user(city, "甲厂", use_class="industry")
    assert city_months(city.place, date(YEAR, 1, 20)) == CityMonths()
