"""Places by their name."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import PlaceKind
from shuiheng.adapters.records.queries_people import city_named
from shuiheng.services.found_city import found_city

pytestmark = pytest.mark.django_db


def test_a_city_or_district_with_a_plan_is_found_by_its_whole_name() -> None:
    city = found_city("临江市").place
    district = found_city("南浦区", kind=PlaceKind.DISTRICT).place
    assert (city_named("临江市"), city_named("南浦区")) == (city, district)
    assert city_named("临江") is None


def test_a_zone_of_the_name_is_no_city() -> None:
    found_city("临江新区", kind=PlaceKind.ZONE)
    assert city_named("临江新区") is None


def test_of_two_places_of_one_name_the_first_is_taken() -> None:
    first = found_city("临江市").place
    found_city("临江市")
    assert city_named("临江市") == first
