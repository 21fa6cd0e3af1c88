"""Places at the head of a phrase."""

from __future__ import annotations

import pytest

from shuiheng.plans.extract.places import class_end, is_place, leading_places, without_whole

PLACES = [
    "青山县",
    "东湖区",
    "清水市",
    "白水新区",
    "云山经开区",
    "各县（市、区）".replace("（市、区）", "▢▢▢▢▢"),
    "各区",
    "各辖市、区",
]
NO_PLACES = [
    "城市",
    "县城",
    "示范县",
    "建成区",
    "灌区",
    "工业园区",
    "小区",
    "全市",
    "我县",
    "滞洪区",
    "历史街区",
    "节水型城市",
    "县级城市",
    "市级",
    "水",
    "",
]


def _names(words: str) -> list[str]:
    return [words[a:b] for a, b in leading_places(words, 0, len(words))[0]]


@pytest.mark.parametrize("words", PLACES)
def test_a_place_is_known_alone(words: str) -> None:
    assert is_place(words)


@pytest.mark.parametrize("words", NO_PLACES)
def test_a_common_noun_is_no_place(words: str) -> None:
    assert not is_place(words)


def test_a_list_of_places_is_taken_apart() -> None:
    assert _names("青山县、白水县和东湖区供水管网") == ["青山县", "白水县", "东湖区"]


def test_a_counted_list_of_bare_names_is_a_list_of_places() -> None:
    assert _names("甲城、乙城、丙城3市达到") == ["甲城", "乙城", "丙城"]


def test_a_district_of_a_city_is_one_place() -> None:
    assert _names("清水市东湖区、青山县达到") == ["清水市东湖区", "青山县"]


def test_the_office_of_a_place_is_skipped() -> None:
    assert leading_places("青山县人民政府要", 0, 8)[1] == 7


def test_the_whole_jurisdiction_is_skipped() -> None:
    assert without_whole("全市用水", 0, 4) == 2
    assert without_whole("用水", 0, 2) == 0


def test_a_class_ends_behind_its_noun() -> None:
    assert class_end("规模养殖场节水设施", 0, 9) == 5
    assert class_end("无类可寻", 0, 4) is None
