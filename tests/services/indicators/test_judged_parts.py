"""A scope is one district, the city, a class of users, or a district that is not known here."""

from __future__ import annotations

from datetime import date

import pytest

from office import the_office
from shuiheng.adapters.records.models import Place, PlaceKind
from shuiheng.services.indicators.judged_parts import Problem, place_meant
from shuiheng.services.indicators.judging_desk import JudgingDesk, judging_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> JudgingDesk:
    """Return a desk of a city with two districts."""
    city = the_office().place
    for number, name in enumerate(("临江区", "云湖区")):
        Place.objects.create(slug=f"parts-{number}", name=name, kind=PlaceKind.DISTRICT, parent=city)
    return judging_desk(city, [], date(2026, 6, 1))


def test_a_district_is_meant_by_its_name(desk: JudgingDesk) -> None:
    found = place_meant(desk, "临江区")
    assert (found.place.name, found.words, found.problem) == ("临江区", "", Problem.NONE)
    assert place_meant(desk, "").place == desk.city == place_meant(desk, "全市").place


def test_a_class_of_users_is_told_by_its_words(desk: JudgingDesk) -> None:
    found = place_meant(desk, "年用水量1万立方米以上的企业")
    assert found.place == desk.city and found.words == "年用水量1万立方米以上的企业"
    assert place_meant(desk, "临江区、云湖区").words == "临江区、云湖区"


def test_a_district_that_is_not_known_here_is_named(desk: JudgingDesk) -> None:
    found = place_meant(desk, "远山县")
    assert (found.problem, found.missing) == (Problem.NO_DISTRICT, ("远山县",))
