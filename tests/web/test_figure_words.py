"""Numbers of figures: short for the eye, exact beside it, never an exponent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shuiheng.web.templatetags.figure_words import (
    calculation,
    exact,
    figure_word,
    share_words,
    short,
    signed,
)


@pytest.mark.parametrize(
    ("value", "says", "digits"),
    [
        (Decimal("24.71780505891076872373733212"), "24.7178", "24.71780505891076872373733212"),
        (Decimal("1E+5"), "10 万", "100000"),
        (Decimal("369500000"), "3.695 亿", "369500000"),
        (Decimal("0.00004"), "0", "0.00004"),
        (Decimal("-0.0"), "0", "0"),
        (Decimal("12.50"), "12.5", "12.5"),
        (None, "", ""),
    ],
)
def test_a_value_is_short_and_exact(value: Decimal | None, says: str, digits: str) -> None:
    assert (short(value), exact(value)) == (says, digits)


def test_a_difference_has_its_sign() -> None:
    assert [signed(each) for each in (Decimal(2), Decimal("-0.5"), Decimal(0), None)] == [
        "+2",
        "-0.5",
        "0",
        "",
    ]


def test_shares_and_codes_are_words() -> None:
    assert share_words(Decimal("0.12345")) == "12.35%"
    assert figure_word("measured", "grade") == "实测"


def test_the_functions_of_an_arithmetic_are_named_in_words() -> None:
    assert (
        calculation("1 − clamp(0.08, 0, 0.1) − (2 × above(3, 1))")
        == "1 − 限于(0.08, 0, 0.1) − (2 × 是否高于(3, 1))"
    )
    assert calculation("1 + 1") == "1 + 1"
