"""Numbers as people type them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.services.demand_words import Language, printed_unit, shown_amount
from shuiheng.services.typed_value import BeyondMeasureError, NotANumberError, typed_value

UNITS = ("亩", "m3", "%", "百分点", "千瓦", "m3/万元", "万元", "km", "处", "L/(人·d)", "系数", "")
VALUES = st.decimals(-(10**13), 10**13, places=8, allow_nan=False)


@dataclass
class Goal:
    """What a target says of its unit."""

    value: Decimal
    unit: str
    quote: str = ""
    value_max: Decimal | None = None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("1.2", "万亩"),
        ("1.2万亩", "万亩"),
        ("1.2 万 亩", "亩"),
        ("1.2万", "万亩"),
        ("12000亩", "万亩"),
        ("１２，０００亩", "万亩"),
        ("12千亩", "万亩"),
        ("0.00012亿亩", ""),
        ("12,000", ""),
        ("12000", "亩"),
    ],
)
def test_a_value_is_the_same_in_whatever_unit_it_is_typed(text: str, asked: str) -> None:
    assert typed_value(text, "亩", asked=asked) == 12000


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("3亿立方米", "m3", 300_000_000),
        ("3亿m³", "m3", 300_000_000),
        ("3亿方", "m3", 300_000_000),
        ("5千米", "km", 5),
        ("5千米", "米", 5000),
        ("5千瓦", "千瓦", 5),
        ("2个百分点", "百分点", 2),
        ("85％", "%", 85),
        ("2万", "", 20000),
    ],
)
def test_usual_spellings_of_a_unit_are_understood(text: str, unit: str, value: int) -> None:
    assert typed_value(text, unit) == value


@pytest.mark.parametrize(
    "text", ["1.2公顷", "1.2万公顷", "12亩水", "亩", "万", "约1", "1-2", "1.2万万亩", "1e5", "NaN"]
)
def test_another_sort_of_unit_is_no_value(text: str) -> None:
    with pytest.raises(NotANumberError):
        typed_value(text, "亩", asked="万亩")


def test_a_field_that_asks_for_a_foreign_unit_takes_nothing() -> None:
    with pytest.raises(NotANumberError):
        typed_value("1.2", "亩", asked="万公顷")


def test_the_digits_of_the_table_hold_on_both_sides_in_its_own_unit() -> None:
    assert typed_value("0.000000000001", "亩", asked="万亩") == Decimal("0.00000001")
    assert typed_value("9" * 18, "亩", asked="万亩") == Decimal("9" * 18) * 10000
    for text in ("0.0000000000001", "9" * 19):
        with pytest.raises(BeyondMeasureError):
            typed_value(text, "亩", asked="万亩")


@given(value=VALUES, goal=VALUES, unit=st.sampled_from(UNITS), name=st.sampled_from(["", "万", "亿"]))
def test_what_a_field_shows_is_read_back_exactly(value: Decimal, goal: Decimal, unit: str, name: str) -> None:
    target = Goal(value=goal, unit=unit, quote=f"达到{abs(goal) / 10000}{name}{unit}")
    for language in Language:
        asked = printed_unit(target, language=language)
        assert typed_value(asked.number(value), unit, asked=asked.name) == value
        assert typed_value(shown_amount(value, target, language=language), unit) == value
