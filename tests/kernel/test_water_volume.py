"""A volume has the same litres however a text writes its unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shuiheng.kernel.water_volume import litres_of


@pytest.mark.parametrize(
    ("value", "unit", "litres"),
    [
        ("5", "万立方米", 50_000_000),
        ("5", "万m³", 50_000_000),
        ("10000", "吨", 10_000_000),
        ("0.5", "亿 m3", 50_000_000_000),
        ("3", "升", 3),
        ("1", "m3", 1_000),
    ],
)
def test_a_volume_is_the_same_in_every_unit(value: str, unit: str, litres: int) -> None:
    assert litres_of(Decimal(value), unit) == litres


@pytest.mark.parametrize("unit", ["", "户", "m2", "吨/日", "亩", "m3/万元", "吨标准煤"])
def test_what_is_no_volume_has_no_litres(unit: str) -> None:
    assert litres_of(Decimal(1), unit) is None
