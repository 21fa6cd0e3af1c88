"""The place of a plan stands at the front of its title or of an issuer."""

from __future__ import annotations

import pytest

from shuiheng.plans.segment.places import jurisdiction_of, place_at_front


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("青川市节水行动方案目标任务分工表", "青川市"),
        ("《青川市节水行动实施方案》分工方案", "青川市"),
        ("2021年常山市全民节水行动方案", "常山市"),
        ("万州区节水行动实施方案", "万州区"),
        ("重庆市万州区节水行动方案", "重庆市万州区"),
        ("四川省“十四五”节水规划", "四川省"),
        ("四川省住房城乡建设厅等部门关于加强节水的意见", "四川省"),
        ("杭州市西湖区节水方案", "杭州市西湖区"),
        ("内蒙古自治区节水行动实施方案", "内蒙古自治区"),
        ("盐城市节水规划", "盐城市"),
        ("青川新区海绵城市建设方案", "青川新区"),
        ("云岭县县域节水型社会达标建设方案", "云岭县"),
    ],
)
def test_a_place_at_the_front_is_found(words: str, place: str) -> None:
    assert place_at_front(words) == place


@pytest.mark.parametrize(
    "words", ["城市节水行动方案", "国家节水行动方案", "关于推进城市节水的意见", "全市节水工作要点", ""]
)
def test_words_that_only_end_like_a_place_are_none(words: str) -> None:
    assert place_at_front(words) is None


def test_the_issuer_speaks_where_the_title_is_silent() -> None:
    assert jurisdiction_of("关于加强节约用水工作的意见", ("云岭县人民政府",)) == "云岭县"


def test_a_place_behind_the_issuer_of_a_title_is_found() -> None:
    assert jurisdiction_of("省政府办公厅关于江苏省全社会节水的实施意见", ()) == "江苏省"


@pytest.mark.parametrize("title", ["国家节水行动方案", "水利部关于加强节水工作的通知"])
def test_a_plan_of_the_state_is_for_the_nation(title: str) -> None:
    assert jurisdiction_of(title, ()) == "全国"


def test_a_plan_without_any_place_has_none() -> None:
    assert jurisdiction_of("节水行动方案", ("节约用水工作领导小组",)) is None
