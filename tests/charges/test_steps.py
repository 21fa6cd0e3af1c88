"""Arithmetic that writes itself down."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest

from shuiheng.charges.errors import BadFigureError, UnknownFigureError
from shuiheng.charges.steps import (
    Figure,
    due_step,
    exactly,
    figure_of,
    given_term,
    plain,
    product_step,
    rounded,
    rounded_step,
    sum_step,
    term_of,
)
from shuiheng.kernel.derivation import Derived, Term


def term(value: str) -> Term:
    return Term(name="price", value=Decimal(value), unit="yuan_m3")


@pytest.mark.parametrize(
    ("value", "text"),
    [("1E+3", "1000"), ("0.500", "0.5"), ("120", "120"), ("0.00", "0"), ("-1.50", "-1.5"), ("1E-3", "0.001")],
)
def test_a_number_is_printed_without_exponent_and_idle_zeros(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


def test_a_figure_is_put_in_with_its_origin_and_an_unknown_or_negative_one_is_not() -> None:
    given = given_term("volume", Figure(value=Decimal(0), origin="settled_month:12"), label="2026-03")
    assert (given.value, given.unit, given.origin, given.label) == (0, "m3", "settled_month:12", "2026-03")
    with pytest.raises(UnknownFigureError, match="plan of 2026-03"):
        given_term("plan", None, label="2026-03")
    with pytest.raises(BadFigureError, match="area is"):
        given_term("area", Figure(value=Decimal("-0.01")), unit="mu")


def test_what_is_due_is_less_what_was_charged_and_may_be_below_zero() -> None:
    to_date = sum_step("surcharge_sum", [term("5")], unit="yuan")
    step = due_step("surcharge_due", to_date, Figure(value=Decimal("7.50"), origin="charge:1"))
    assert (step.value, step.formula, step.terms[1].origin) == (Decimal("-2.50"), "5 − 7.50", "charge:1")


def test_a_product_prints_its_factors() -> None:
    step = product_step("band_amount", [term("1000"), term("2"), term("4.32")], unit="yuan")
    assert (step.formula, step.value) == ("1000 × 2 × 4.32", 8640)


def test_a_sum_prints_signs_and_is_zero_without_terms() -> None:
    step = sum_step("surcharge_sum", [term("-5"), term("3"), term("-2.5")], unit="yuan")
    assert (step.formula, step.value) == ("-5 + 3 − 2.5", Decimal("-4.5"))
    assert (sum_step("surcharge_sum", [], unit="yuan").formula) == "0"


@pytest.mark.parametrize(("value", "fen"), [("0.005", "0.01"), ("0.00499", "0.00"), ("-0.005", "-0.01")])
def test_money_is_rounded_half_up(value: str, fen: str) -> None:
    assert rounded(Decimal(value), Decimal("0.01")) == Decimal(fen)


def test_a_rounded_step_shows_both_values() -> None:
    before = sum_step("surcharge_sum", [term("1.005")], unit="yuan")
    after = rounded_step("surcharge", before, Decimal("0.01"))
    assert (after.formula, after.terms) == ("1.005 → 1.01", (term_of(before),))


def test_a_result_goes_on_with_its_steps() -> None:
    step = sum_step("price", [term("1")], unit="yuan_m3")
    figure = figure_of(Derived(value=step.value, unit="yuan_m3", steps=(step,)))
    assert (figure.value, figure.steps) == (1, (step,))


def test_arithmetic_has_its_own_digits() -> None:
    @exactly
    def third() -> Decimal:
        return Decimal(1) / 3

    with localcontext(prec=3):
        assert len(str(third())) == 62
