"""Pictures are offered for places in sight and for years that were told."""

from __future__ import annotations

import pytest

from office import make_account
from pictured_city import YEAR, pictured_city
from shuiheng.adapters.records.models import Account, Organisation, Role
from shuiheng.adapters.records.queries_pictures import drawn_cities, drawn_places, told_years
from shuiheng.services.found_city import join
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def test_the_city_stands_first_and_a_district_sees_only_itself() -> None:
    city = pictured_city()
    leader = sight(make_account("zhao", Role.OFFICE_LEADER), Action.FIGURES_LOOK)
    assert list(drawn_places(leader, city.place)) == [city.place, *city.districts]
    clerk = Account.objects.create(username="dong")
    unit = Organisation.objects.create(slug="east", name="东港区水务局", place=city.districts[0])
    join(clerk, unit, Role.DISTRICT_CLERK)
    own = sight(clerk, Action.FIGURES_LOOK)
    assert list(drawn_cities(own)) == [city.place]
    assert list(drawn_places(own, city.place)) == [city.districts[0]]


def test_years_are_those_of_confirmed_values_the_newest_first() -> None:
    city = pictured_city()
    city.tell(city.place, YEAR - 2, use_total="1")
    city.tell(city.districts[0], YEAR, use_total="1")
    city.tell(city.place, YEAR - 1, gdp="1")
    city.tell(city.place, YEAR + 1, through=9, use_total="1")
    seen = sight(make_account("zhao", Role.OFFICE_LEADER), Action.FIGURES_LOOK)
    assert told_years(seen, drawn_places(seen, city.place), "use_total") == [YEAR, YEAR - 2]
    every = told_years(seen, drawn_places(seen, city.place), "use_total", is_whole=False)
    assert every == [YEAR + 1, YEAR, YEAR - 2]
