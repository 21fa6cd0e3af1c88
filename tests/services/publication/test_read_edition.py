"""Of a city that has published nothing there is nothing to read."""

from __future__ import annotations

import pytest

from office import the_office
from shuiheng.services.publication.read_edition import last_edition, public_edition, published_cities

pytestmark = pytest.mark.django_db


def test_a_city_without_an_edition_has_none() -> None:
    city = the_office().place
    assert public_edition(city) is None
    assert last_edition(city) is None
    assert published_cities() == frozenset()
