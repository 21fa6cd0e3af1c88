"""Demands in the words in which people say them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from shuiheng.services.demand_words import Language, demand, language_of, shown_number


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
        (Goal(annual=True), "每年 ≤ 9 %", "≤ 9 % a year"),
    ],
)
def test_a_demand_is_said_in_both_languages(goal: Goal, chinese: str, english: str) -> None:
    assert demand(goal, language=Language.CHINESE) == chinese
    assert demand(goal, language=Language.ENGLISH) == english


def test_a_number_stands_as_printed_and_is_never_rounded() -> None:
    assert shown_number(Decimal("12345.67"), Language.CHINESE) == "12345.67"
    assert shown_number(Decimal("120000000"), Language.CHINESE, quote="1.2亿立方米") == "1.2 亿"
    assert shown_number(Decimal("120000000"), Language.CHINESE, quote="120000000立方米") == "120000000"


def test_an_unknown_language_is_chinese() -> None:
    assert (language_of("en-gb"), language_of("xx")) == (Language.ENGLISH, Language.CHINESE)
