"""Demands in the words in which people say them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from shuiheng.services.demand_words import (
    Language,
    demand,
    language_of,
    printed_unit,
    shown_amount,
    shown_number,
)


@dataclass
class Goal:
    """The fields of a target that are shown."""

    kind: str = "level"
    op: str = "<="
    value: Decimal | None = Decimal(9)
    value_max: Decimal | None = None
    unit: str | None = "%"
    baseline_year: int | None = None
    stretch: tuple[str, Decimal] | None = None
    is_hedged: bool = False
    annual: bool = False
    quote: str = ""


@pytest.mark.parametrize(
    ("goal", "chinese", "english"),
    [
        (Goal(), "≤ 9 %", "≤ 9 %"),
        (
            Goal(kind="reduction", op="=", value=Decimal(12), baseline_year=2020),
            "下降 12 %（较2020年）",
            "down 12 % (from 2020)",
        ),
        (
            Goal(kind="increment", op=">=", value=Decimal(1), unit="个百分点"),
            "每年提高 1 个百分点",
            "up 1 个百分点 a year",
        ),
        (Goal(op="~", value=Decimal(1), value_max=Decimal(2), unit="个"), "1—2 个", "1—2 个"),
        (Goal(is_hedged=True, op=">="), "力争 ≥ 9 %", "aim: ≥ 9 %"),
        (Goal(stretch=("<=", Decimal(8))), "≤ 9 %（力争 ≤8 %）", "≤ 9 % (aim: ≤8 %)"),
        (
            Goal(op=">=", value=Decimal(25000), unit="亩", quote="新增2.5万亩"),
            "≥ 2.5 万亩",
            "≥ 25,000 亩",
        ),
        (Goal(op=">=", value=Decimal(25000), unit="亩", quote="新增25000亩"), "≥ 25000 亩", "≥ 25,000 亩"),
        (Goal(value=None), "", ""),
        (
            Goal(op="~", value=Decimal(5000), value_max=Decimal(20000), unit="亩", quote="0.5—2万亩"),
            "0.5—2 万亩",
            "5,000—20,000 亩",
        ),
        (Goal(annual=True), "每年 ≤ 9 %", "≤ 9 % a year"),
    ],
)
def test_a_demand_is_said_in_both_languages(goal: Goal, chinese: str, english: str) -> None:
    assert demand(goal, language=Language.CHINESE) == chinese
    assert demand(goal, language=Language.ENGLISH) == english


def test_a_number_stands_as_printed_and_is_never_rounded() -> None:
    assert shown_number(Decimal("12345.67"), Language.CHINESE) == "12345.67"
    assert shown_number(Decimal("120000000"), Language.CHINESE) == "1.2 亿"
    assert shown_number(Decimal("120000000"), Language.ENGLISH) == "120,000,000"


@pytest.mark.parametrize(
    ("value", "upper", "unit", "quote", "name"),
    [
        (12_000, None, "亩", "新增1.2万亩", "万亩"),
        (12_000, None, "亩", "新增１．２万亩", "万亩"),
        (12_000, None, "亩", "新增12,000亩", "亩"),
        (12_000, None, "亩", "新增一万二千亩", "万亩"),
        (120_000_000, None, "m3", "控制在12000万立方米以内", "万 m³"),
        (120_000_000, None, "m3", "控制在1.2亿立方米以内", "亿 m³"),
        (5_000, 20_000, "亩", "新增0.5—2万亩", "万亩"),
        (5_000, None, "亩", "", "亩"),
        (12_345, None, "亩", "", "万亩"),
        (Decimal("12345.67"), None, "亩", "", "亩"),
        (9, None, "%", "9%", "%"),
        (20_000, None, "", "", "万"),
    ],
)
def test_a_value_is_asked_for_in_the_unit_that_the_plan_prints(
    value: Decimal, upper: Decimal | None, unit: str, quote: str, name: str
) -> None:
    goal = Goal(value=Decimal(value), value_max=upper and Decimal(upper), unit=unit, quote=quote)
    assert printed_unit(goal, language=Language.CHINESE).name == name
    assert printed_unit(goal, language=Language.ENGLISH).multiple == 1


def test_other_values_of_a_target_stand_in_the_unit_of_its_demand() -> None:
    goal = Goal(value=Decimal(12_000), unit="亩", quote="新增1.2万亩")
    assert shown_amount(Decimal(345), goal, language=Language.CHINESE) == "0.0345 万亩"
    assert shown_amount(Decimal("12345.67"), goal, language=Language.CHINESE) == "1.234567 万亩"
    assert shown_amount(Decimal("12345.67"), goal, language=Language.ENGLISH) == "12,345.67 亩"


def test_an_unknown_language_is_chinese() -> None:
    assert (language_of("en-gb"), language_of("xx")) == (Language.ENGLISH, Language.CHINESE)
