"""Tables under pictures leave as files with the same figures; a strange name is not there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from pictured_city import PicturedCity
from shuiheng.adapters.records.models import Event

pytestmark = pytest.mark.django_db
NOT_THERE = 404


def _get(office: Client, *names: str) -> tuple[int, bytes]:
    answer = office.get(reverse("picture_export", args=names))
    return answer.status_code, answer.content


@pytest.mark.parametrize(
    ("picture", "part", "word"),
    [
        ("dual", "places", "青禾市"),
        ("dual", "aims", "进度线"),
        ("dual", "sectors", "农业用水量"),
        ("districts", "districts", "西岭区"),
        ("flow", "streams", "地表水"),
        ("flow", "imbalances", "来源不明"),
    ],
)
def test_every_table_leaves_as_a_file(
    office: Client, city: PicturedCity, picture: str, part: str, word: str
) -> None:
    city.tell(city.place, use_total="1234567.5", surface_use="5")
    status, content = _get(office, picture, part, "csv")
    assert status == 200 and word in content.decode("utf-8-sig")
    assert _get(office, picture, part, "xlsx")[1][:2] == b"PK"
    assert Event.objects.filter(action="table.exported", subject=f"picture:{picture}").count() == 2


def test_a_file_holds_the_whole_number(office: Client, city: PicturedCity) -> None:
    city.tell(city.place, use_total="1234567.25")
    assert "1234567.25" in _get(office, "dual", "places", "csv")[1].decode("utf-8-sig")


@pytest.mark.parametrize("names", [("x", "places", "csv"), ("dual", "x", "csv"), ("dual", "places", "exe")])
def test_a_strange_name_is_not_there(office: Client, city: PicturedCity, names: tuple[str, str, str]) -> None:
    assert _get(office, *names)[0] == NOT_THERE
