"""Water by district, class, source and month: kept or added up, the figures are the same."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metered_city import MeteredCity, metered_city, settle
from office import the_office
from shuiheng.adapters.records.kept_use import renew_month, stale_months
from shuiheng.adapters.records.models import SettledMonth, SourceKind, WaterUser
from shuiheng.adapters.records.queries_fact_use import (
    UseGroup,
    settled_from,
    use_in_groups,
)
from shuiheng.services.inspections.city_sight import CitySight

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
MONTHS = [JANUARY, FEBRUARY]


@pytest.fixture
def city() -> MeteredCity:
    return metered_city(the_office().place, the_office(), "东港区", "西岭区")


def _two_users(city: MeteredCity) -> tuple[WaterUser, WaterUser]:
    mill = city.user("青禾印染厂", city.districts[0], use_class="industry", industry_code="1713")
    works = city.user("青禾水厂", city.districts[1], use_class="services", industry_code="4610")
    works.sources.update(kind=SourceKind.ABSTRACTION)
    for at, month in enumerate(MONTHS):
        settle(city.meter(mill) if at == 0 else mill.meters.get(), month, 1000 + at)
        settle(city.meter(works) if at == 0 else works.meters.get(), month, 500, measured_seconds=9)
    return mill, works


def test_groups_are_the_same_kept_and_added_up(city: MeteredCity) -> None:
    mill, works = _two_users(city)
    seen = CitySight(city.place)
    added = use_in_groups(seen, city.place.pk, MONTHS, divisions=["46"])
    for month in stale_months():
        renew_month(month)
    SettledMonth.objects.filter(meter__user=mill, month=FEBRUARY).update(by_time_litres=1008)
    mixed = use_in_groups(seen, city.place.pk, MONTHS, divisions=["46"])
    east, west = (each.pk for each in city.districts)
    own = UseGroup(JANUARY, west, "services", "abstraction", "46")
    supplied = UseGroup(JANUARY, east, "industry", "supply", "")
    assert added[own].told_litres == 500 and added[supplied].told_litres == 1000
    assert added[own] == mixed[own] and added[supplied] == mixed[supplied]
    assert mixed[supplied._replace(month=FEBRUARY)].told_litres == 1008
    one = use_in_groups(seen, city.place.pk, MONTHS, users=WaterUser.objects.filter(pk=works.pk).values("pk"))
    assert {group.use_class for group in one} == {"services"}
    assert {group.division for group in one} == {""}


def test_months_that_are_not_kept_are_added_up_in_one_question(city: MeteredCity) -> None:
    _two_users(city)
    seen, years = CitySight(city.place), [date(2026, month, 1) for month in range(1, 13)]
    with CaptureQueriesContext(connection) as queries:
        found = use_in_groups(seen, city.place.pk, years)
    assert sum("records_meterfact" in each["sql"] for each in queries.captured_queries) == 1
    told = {
        month: sum(use.told_litres for group, use in found.items() if group.month == month) for month in years
    }
    assert [told[month] for month in years] == [1500, 1501, *[0] * 10]


def test_the_first_settled_month_is_told(city: MeteredCity) -> None:
    assert settled_from(CitySight(city.place), city.place.pk) is None
    _two_users(city)
    assert settled_from(CitySight(city.place), city.place.pk) == JANUARY
