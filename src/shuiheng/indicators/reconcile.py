"""Whether the values of the districts fit the value of their city (区县与全市核对)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Fit(StrEnum):
    """How the values of districts stand to that of their city.

    `agrees`, `differs`: they add up to it, or not. `within`, `outside`: it lies between the least and the
    largest of them, as the rate of a whole must, or not. `incomplete`: a district has no value.
    `unknown`: the city has none, or no district has.
    """

    AGREES = "agrees"
    DIFFERS = "differs"
    WITHIN = "within"
    OUTSIDE = "outside"
    INCOMPLETE = "incomplete"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """How the values of districts fit that of their city (核对结果).

    Args:
        fit: How they fit.
        city: The value of the city.
        total: What the districts add up to, for amounts.
        difference: The value of the city less that sum, for amounts of which all are known.
        least: The least value of a district.
        most: The largest value of a district.
        missing: Districts without a value, by their keys.
    """

    fit: Fit
    city: Decimal | None
    total: Decimal | None = None
    difference: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    missing: tuple[str, ...] = ()


def reconcile(
    city: Decimal | None, districts: Mapping[str, Decimal | None], *, is_additive: bool
) -> Reconciliation:
    """Return how the values of districts fit that of their city (区县与全市核对).

    Amounts add up; a difference is told to the digit and never spread. Rates do not add up: the rate of the
    whole lies between the least and the largest. What is unknown is neither 0 nor left out in silence.

    Args:
        city: The value of the city, or None.
        districts: The value of each district, or None.
        is_additive: Whether the values are amounts that add up.
    """
    known = [value for value in districts.values() if value is not None]
    missing = tuple(sorted(key for key, value in districts.items() if value is None))
    least, most = (min(known), max(known)) if known else (None, None)
    total = sum(known, Decimal(0)) if known and is_additive else None
    if city is None or least is None or most is None:
        fit, difference = Fit.UNKNOWN, None
    elif missing:
        fit, difference = Fit.INCOMPLETE, None
    elif total is not None:
        difference = city - total
        fit = Fit.DIFFERS if difference else Fit.AGREES
    else:
        fit, difference = Fit.WITHIN if least <= city <= most else Fit.OUTSIDE, None
    return Reconciliation(
        fit=fit, city=city, total=total, difference=difference, least=least, most=most, missing=missing
    )
