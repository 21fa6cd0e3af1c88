"""Exact fractions as the decimal figures of steps, and rounding to the step that a rule names."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

SHOWN_DIGITS = 6
KEPT_DIGITS = 12


class RoundTo(StrEnum):
    """Which way a figure is rounded."""

    UP = "up"
    DOWN = "down"
    HALF_UP = "half_up"


def rounded(exact: Fraction, *, step: Decimal, to: RoundTo) -> Decimal:
    """Return the multiple of `step` next to an exact figure (修约).

    Args:
        exact: The figure.
        step: Above 0, such as 10 for allowances in whole tens of m³.
        to: Up, down, or to the nearest one, halves up.
    """
    above, below = step.as_integer_ratio()
    return _plain(Decimal(_whole(exact.numerator * below, exact.denominator * above, to)) * step)


def decimal_of(exact: Fraction) -> Decimal:
    """Return a fraction as a decimal figure: exact where it ends within twelve places, else rounded there."""
    return _near(exact, KEPT_DIGITS)


def shown(value: Decimal | Fraction) -> str:
    """Return a figure as a formula writes it, with six places at most."""
    if isinstance(value, Decimal):
        short = _plain(value)
        exponent = short.as_tuple().exponent
        if isinstance(exponent, int) and exponent >= -SHOWN_DIGITS:
            return format(short, "f")
    return format(_near(Fraction(value), SHOWN_DIGITS), "f")


def _whole(above: int, below: int, to: RoundTo) -> int:
    """Return the whole number next to a quotient; what is below is above 0."""
    if to is RoundTo.DOWN:
        return above // below
    return -(-above // below) if to is RoundTo.UP else (2 * above + below) // (2 * below)


def _near(exact: Fraction, digits: int) -> Decimal:
    if exact.denominator == 1:
        return Decimal(exact.numerator)
    whole = _whole(exact.numerator * 10**digits, exact.denominator, RoundTo.HALF_UP)
    return _plain(Decimal(whole).scaleb(-digits))


def _plain(value: Decimal) -> Decimal:
    """Return a figure without zeros at its end and without an exponent above 0."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short
