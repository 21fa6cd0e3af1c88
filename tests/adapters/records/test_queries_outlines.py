"""The outlines that stand are found, and those before them are listed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from metered_city import metered_city
from office import the_office
from shuiheng.adapters.records.models import Account, CityOutline
from shuiheng.adapters.records.queries_outlines import cities_of, outline_of, outlined_places, outlines_of
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
    assert list(cities_of(seen)) == [city.place]
    assert outline_of(blind, city.place.pk) is None and list(cities_of(blind)) == []
