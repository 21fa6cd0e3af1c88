"""Units of norms."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.allowances.errors import UnknownUnitError
from shuiheng.allowances.norm_unit import NormUnit, norm_unit_of

LITRE = Fraction(1, 1000)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("m³/t", NormUnit(m3=Fraction(1), activity="t")),
        ("m3/(人·a)", NormUnit(m3=Fraction(1), activity="人", per="year")),
        ("L/(床·d)", NormUnit(m3=LITRE, activity="床", per="day")),
        ("升/（床·日）", NormUnit(m3=LITRE, activity="床", per="day")),
        ("m³/人·月", NormUnit(m3=Fraction(1), activity="人", per="month")),
        ("m³/100 m", NormUnit(m3=Fraction(1), activity="m", size=Fraction(100))),
        ("m³/万元", NormUnit(m3=Fraction(1), activity="元", size=Fraction(10_000))),
        ("L/(辆·次)", NormUnit(m3=LITRE, activity="辆·次")),
        ("m³/(m²·a)", NormUnit(m3=Fraction(1), activity="m2", per="year")),
        ("立方米/亩", NormUnit(m3=Fraction(1), activity="亩")),
        ("m³/MWh", NormUnit(m3=Fraction(1), activity="MWh")),
    ],
)
def test_a_unit_says_what_it_counts(text: str, unit: NormUnit) -> None:
    assert norm_unit_of(text) == unit


@pytest.mark.parametrize("text", ["", "m³", "元/m³", "m³/", "m³/a", "m³/(人·a·d)", "kg/t", "m³/0t", "m³/5"])
def test_what_is_not_water_per_activity_is_refused(text: str) -> None:
    with pytest.raises(UnknownUnitError):
        norm_unit_of(text)


@given(st.text(max_size=200))
def test_any_text_is_a_unit_or_refused(text: str) -> None:
    try:
        unit = norm_unit_of(text)
    except UnknownUnitError:
        return
    assert unit.activity
    assert unit.size > 0
