"""Values for named cells come out of the pipe as they went in."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.workbooks.fill_values import FillValue, Share, value_from_wire, values_to_wire

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False)


@given(st.none() | st.text() | st.dates() | NUMBERS | NUMBERS.map(Share))
def test_a_value_reads_back(value: FillValue) -> None:
    assert value_from_wire(values_to_wire({"名": value})["名"]) == value


def test_whole_numbers_and_unknown_marks() -> None:
    assert value_from_wire(values_to_wire({"名": 12})["名"]) == Decimal(12)
    with pytest.raises(ValueError):
        value_from_wire(["x", "1"])
