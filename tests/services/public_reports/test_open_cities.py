"""A city takes reports while somebody of its office sorts them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from services.public_reports.made_up import Town
from shuiheng.services.errors import NotThereError
from shuiheng.services.found_city import found_city
from shuiheng.services.public_reports.open_cities import districts_of, open_cities, open_city

pytestmark = pytest.mark.django_db


def test_a_city_without_a_clerk_takes_none(town: Town) -> None:
    empty = found_city("临江市", slug="linjiang").place
    assert list(open_cities()) == [town.place]
    assert open_city(town.place.slug) == town.place
    with pytest.raises(NotThereError):
        open_city(empty.slug)
    town.clerk.memberships.update(to_on=timezone.localdate())
    assert not open_cities()


def test_districts_are_those_of_the_city(town: Town) -> None:
    assert list(districts_of(town.place)) == [town.district]
