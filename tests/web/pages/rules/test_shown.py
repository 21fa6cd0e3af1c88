"""Values are shown in words, items of a list on one line each."""

from __future__ import annotations

from dataclasses import replace

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.rules.parameter import DatedValue, Parameter
from shuiheng.web.pages.rules.shown import differences, place_name, shown_value

CITY = Place(name="青禾市", code="371000")


def _weihai() -> tuple[Parameter, DatedValue]:
    rule = shipped_rulebook()["charges/over_plan_ladder"]
    return rule, next(value for value in rule.values if value.area == "3710")


def test_a_band_stands_on_one_line() -> None:
    shown = shown_value(*_weihai(), CITY)
    assert any(name == "1." and text == "至 10%，倍数 1 倍" for _depth, name, text in shown.lines)
    assert shown.is_own and shown.place == "青禾市" and shown.title == "《威海市节约用水条例》"


def test_a_part_that_one_value_lacks_is_a_dash() -> None:
    rule, value = _weihai()
    assert isinstance(value.value, dict)
    other = replace(value, value={**value.value, "bands": value.value["bands"][:2]})
    parts = differences(rule, other, value)
    assert [(part.name, part.old, part.new) for part in parts] == [("分档 / 第3项 / 倍数", "—", "3 倍")]
    assert differences(rule, None, value) == []


def test_places_have_their_names() -> None:
    assert (place_name("", CITY), place_name("37", CITY), place_name("3710", CITY)) == (
        "全国",
        "山东省",
        "青禾市",
    )
