"""The outlines that stand are found, and those before them are listed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from metered_city import metered_city
from office import the_office
from shuiheng.adapters.records.models import Account, CityOutline, Organisation, Role
from shuiheng.adapters.records.queries_outlines import (
    cities_of,
    mapped_cities,
    outline_of,
    outlined_places,
    outlines_of,
)
from shuiheng.services.found_city import join
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def test_one_file_of_outlines_stands_and_all_are_listed(officer: Account, reader: Account) -> None:
    city = metered_city(the_office().place, the_office(), "东港区", "西岭区")
    seen, blind = (sight(each, Action.READINGS_LOOK) for each in (officer, reader))
    old, new = (
        CityOutline.objects.create(place=city.place, origin="甲", added_by=officer, superseded_at=ended)
        for ended in (datetime(2026, 1, 1, tzinfo=UTC), None)
    )
    assert outline_of(seen, city.place.pk) == new
    assert list(outlines_of(seen, city.place.pk)) == [new, old]
    assert list(outlined_places(seen, city.place.pk)) == city.districts
    assert list(cities_of(seen)) == list(mapped_cities(seen)) == [city.place]
    assert outline_of(blind, city.place.pk) is None and list(cities_of(blind)) == []
    assert list(mapped_cities(blind)) == []


def test_the_city_of_a_district_in_sight_has_a_map_of_that_district_alone(reader: Account) -> None:
    city = metered_city(the_office().place, the_office(), "东港区", "西岭区")
    east = Organisation.objects.create(slug="east", name="东港区水务局", place=city.districts[0])
    join(reader, east, Role.DISTRICT_CLERK)
    seen = sight(reader, Action.READINGS_LOOK)
    assert list(cities_of(seen)) == []
    assert list(mapped_cities(seen)) == [city.place]
    assert list(outlined_places(seen, city.place.pk)) == city.districts[:1]
