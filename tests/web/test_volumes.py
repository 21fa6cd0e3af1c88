"""Amounts and shares never say nothing where there is little, nor all where something lacks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.web.templatetags.volumes import in_wan, share, shown_volume, whole_percent

SHARES = st.floats(0, 1, allow_nan=False)


@pytest.mark.parametrize(
    ("litres", "m3", "wan"),
    [
        (None, "", ""),
        (0, "0", "0.00"),
        (1_000, "1", "0.0001"),
        (1_234_600, "1,234.6", "0.1235"),
        (12_345_678_000, "12,345,678", "1,234.57"),
        (-10_000_000, "-10,000", "-1.00"),
    ],
)
def test_litres_are_shown_in_the_unit_of_their_column(litres: int | None, m3: str, wan: str) -> None:
    assert shown_volume(litres, wan=False) == m3 and shown_volume(litres, wan=True) == wan


@pytest.mark.parametrize(("litres", "is_large"), [(None, False), (999_999_999, False), (-(10**9), True)])
def test_large_amounts_are_read_in_ten_thousands(litres: int | None, is_large: bool) -> None:
    assert in_wan(litres) == is_large


@pytest.mark.parametrize(
    ("ratio", "shown"), [(None, ""), (0, "0.0 %"), (0.0009, "<0.1 %"), (0.001, "0.1 %"), (1, "100.0 %")]
)
def test_a_share_that_is_not_known_is_nothing_and_a_small_one_is_not_zero(
    ratio: float | None, shown: str
) -> None:
    assert share(ratio) == shown


@given(ratio=SHARES)
def test_whole_percent_are_none_or_all_only_where_the_share_is(ratio: float) -> None:
    said = whole_percent(ratio)
    assert (said == "0 %") == (ratio <= 1e-9) and (said == "100 %") == (ratio >= 1 - 1e-9)
    assert said in ("<1 %", ">99 %") or abs(float(said.removesuffix(" %")) / 100 - ratio) <= 0.005 + 1e-9
