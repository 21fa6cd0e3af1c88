"""Places of the rulebook: codes with names."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.places import area_of, read_places, shipped_places


@pytest.mark.parametrize(
    ("folder", "area"),
    [
        ("cn", ""),
        ("cn-37", "37"),
        ("cn-3710", "3710"),
        ("cn-371002", "371002"),
        ("cn-371", None),
        ("cn-", None),
        ("3710", None),
        ("cn-37100201", None),
    ],
)
def test_a_folder_names_a_place_by_its_code(folder: str, area: str | None) -> None:
    assert area_of(folder) == area


def test_the_shipped_places_have_the_province_of_each_city() -> None:
    places = shipped_places()
    assert places[""] == {"zh": "全国", "en": "the nation"}
    assert all(area[:2] in places for area in places if area)


@pytest.mark.parametrize(
    "text", ["cn-1: {zh: 甲, en: A}", "cn-11: {zh: 甲}", "cn-11: {zh: 甲, en: A, nl: A}"]
)
def test_a_place_without_code_or_name_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "places.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError):
        read_places(tmp_path)
