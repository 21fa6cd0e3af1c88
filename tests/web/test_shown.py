"""How values are shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from shuiheng.web.templatetags.shown import field_text, goal, number, percent, unit


@dataclass
class Goal:
    """A target as a template sees it."""

    value: Decimal | None = Decimal(9)
    value_max: Decimal | None = None
    op: str = "<="
    unit: str | None = "%"
    annual: bool = False
    stretch: tuple[str, Decimal] | None = None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("320000000"), "3.2 亿"),
        (Decimal("25000"), "2.5 万"),
        (Decimal("12345"), "1.2345 万"),
        (Decimal("123456"), "12.3456 万"),
        (Decimal("1234567"), "123.4567 万"),
        (Decimal("9999"), "9999"),
        (Decimal("0.550"), "0.55"),
        (Decimal("100"), "100"),
        (None, ""),
    ],
)
def test_numbers_are_short_where_that_loses_nothing(value: Decimal | None, shown: str) -> None:

    assert number(value) == shown


def test_english_numbers_are_written_out() -> None:
    with translation.override("en"):
        assert number(Decimal("320000000")) == "320,000,000"


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        (Goal(), "≤ 9 %"),
        (Goal(op="=", value=Decimal(4), unit="家"), "4 家"),
        (Goal(op="~", value=Decimal(1), value_max=Decimal(2), unit="个"), "1—2 个"),
        (Goal(stretch=("<=", Decimal(8))), "≤ 9 %（力争 ≤8 %）"),
        (Goal(op=">=", value=Decimal("0.6"), unit="系数"), "≥ 0.6"),
        (Goal(value=None), ""),
        (Goal(annual=True), "每年 ≤ 9 %"),
    ],
)
def test_a_demand_is_shown_as_people_write_it(target: Goal, shown: str) -> None:
    assert goal(target) == shown


@pytest.mark.parametrize(
    ("value", "field", "shown"),
    [
        ("level", "kind", "水平值"),
        (">=", "op", "≥"),
        (["市水利局", "市财政局"], "lead", "市水利局、市财政局"),
        (True, "annual", "是"),
        (None, "deadline", "—"),
        ("漏损率", "metric", "漏损率"),
    ],
)
def test_a_changed_field_is_shown_in_words(value: Any, field: str, shown: str) -> None:
    assert field_text(value, field) == shown


def test_units_and_shares() -> None:
    assert (unit("m3"), unit(None), percent(0.754)) == ("m³", "", "75 %")
