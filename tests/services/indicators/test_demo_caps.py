"""The made-up city has caps for the year of its newest statistics, entered once."""

from __future__ import annotations

import pytest

from office import make_account
from pictured_city import YEAR, pictured_city
from shuiheng.adapters.records.models import RegionalCap, Role
from shuiheng.services.indicators.demo_caps import settle_demo_caps

pytestmark = pytest.mark.django_db


def test_each_place_that_told_its_use_has_a_cap_once() -> None:
    city, officer = pictured_city(), make_account("li", Role.OFFICE_CLERK)
    assert settle_demo_caps(officer, city.place) == 0
    city.tell(city.place, use_total="300")
    city.tell(city.districts[0], use_total="120")
    city.tell(city.districts[1], YEAR - 1, use_total="120")
    assert settle_demo_caps(officer, city.place) == 2
    caps = RegionalCap.objects.order_by("pk")
    assert [(cap.district_id, cap.year) for cap in caps] == [(None, YEAR), (city.districts[0].pk, YEAR)]
    assert settle_demo_caps(officer, city.place) == 0
