"""Permits of a group are added up as they stood on the day; none is not zero."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from metered_city import BELIEVED, FIRST, MeteredCity, metered_city
from office import the_office
from shuiheng.adapters.records.models import Account, Permit, PermitFact, WaterSource, WaterUser
from shuiheng.adapters.records.queries_limits import Limit, limits_of
from shuiheng.adapters.records.queries_use import Grouping, UseFilter
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return metered_city(the_office().place, the_office(), "东港区", "西岭区")


@pytest.fixture
def seen(officer: Account) -> Sight:
    return sight(officer, Action.READINGS_LOOK)


def _permit(user: WaterUser, volume: str | None, **said: object) -> WaterSource:
    source = WaterSource.objects.create(user=user, number=f"S{user.sources.count()}", kind="abstraction")
    permit = Permit.objects.create(source=source, number=f"P{source.pk}")
    plain = {"volume_m3": Decimal(volume) if volume else None, "valid_from": FIRST, "recorded_at": BELIEVED}
    PermitFact.objects.create(subject=permit, **(plain | said))
    return source


def _limit(litres: int, unstated: int = 0) -> Limit:
    return Limit(kind="permit", litres=litres, unstated=unstated)


def test_permits_of_a_group_are_added_up(city: MeteredCity, seen: Sight) -> None:
    mill = city.user("青禾印染厂", city.districts[0], use_class="industry", industry_code="1713")
    school = city.user("青禾中学", city.districts[1])
    first, _ = _permit(mill, "1.5"), _permit(mill, "2")
    _permit(school, None)
    assert limits_of(seen, Grouping.USER, DAY) == {mill.pk: _limit(3500)}
    assert limits_of(seen, Grouping.CITY, DAY) == {city.place.pk: _limit(3500, unstated=1)}
    assert limits_of(seen, Grouping.DISTRICT, DAY) == {city.districts[0].pk: _limit(3500)}
    _permit(school, "4")
    assert limits_of(seen, Grouping.DIVISION, DAY) == {"17": _limit(3500), None: _limit(4000, unstated=1)}
    assert limits_of(seen, Grouping.USE_CLASS, DAY)["industry"] == _limit(3500)
    assert limits_of(seen, Grouping.SOURCE, DAY)[first.pk] == _limit(1500)


def test_a_permit_that_has_run_out_counts_no_more(city: MeteredCity, seen: Sight) -> None:
    mill = city.user("青禾印染厂", city.districts[0])
    _permit(mill, "1", expires_on=DAY)
    _permit(mill, "10", expires_on=date(2026, 6, 29))
    _permit(mill, "100", valid_to=DAY)
    assert limits_of(seen, Grouping.USER, DAY) == {mill.pk: _limit(1000)}


def test_filters_leave_what_they_name(city: MeteredCity, seen: Sight) -> None:
    for place, district in enumerate(city.districts):
        _permit(city.user(f"青禾{place}", district, use_class="industry"), "1")
    east = UseFilter(district=city.districts[0].pk, use_class="industry", city=city.place.pk)
    assert limits_of(seen, Grouping.CITY, DAY, east) == {city.place.pk: _limit(1000)}
    assert limits_of(seen, Grouping.CITY, DAY, UseFilter(user=0)) == {}


def test_zones_and_meters_have_no_permit_of_their_own(seen: Sight) -> None:
    for by in (Grouping.ZONE, Grouping.METER, Grouping.SITE, Grouping.WATER):
        assert limits_of(seen, by, DAY) == {}
