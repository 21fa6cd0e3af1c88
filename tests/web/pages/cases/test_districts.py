"""Cases by district: a tile for each, coloured by the count that is asked for."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.cases.made_up import CaseCity, bring_on
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db


def test_each_district_has_its_counts(city: CaseCity, browser: Browser) -> None:
    office = browser(city.clerk)
    assert "还没有事项" in office.get(reverse("case_map")).content.decode()
    other = city.metered.districts[1]
    bring_on(city, city.open("saving_compound", "清河苑", sort="place"))
    city.open("saving_compound", "东风里", sort="place", district=other.pk)
    answer = office.get(reverse("case_map") + "?kind=saving_compound")
    tiles = {tile.place.pk: (tile.value, tile.counts.total) for tile in answer.context["tiles"]}
    assert tiles == {city.district.pk: (1, 1), other.pk: (0, 1)}
    assert answer.context["total"].total == 2
    link = f"?district={other.pk}&kind=saving_compound&phase=reached"
    assert link in answer.content.decode().replace("&amp;", "&")
    late = office.get(reverse("case_map") + "?figure=late").context["tiles"]
    assert [tile.value for tile in late] == [0, 1]
