"""The comparison of a target is written out with all digits, in the sign of its words."""

from __future__ import annotations

import pytest

from shuiheng.services.indicators.figure_tree import compared


@pytest.mark.parametrize(
    ("ask", "value", "says"),
    [
        ({"comparison": "<=", "limit": "12"}, "11.96", "11.96 ≤ 12"),
        ({"comparison": ">", "limit": "0.60"}, "0.6000001", "0.6000001 > 0.6"),
        ({"comparison": ">=", "limit": "1", "upper": "2"}, "1.5", "1 ≤ 1.5 ≤ 2"),
        ({"comparison": ">=", "limit": None}, "1.5", ""),
        ({"comparison": ">=", "limit": "1"}, None, ""),
        ({}, "1", ""),
    ],
)
def test_a_comparison_is_written_out(ask: dict[str, object], value: str | None, says: str) -> None:
    assert compared({"ask": ask, "value": value}) == says
