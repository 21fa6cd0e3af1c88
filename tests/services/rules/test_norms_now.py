"""The norms of a city are those of the nation and of its province, and its own."""

from __future__ import annotations

import pytest

from services.rules.proposals import the_city
from shuiheng.adapters.records.models import Place
from shuiheng.services.rules.norms_now import by_level, norms_now

pytestmark = pytest.mark.django_db


def test_norms_of_another_province_do_not_bear_on_a_city() -> None:
    city = the_city()
    assert not any(each.area == "37" for each in norms_now(city))
    Place.objects.filter(pk=city.pk).update(code="370100")
    city.refresh_from_db()
    assert any(each.area == "37" for each in norms_now(city))


def test_levels_of_a_workbook_are_places() -> None:
    assert by_level(Place(code="370100")) == {"全国": "", "省": "37", "本市": "3701"}
