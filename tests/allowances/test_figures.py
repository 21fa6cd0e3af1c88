"""Fractions as figures, and rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.allowances.figures import RoundTo, decimal_of, rounded, shown


@pytest.mark.parametrize(
    ("exact", "to", "value"),
    [
        (Fraction(1005), RoundTo.HALF_UP, 1010),
        (Fraction(10049, 10), RoundTo.HALF_UP, 1000),
        (Fraction(1000), RoundTo.UP, 1000),
        (Fraction(1000) + Fraction(1, 10**30), RoundTo.UP, 1010),
        (Fraction(10099, 10), RoundTo.DOWN, 1000),
        (Fraction(-5), RoundTo.HALF_UP, 0),
    ],
)
def test_a_figure_is_rounded_to_whole_tens(exact: Fraction, to: RoundTo, value: int) -> None:
    assert rounded(exact, step=Decimal(10), to=to) == value


def test_a_third_taken_three_times_is_whole_again() -> None:
    assert rounded(Fraction(1, 3) * 3, step=Decimal(1), to=RoundTo.UP) == 1


def test_figures_have_no_exponent_and_no_zeros_at_their_end() -> None:
    assert str(decimal_of(Fraction(100_000))) == "100000"
    assert str(decimal_of(Fraction(5, 2))) == "2.5"
    assert shown(Fraction(19, 180)) == "0.105556"
    assert shown(Decimal("0.12345678")) == "0.123457"
    assert [shown(Decimal(each)) for each in ("1E+5", "10.50", "0.123456")] == ["100000", "10.5", "0.123456"]
    assert str(rounded(Fraction(995), step=Decimal(10), to=RoundTo.UP)) == "1000"
    assert str(rounded(Fraction(1, 3), step=Decimal("0.1"), to=RoundTo.UP)) == "0.4"


@given(st.fractions(-(10**9), 10**9), st.sampled_from(["0.001", "1", "10"]))
def test_rounding_up_and_down_enclose_the_figure(exact: Fraction, step: str) -> None:
    below = rounded(exact, step=Decimal(step), to=RoundTo.DOWN)
    above = rounded(exact, step=Decimal(step), to=RoundTo.UP)
    assert below <= exact <= above
    assert above - below in {0, Decimal(step)}
    assert rounded(exact, step=Decimal(step), to=RoundTo.HALF_UP) in {below, above}
