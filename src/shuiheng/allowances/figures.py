"""Exact fractions as the decimal figures of steps, and rounding to the step that a rule names."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

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
    size = Fraction(step)
    count = exact / size
    whole = {
        RoundTo.UP: ceil(count),
        RoundTo.DOWN: floor(count),
        RoundTo.HALF_UP: floor(count + Fraction(1, 2)),
    }[to]
    return _plain(Decimal(whole) * step)


def decimal_of(exact: Fraction) -> Decimal:
    """Return a fraction as a decimal figure: exact where it ends within twelve places, else cut there."""
    return _plain(rounded(exact, step=Decimal(1).scaleb(-KEPT_DIGITS), to=RoundTo.HALF_UP))


def shown(value: Decimal | Fraction) -> str:
    """Return a figure as a formula writes it, with six places at most."""
    near = rounded(Fraction(value), step=Decimal(1).scaleb(-SHOWN_DIGITS), to=RoundTo.HALF_UP)
    return format(near, "f")


def _plain(value: Decimal) -> Decimal:
    """Return a figure without zeros at its end and without an exponent above 0."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short
