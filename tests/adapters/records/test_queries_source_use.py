"""Use is told by source of a user; a meter without a source stands apart."""

from __future__ import annotations

from datetime import date

import pytest

from metered_city import MeteredCity, metered_city, settle
from office import the_office
from shuiheng.adapters.records.models import Account
from shuiheng.adapters.records.queries_source_use import use_of_sources
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
MONTHS = [date(2025, month, 1) for month in range(1, 13)] + [date(2026, 1, 1)]


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return metered_city(the_office().place, the_office(), "东港区")


def test_meters_of_a_source_are_added_up_and_others_stand_apart(officer: Account, city: MeteredCity) -> None:
    user, other = city.user("青禾印染厂", None), city.user("青禾中学", None)
    for litres in (1_000, 2_000):
        settle(city.meter(user), MONTHS[0], litres)
    settle(city.meter(user, source=None), MONTHS[12], 500)
    settle(city.meter(other), MONTHS[0], 9)
    seen = sight(officer, Action.READINGS_LOOK)
    found = use_of_sources(seen, MONTHS, city=city.place.pk)
    source = user.sources.get().pk
    assert found[user.pk, source][MONTHS[0]].told_litres == 3_000
    assert found[user.pk, None][MONTHS[12]].told_litres == 500
    assert found[user.pk, source][MONTHS[1]].silent == 2  # silent is not zero
    assert set(use_of_sources(seen, MONTHS[:1], users=[other.pk])) == {(other.pk, other.sources.get().pk)}
    assert use_of_sources(seen, []) == {}
