"""Proposals for the units of plans."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Organisation, OrganisationKind, Place, PlaceKind
from shuiheng.adapters.records.queries_organisations import NamedUnit
from shuiheng.services.unit_proposals import Certainty, Proposal, is_group, propose

CITY = Place(pk=1, slug="c", name="青禾市", kind=PlaceKind.CITY)
DISTRICT = Place(pk=2, slug="d", name="临泽区", kind=PlaceKind.DISTRICT, parent=CITY)
ZONE = Place(pk=3, slug="z", name="东港经开区", kind=PlaceKind.ZONE, parent=CITY)


def unit(
    key: int, name: str, *, place: Place = CITY, term: str = "", kind: str = "department"
) -> Organisation:
    return Organisation(pk=key, slug=f"u{key}", name=name, kind=kind, place=place, term=term)


WATER = unit(1, "青禾市水利局", term="water_resources")
LOWER_WATER = unit(2, "临泽区水利局", place=DISTRICT, term="water_resources")
SEAT = unit(3, "临泽区人民政府", place=DISTRICT, term="people_government", kind=OrganisationKind.DISTRICT)
ZONE_SEAT = unit(4, "东港经开区管委会", place=ZONE, term="development_zone", kind=OrganisationKind.DISTRICT)
ALL = [WATER, LOWER_WATER, SEAT, ZONE_SEAT]


def proposed(label: str, *, term: str = "", former: dict[str, list[Organisation]] | None = None) -> Proposal:
    names: dict[str, list[Organisation]] = {each.name: [each] for each in ALL}
    named = NamedUnit(label=label, spellings=(label,), term=term)
    return propose(named, place=CITY, organisations=ALL, names=names, former=former or {})


def test_the_same_name_is_the_same_organisation() -> None:
    found = proposed("青禾市水利局", term="water_resources")
    assert (found.certainty, found.organisation) == (Certainty.SAME, WATER)


def test_a_former_name_leads_to_what_the_organisation_is_called_now() -> None:
    found = proposed("青禾市水务局", former={"青禾市水务局": [WATER]})
    assert (found.certainty, found.organisation) == (Certainty.FORMER, WATER)


def test_another_name_of_the_same_kind_is_likely_and_not_sure() -> None:
    found = proposed("青禾市水务管理局", term="water_resources")
    assert (found.certainty, found.organisation) == (Certainty.LIKELY, WATER)


def test_a_group_of_districts_is_their_governments_without_the_zones() -> None:
    found = proposed("各县（市、区）人民政府", term="people_government")
    assert (found.certainty, found.members) == (Certainty.GROUP, (SEAT,))


def test_a_group_of_bureaus_is_those_of_the_districts() -> None:
    assert proposed("各区水利局", term="water_resources").members == (LOWER_WATER,)


def test_the_member_units_are_likely_the_departments_of_the_city() -> None:
    found = proposed("青禾市各成员单位")
    assert (found.certainty, found.members) == (Certainty.LIKELY, (WATER,))


def test_a_group_of_bureaus_that_no_district_has_is_left_to_a_person() -> None:
    assert proposed("各区财政局", term="finance").certainty == Certainty.UNKNOWN


def test_the_government_of_a_district_belongs_to_the_district() -> None:
    found = proposed("云湖区人民政府", term="people_government")
    assert (found.certainty, found.kind, found.district) == (
        Certainty.NEW,
        OrganisationKind.DISTRICT,
        "云湖区",
    )


@pytest.mark.parametrize("label", ["临泽区", "临泽区政府", "青禾市临泽区人民政府"])
def test_a_district_that_stands_is_the_same_however_it_is_written(label: str) -> None:
    found = proposed(label)
    assert (found.certainty, found.organisation) == (Certainty.SAME, SEAT)


def test_the_units_of_one_district_are_likely_its_government() -> None:
    found = proposed("临泽区相关部门")
    assert (found.certainty, found.members) == (Certainty.LIKELY, (SEAT,))


def test_the_units_of_a_district_that_nobody_knows_are_left_to_a_person() -> None:
    assert proposed("云湖区相关部门").certainty == Certainty.UNKNOWN


def test_the_government_of_the_city_itself_is_no_district() -> None:
    found = proposed("青禾市人民政府", term="people_government")
    assert (found.kind, found.district) == (OrganisationKind.DEPARTMENT, "")


def test_a_unit_of_no_known_kind_is_left_to_a_person() -> None:
    assert proposed("青禾市老龄协会").certainty == Certainty.UNKNOWN


@pytest.mark.parametrize(
    ("label", "expected"), [("各区人民政府", True), ("市级有关部门", True), ("青禾市水利局", False)]
)
def test_a_label_that_means_several_units_is_a_group(label: str, *, expected: bool) -> None:
    assert is_group(label) is expected
