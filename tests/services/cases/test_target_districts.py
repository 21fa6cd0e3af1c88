"""The scope of a target means districts by their names, a class of users, or the whole city."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Place, PlaceKind
from shuiheng.services.cases.target_districts import Districts, Meant, districts_below, districts_meant

CITY = Districts(
    city="1",
    names={"2": "东河区", "3": "东山县", "4": "北湖经济开发区"},
    above={"1": "1", "2": "2", "3": "3", "4": "4", "9": "2"},
)


@pytest.mark.parametrize(
    ("scope", "meant"),
    [
        ("", Meant()),
        ("各区、县", Meant()),
        ("市本级", Meant(districts=frozenset({"1"}))),
        ("东河区", Meant(districts=frozenset({"2"}))),
        ("东山", Meant(districts=frozenset({"3"}))),
        ("经济开发区", Meant(districts=frozenset({"4"}))),
        ("东河区、东山县和经济开发区", Meant(districts=frozenset({"2", "3", "4"}))),
        ("西山区", Meant(missing=("西山区",))),
        ("东河区、西山区", Meant(missing=("西山区",))),
        ("主城区", Meant(words="主城区", is_open=True)),
        ("缺水地区和工业集聚区", Meant(words="缺水地区和工业集聚区", is_open=True)),
        ("规模以上工业企业", Meant(words="规模以上工业企业")),
    ],
)
def test_a_scope_means_districts_or_a_class_of_users(scope: str, meant: Meant) -> None:
    assert districts_meant(scope, CITY) == meant


def test_places_below_a_district_belong_to_it(db: None) -> None:
    city = Place.objects.create(slug="c", name="青禾市", kind=PlaceKind.CITY)
    district = Place.objects.create(slug="d", name="东河区", kind=PlaceKind.DISTRICT, parent=city)
    town = Place.objects.create(slug="t", name="南镇", kind=PlaceKind.TOWN, parent=district)
    village = Place.objects.create(slug="v", name="西村", kind=PlaceKind.TOWN, parent=town)
    found = districts_below(city)
    assert found.names == {str(district.pk): "东河区"}
    assert {found.above[str(each.pk)] for each in (district, town, village)} == {str(district.pk)}
    assert found.above[str(city.pk)] == str(city.pk)
