"""The comparison of a target is written out with all digits, in the sign of its words."""

from __future__ import annotations

import pytest

from shuiheng.services.indicators.figure_tree import asked, compared


@pytest.mark.parametrize(
    ("ask", "value", "says"),
    [
        ({"comparison": "<=", "limit": "12"}, "11.96", "11.96 < 12"),
        ({"comparison": "<=", "limit": "12"}, "12.00000000000000000001", "12.00000000000000000001 > 12"),
        ({"comparison": ">=", "limit": "12"}, "12.0", "12 = 12"),
        ({"comparison": ">", "limit": "0.60"}, "0.6000001", "0.6000001 > 0.6"),
        ({"comparison": ">=", "limit": "1", "upper": "2"}, "1.5", "1.5 > 1"),
        ({"comparison": ">=", "limit": "1", "upper": "2"}, "2.5", "2.5 > 2"),
        ({"comparison": ">=", "limit": None}, "1.5", ""),
        ({"comparison": ">=", "limit": "1"}, None, ""),
        ({}, "1", ""),
    ],
)
def test_a_comparison_is_written_out(ask: dict[str, object], value: str | None, says: str) -> None:
    assert compared({"ask": ask, "value": value}) == says


def test_what_is_asked_is_said_beside_it() -> None:
    assert asked({"ask": {"comparison": "<=", "limit": "12.50"}})["zh"] == "≤ 12.5"
    assert asked({"ask": {"comparison": ">=", "limit": "1", "upper": "2"}})["en"] == "1 – 2"
    assert asked({"ask": {}}) == {}
