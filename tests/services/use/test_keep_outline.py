"""Outlines are kept when every district has one; they supersede each other and can be taken back."""

from __future__ import annotations

import json

import pytest

from metered_city import MeteredCity, metered_city
from office import the_office
from shuiheng.adapters.records.models import Account, CityOutline, Event, Place, PlaceKind
from shuiheng.adapters.rulebook.outline_policy import outline_policy
from shuiheng.services.errors import (
    EmptyFileError,
    FileTooLargeError,
    NotPermittedError,
    NotThereError,
    ServiceError,
    WrongStateError,
)
from shuiheng.services.use.keep_outline import OutlineFields, keep_outline, undo_outline

pytestmark = pytest.mark.django_db
RING = [[113.0, 34.0], [113.2, 34.0], [113.2, 34.2], [113.0, 34.0]]
ORIGIN = OutlineFields(origin="市自然资源局，2024 年")


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return metered_city(the_office().place, the_office(), "东港区", "西岭区")


def _file(*words: str) -> bytes:
    features = [
        {"properties": {"NAME": word}, "geometry": {"type": "Polygon", "coordinates": [RING]}}
        for word in words
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _keep(actor: Account, city: MeteredCity, *words: str, what: OutlineFields = ORIGIN) -> CityOutline:
    return keep_outline(actor, city.place.pk, what, content=_file(*words), name="界线.geojson")


def _refused(actor: Account, city: MeteredCity, *words: str, what: OutlineFields = ORIGIN) -> str:
    with pytest.raises(ServiceError) as refused:
        _keep(actor, city, *words, what=what)
    assert not CityOutline.objects.exists()
    return refused.value.code


def test_areas_are_known_by_name_or_code_and_kept_under_the_name(officer: Account, city: MeteredCity) -> None:
    row = _keep(officer, city, city.districts[1].code, "东港区")
    names = [each["properties"] for each in row.shapes["features"]]
    assert names == [{"name": place.name, "place": place.pk} for place in city.districts]
    event = Event.objects.get(action="place.outlined")
    assert event.subject == f"place:{city.place.pk}"


def test_newer_outlines_supersede_and_give_way_when_they_are_taken_back(
    officer: Account, city: MeteredCity
) -> None:
    old, new = _keep(officer, city, "东港区", "西岭区"), _keep(officer, city, "东港区", "西岭区")
    with pytest.raises(WrongStateError):
        undo_outline(officer, old.pk, reason="文件有误")
    assert undo_outline(officer, new.pk, reason="文件有误") == old
    assert list(CityOutline.objects.filter(superseded_at__isnull=True)) == [old]
    assert undo_outline(officer, old.pk, reason="不再使用") is None
    assert not CityOutline.objects.filter(superseded_at__isnull=True).exists()


def test_taking_back_wants_a_reason(officer: Account, city: MeteredCity) -> None:
    row = _keep(officer, city, "东港区", "西岭区")
    with pytest.raises(ServiceError, match="reason_needed"):
        undo_outline(officer, row.pk, reason=" ")


def test_every_district_has_one_outline_and_every_outline_a_district(
    officer: Account, city: MeteredCity
) -> None:
    assert _refused(officer, city, "东港区") == "outline.place_missing"
    assert _refused(officer, city, "东港区", "西岭区", "无此区") == "outline.unknown_place"
    assert _refused(officer, city, "东港区", "西岭区", "东港区") == "outline.place_twice"


def test_a_zone_beside_the_districts_needs_no_outline(officer: Account, city: MeteredCity) -> None:
    Place.objects.create(slug="kfq", name="开发区", kind=PlaceKind.ZONE, parent=city.place, is_beside=True)
    assert len(_keep(officer, city, "东港区", "西岭区").shapes["features"]) == 2


def test_origin_and_form_of_the_approval_number_are_asked_for(officer: Account, city: MeteredCity) -> None:
    both = ("东港区", "西岭区")
    assert _refused(officer, city, *both, what=OutlineFields(origin=" ")) == "outline.origin_needed"
    wrong = OutlineFields(origin="甲", approval_number="没有")
    assert _refused(officer, city, *both, what=wrong) == "outline.approval_form"
    spaced = OutlineFields(origin="甲", approval_number="GS（2024）0123 号")
    assert _keep(officer, city, *both, what=spaced).approval_number == "GS（2024）0123号"


def test_empty_and_large_files_are_refused(officer: Account, city: MeteredCity) -> None:
    large = b" " * (outline_policy().largest_mb * 2**20 + 1)
    for content, error in ((b"", EmptyFileError), (large, FileTooLargeError), (b"{}", ServiceError)):
        with pytest.raises(error):
            keep_outline(officer, city.place.pk, ORIGIN, content=content, name="x")


def test_only_who_keeps_the_ledger_of_the_city_may(
    officer: Account, reader: Account, city: MeteredCity
) -> None:
    with pytest.raises(NotPermittedError):
        _keep(reader, city, "东港区", "西岭区")
    with pytest.raises(NotThereError):
        keep_outline(officer, city.districts[0].pk, ORIGIN, content=_file("东港区"), name="x")
