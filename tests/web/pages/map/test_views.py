"""Districts stand as squares until the city supplies outlines; without approval those stay inside."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from metered_city import MeteredCity, metered_city, settle
from office import the_office
from shuiheng.adapters.records.models import Account, CityOutline, Organisation, Role
from shuiheng.services.found_city import join

pytestmark = pytest.mark.django_db
NOT_THERE = 404
SQUARE = [[[113.0, 34.0], [113.2, 34.0], [113.2, 34.2], [113.0, 34.0]]]


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    made = metered_city(the_office().place, the_office(), "东港区", "西岭区")
    settle(made.meter(made.user("青禾印染厂", made.districts[0])), date(2026, 1, 1), 5_000_000)
    return made


def outlines_file(*names: str) -> bytes:
    """Return a GeoJSON file with a square for each name."""
    features = [
        {
            "type": "Feature",
            "properties": {"NAME": name},
            "geometry": {"type": "Polygon", "coordinates": SQUARE},
        }
        for name in names
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def _send(office: Client, city: MeteredCity, content: bytes, **fields: str) -> str:
    file = SimpleUploadedFile("界线.geojson", content)
    posted = {"city": city.place.pk, "file": file, "origin": "市自然资源局，2024 年", **fields}
    return office.post(reverse("send_outlines"), posted, follow=True).content.decode()


def test_districts_stand_as_squares_with_figures_in_words(office: Client, city: MeteredCity) -> None:
    page = office.get(reverse("use_map")).content.decode()
    assert "东港区" in page and "5,000" in page and "中等" in page
    assert "西岭区" in page and "缺" in page and "无数据" in page
    assert "map-chart" not in page


def test_a_district_clerk_sees_its_own_district_and_no_page_of_outlines(
    client: Client, reader: Account, city: MeteredCity
) -> None:
    east = Organisation.objects.create(slug="east", name="东港区水务局", place=city.districts[0])
    join(reader, east, Role.DISTRICT_CLERK)
    client.force_login(reader)
    page = client.get(reverse("use_map")).content.decode()
    assert "东港区" in page and "5,000" in page and "西岭区" not in page
    assert f'href="{reverse("outlines")}"' not in page
    assert "由市级节水办维护" in client.get(reverse("outlines")).content.decode()


@pytest.mark.parametrize("figure", ["use", "change", "missing", "estimated", "doubtful", "x"])
def test_every_figure_is_shown(office: Client, city: MeteredCity, figure: str) -> None:
    assert office.get(reverse("use_map"), {"figure": figure}).status_code == 200


def test_outlines_without_approval_are_marked_as_internal(office: Client, city: MeteredCity) -> None:
    page = _send(office, city, outlines_file("东港区", "西岭区"))
    assert "没有审图号" in page and 'data-of="map-chart"' not in page and "map-chart" in page
    key = CityOutline.objects.get().pk
    shapes = office.get(reverse("map_shapes", args=[key])).json()
    assert [each["properties"]["name"] for each in shapes["features"]] == ["东港区", "西岭区"]
    assert "map-chart" not in office.get(reverse("use_map") + "?form=tiles").content.decode()


def test_outlines_with_approval_may_be_exported(office: Client, city: MeteredCity) -> None:
    page = _send(office, city, outlines_file("东港区", "西岭区"), approval_number="豫S（2024）0123号")
    assert 'data-of="map-chart"' in page and "豫S（2024）0123号" in page and "没有审图号" not in page


def test_what_is_wrong_is_said_above_the_form(office: Client, city: MeteredCity) -> None:
    assert "缺少区县" not in _send(office, city, b"{}") and not CityOutline.objects.exists()
    assert "西岭区" in _send(office, city, outlines_file("东港区"))
    assert "请选择" in _send(office, city, b"") or not CityOutline.objects.exists()


def test_outlines_are_taken_back_with_a_reason(office: Client, city: MeteredCity) -> None:
    _send(office, city, outlines_file("东港区", "西岭区"))
    key = CityOutline.objects.get().pk
    listed = office.get(reverse("outlines")).content.decode()
    assert "界线.geojson" in listed and "无，只供内部" in listed
    office.post(reverse("undo_outlines", args=[key]), {"reason": ""})
    assert CityOutline.objects.get().superseded_at is None
    office.post(reverse("undo_outlines", args=[key]), {"reason": "文件有误"})
    assert "map-chart" not in office.get(reverse("use_map")).content.decode()


def test_unknown_outlines_are_not_there(office: Client, city: MeteredCity) -> None:
    assert office.get(reverse("map_shapes", args=[9])).status_code == NOT_THERE
    assert office.post(reverse("undo_outlines", args=[9]), {"reason": ""}).status_code == NOT_THERE
