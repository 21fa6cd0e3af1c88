"""How allowances are kept (计划执行): use beside allowance by period, and the rates of planned use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shuiheng.allowances.model import MONTHS


class PeriodKind(StrEnum):
    """By what an allowance is kept."""

    MONTH = "month"
    TWO_MONTHS = "two_months"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR_TO_DATE = "year_to_date"
    YEAR = "year"


class Verdict(StrEnum):
    """How use stands to its allowance."""

    WITHIN = "within"
    NEAR = "near"
    OVER = "over"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """What a rate counts."""

    COUNT = "count"
    VOLUME = "volume"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthUse:
    """What an account took in a month, as far as it is known (月用水量).

    Args:
        measured_m3: What registers tell, read or laid between two readings.
        estimated_m3: What was put in for time without readings.
        missing_share: Share of the month of which nothing is known, not even an estimate.
    """

    measured_m3: Decimal
    estimated_m3: Decimal = Decimal(0)
    missing_share: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Use beside allowance in a period (计划执行情况).

    Args:
        months: The months of the period, 1 to 12.
        allowance_m3: The allowance, or None when none was given.
        measured_m3: What registers tell.
        estimated_m3: What was put in.
        missing_share: Share of the time of which nothing is known.
        ratio: Use ÷ allowance, or None without an allowance or with one of 0.
        verdict: How it stands.
        is_certain: Whether the verdict would stay whatever the estimated and the missing part were.
    """

    months: tuple[int, ...]
    allowance_m3: Decimal | None
    measured_m3: Decimal
    estimated_m3: Decimal
    missing_share: Decimal
    ratio: Decimal | None
    verdict: Verdict
    is_certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A rate with what it counts (计划率).

    Args:
        basis: Whether it counts users or volumes.
        part: The numerator.
        whole: The denominator.
        value: Part ÷ whole, or None when there is nothing to count.
        unknown: How many users could not be counted, because their use is not known.
    """

    basis: Basis
    part: Decimal
    whole: Decimal
    value: Decimal | None
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredUser:
    """A user for the rates of planned use.

    Args:
        is_covered: Whether the rules put it under planned use.
        has_allowance: Whether an allowance was given to it.
        use_m3: What it took in the year, or None when that is not known.
    """

    is_covered: bool
    has_allowance: bool
    use_m3: Decimal | None


def months_of(kind: PeriodKind, month: int) -> tuple[int, ...]:
    """Return the months of the period of a kind in which a month lies; to date it ends with the month."""
    if kind is PeriodKind.YEAR_TO_DATE:
        return tuple(range(1, month + 1))
    length = {
        PeriodKind.MONTH: 1,
        PeriodKind.TWO_MONTHS: 2,
        PeriodKind.QUARTER: 3,
        PeriodKind.HALF_YEAR: 6,
        PeriodKind.YEAR: MONTHS,
    }[kind]
    first = (month - 1) // length * length + 1
    return tuple(range(first, first + length))


def standing(
    *,
    months: Sequence[int],
    allowances: Sequence[Decimal] | None,
    uses: Sequence[MonthUse | None],
    near_ratio: Decimal,
    most_missing: Decimal = Decimal(0),
) -> Standing:
    """Return how use stands to its allowance in a period (计划执行情况).

    What is measured above the allowance is over whatever is missing. With more missing than the rule
    bears, use below the allowance is unknown: nothing was seen, which is not the same as nothing used.

    Args:
        months: The months of the period, 1 to 12.
        allowances: Twelve months in m³, as they stand; None when none was given.
        uses: Twelve months of use; None for a month of which nothing is known.
        near_ratio: From this share of the allowance on it is near.
        most_missing: Share of the time that may be missing without making the verdict unknown.
    """
    known = [
        uses[month - 1] or MonthUse(measured_m3=Decimal(0), missing_share=Decimal(1)) for month in months
    ]
    measured = sum((each.measured_m3 for each in known), Decimal(0))
    estimated = sum((each.estimated_m3 for each in known), Decimal(0))
    missing = sum((each.missing_share for each in known), Decimal(0)) / len(months)
    allowed = None if allowances is None else sum((allowances[month - 1] for month in months), Decimal(0))
    verdict, is_certain = Verdict.UNKNOWN, False
    if allowed is not None:
        verdict = _verdict(measured + estimated, allowed, near_ratio)
        is_certain = not estimated and not missing
        if verdict is Verdict.OVER:
            is_certain = measured > allowed
        elif missing > most_missing:
            verdict, is_certain = Verdict.UNKNOWN, False
    return Standing(
        months=tuple(months),
        allowance_m3=allowed,
        measured_m3=measured,
        estimated_m3=estimated,
        missing_share=missing,
        ratio=(measured + estimated) / allowed if allowed else None,
        verdict=verdict,
        is_certain=is_certain,
    )


def issue_rate(users: Iterable[CoveredUser]) -> Rate:
    """Return how many of those covered have an allowance (计划下达率)."""
    covered = [each for each in users if each.is_covered]
    return _rate(Basis.COUNT, sum(each.has_allowance for each in covered), len(covered))


def planned_use_rate(users: Iterable[CoveredUser], *, basis: Basis) -> Rate:
    """Return which part of all users, or of their use, stands under an allowance (计划用水率).

    By volume, users whose use is not known are counted beside, never as 0.
    """
    held = list(users)
    if basis is Basis.COUNT:
        return _rate(basis, sum(each.has_allowance for each in held), len(held))
    known = [(each.has_allowance, each.use_m3) for each in held if each.use_m3 is not None]
    part = sum((use for has_allowance, use in known if has_allowance), Decimal(0))
    whole = sum((use for _, use in known), Decimal(0))
    return _rate(basis, part, whole, unknown=len(held) - len(known))


def _verdict(use: Decimal, allowed: Decimal, near_ratio: Decimal) -> Verdict:
    if use > allowed:
        return Verdict.OVER
    return Verdict.NEAR if use and use >= allowed * near_ratio else Verdict.WITHIN


def _rate(basis: Basis, part: Decimal | int, whole: Decimal | int, unknown: int = 0) -> Rate:
    value = Decimal(part) / Decimal(whole) if whole else None
    return Rate(basis=basis, part=Decimal(part), whole=Decimal(whole), value=value, unknown=unknown)
