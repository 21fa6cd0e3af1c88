"""What a city holds is seen whoever asks, and nothing of another city."""

from __future__ import annotations

import pytest

from services.inspections.made_up import InspectedCity
from shuiheng.adapters.records.models import InspectorEntry, WaterUser
from shuiheng.adapters.records.sight import Grain
from shuiheng.services.found_city import found_city
from shuiheng.services.inspections.city_sight import CitySight

pytestmark = pytest.mark.django_db


def test_a_city_sees_its_own_rows_only(city: InspectedCity) -> None:
    here, there = CitySight(city.metered.place), CitySight(found_city("白水市", slug="baishui").place)
    assert here(WaterUser).count() == 6 and there(WaterUser).count() == 0
    assert here(InspectorEntry).count() == 3 and there(InspectorEntry).count() == 0
    assert here.grain is Grain.CITY
