"""Units multiply and divide by their powers, and conversions come back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.made import M3, M3_PER_WAN, PERCENT, WAN_M3, YI_YUAN
from shuiheng.indicators.errors import UnitMismatchError
from shuiheng.indicators.units import multiplied, same, written


def test_a_quotient_takes_the_powers_of_its_divisor_away() -> None:
    ratio = multiplied(WAN_M3.dimensions, YI_YUAN.dimensions, sign=-1)
    assert dict(ratio) == dict(M3_PER_WAN.dimensions)
    assert dict(multiplied(ratio, YI_YUAN.dimensions)) == dict(M3.dimensions)
    assert written(multiplied(M3.dimensions, M3.dimensions, sign=-1)) == "1"


def test_units_that_differ_are_refused() -> None:
    with pytest.raises(UnitMismatchError):
        same(M3.dimensions, YI_YUAN.dimensions, of="a sum")


@given(value=st.decimals(-(10**9), 10**9, places=6))
def test_a_value_comes_back_from_base_units(value: Decimal) -> None:
    for unit in (M3, WAN_M3, YI_YUAN, PERCENT):
        assert unit.from_base(unit.to_base(value)) == value
