"""Settled months tell the first months of a year, each as far as no month before it is unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from metered_city import MeteredCity
from services.indicators.ledger_city import YEAR, ledger_city, settled_user
from shuiheng.adapters.records.models import SettledMonth
from shuiheng.indicators.facts import FactKey, Grade
from shuiheng.services.indicators.settled_facts import settled_facts
from shuiheng.services.indicators.settled_parts import PartFacts, settled_parts

pytestmark = pytest.mark.django_db
INDUSTRY = FactKey("industrial_ledger_use", YEAR)
OF_ONE_MONTH = Decimal(1)  # 10 000 m³, in 万m³


def _parts(city: MeteredCity, today: date) -> PartFacts:
    keys = [city.place.pk, *(each.pk for each in city.districts)]
    return settled_parts(city.place, keys, [YEAR - 1, YEAR], today=today)


def test_each_month_adds_to_those_before_it_and_months_that_are_not_over_tell_nothing() -> None:
    city = ledger_city()
    settled_user(city, "厂", use_class="industry", estimated=2_500_000)
    found = _parts(city, date(YEAR, 6, 30))
    told = found[city.place.pk][INDUSTRY]
    assert {month: figure.value for month, figure in told.items()} == {
        month: month * OF_ONE_MONTH for month in range(1, 6)
    }
    assert told[5].up_to == date(YEAR, 5, 31) and told[5].shares[Grade.ESTIMATED] == Decimal("0.25")
    assert found[city.districts[0].pk][INDUSTRY] == told and INDUSTRY not in found[city.districts[1].pk]


def test_behind_an_unknown_month_nothing_is_told() -> None:
    city = ledger_city()
    settled_user(city, "厂", use_class="industry")
    SettledMonth.objects.filter(month=date(YEAR, 4, 1)).delete()
    assert list(_parts(city, date(YEAR, 9, 1))[city.place.pk][INDUSTRY]) == [1, 2, 3]


def test_twelve_months_are_what_the_year_tells() -> None:
    city = ledger_city()
    settled_user(city, "厂", use_class="industry", own_source=True)
    today = date(YEAR + 1, 2, 1)
    parts = _parts(city, today)[city.place.pk]
    whole = settled_facts(city.place, [city.place.pk], [YEAR], today=today)[city.place.pk]
    assert {key: told[12].value for key, told in parts.items()} == {
        key: figure.value for key, figure in whole.items()
    }
    assert all(parts[key][12].shares == figure.shares for key, figure in whole.items())


def test_a_city_without_settled_months_tells_nothing() -> None:
    city = ledger_city()
    assert _parts(city, date(YEAR, 9, 1))[city.place.pk] == {}
