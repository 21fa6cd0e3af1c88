"""Forecast of a period's end (用水预测): from the use so far and how the user's water lies over its year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from shuiheng.allowances.model import MONTHS

LITRE = Decimal("0.001")
ZERO, ONE = Decimal(0), Decimal(1)
_T = "6.314 2.920 2.353 2.132 2.015 1.943 1.895 1.860 1.833 1.812 1.796 1.782 1.771 1.761 1.753"
STUDENT_90 = tuple(Decimal(each) for each in _T.split())
"""Half width of the 90 % interval of Student's distribution by degrees of freedom, from 1."""


class Season(StrEnum):
    """From what the user's season is known, the best first.

    `own_years`: its own months of past years. `own_profile`: the months of a profile that was drawn for it.
    `class_profile`: those of its class of use. `even`: of nothing, so every day is like the other.
    """

    OWN_YEARS = "own_years"
    OWN_PROFILE = "own_profile"
    CLASS_PROFILE = "class_profile"
    EVEN = "even"


class Lacking(StrEnum):
    """Why there is no forecast.

    `nothing_told`: no register tells anything of the months before. `too_short`: they tell of less time
    than the rules ask for. `no_base`: nothing was used in the same months of past years, so that use now
    cannot be set against it, and no profile says anything either.
    """

    NOTHING_TOLD = "nothing_told"
    TOO_SHORT = "too_short"
    NO_BASE = "no_base"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMonth:
    """What is known of a month, or of a part of it (月用水量).

    Args:
        month: First day of the month.
        m3: What passed in the time that is known, measured, spread or estimated.
        estimated_m3: The part of it that was estimated.
        told_share: Share of the whole month's time that is known; a month under way has not all of it.
    """

    month: date
    m3: Decimal
    estimated_m3: Decimal = ZERO
    told_share: Decimal = ONE

    @property
    def measured_m3(self) -> Decimal:
        """Return what registers tell of it."""
        return self.m3 - self.estimated_m3


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRules:
    """How the office lets a period be forecast; settings, not law.

    Args:
        base_months: Months before the present one whose use tells how much the user takes now.
        least_told_months: So many months of them must be known.
        most_years: So many past years are looked at.
        most_missing_share: With more of a past month missing it is not used.
        prior_years: What the scatter below counts for, in years.
        scatter: Relative scatter of what is still to come, as far as the user's own years do not tell.
    """

    base_months: int
    least_told_months: Decimal
    most_years: int
    most_missing_share: Decimal
    prior_years: int
    scatter: Mapping[Season, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonShape:
    """How water lies over the months when the user's own years do not tell.

    Args:
        kind: Where it is from.
        weights: Twelve weights, January first, none below 0.
    """

    kind: Season = Season.EVEN
    weights: tuple[Decimal, ...] = (ONE,) * MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a period comes to if the user goes on like this (期末预测).

    Args:
        used_m3: What is known of it so far.
        expected_m3: What it is expected to come to.
        low_m3: Lower end of the 90 % interval.
        high_m3: Upper end.
        season: From what the season is known.
        years: How many past years told it.
        measured_share: Share of the use so far that registers tell; None when nothing was used.
        told_share: Share of the period's time that is known.
    """

    used_m3: Decimal
    expected_m3: Decimal
    low_m3: Decimal
    high_m3: Decimal
    season: Season
    years: int
    measured_share: Decimal | None
    told_share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class NoForecast:
    """That nothing can be said of a period's end, and why."""

    why: Lacking


@dataclass(frozen=True, slots=True, kw_only=True)
class UserYears:
    """All that is known of a user's months, with its season; many periods are forecast from it.

    Args:
        months: What is known by first day of month.
        shape: Its season as far as its own years do not tell.
    """

    months: Mapping[date, ToldMonth]
    shape: SeasonShape = field(default_factory=SeasonShape)


def user_years(told: Iterable[ToldMonth], shape: SeasonShape | None = None) -> UserYears:
    """Return the months of a user put together; parts of a month are added up, in any order."""
    found: dict[date, ToldMonth] = {}
    for each in told:
        month = each.month.replace(day=1)
        known = found.get(month)
        found[month] = ToldMonth(
            month=month,
            m3=each.m3 + (known.m3 if known else ZERO),
            estimated_m3=each.estimated_m3 + (known.estimated_m3 if known else ZERO),
            told_share=min(ONE, each.told_share + (known.told_share if known else ZERO)),
        )
    return UserYears(months=MappingProxyType(found), shape=shape or SeasonShape())


def shifted(month: date, months: int) -> date:
    """Return the first day of the month so many months later."""
    place = month.year * MONTHS + month.month - 1 + months
    return date(place // MONTHS, place % MONTHS + 1, 1)


def used_in(years: UserYears, months: Sequence[date]) -> Decimal:
    """Return what is known to have been used in some months."""
    return sum((years.months[each].m3 for each in months if each in years.months), ZERO)


def forecast(
    years: UserYears, months: Sequence[date], *, on: date, rules: ForecastRules
) -> Forecast | NoForecast:
    """Return what a period comes to (期末预测), or why nothing can be said.

    What is known of the last months says how much the user takes now. Its own past years say what
    followed on the same months then: the rest of the period is that much. Without such years a
    profile of the year says it. Time of which nothing is known counts as rest, whether it lies ahead
    or behind. The interval is that of a new year among those seen: the user's own scatter from
    year to year, put together with the rules' scatter, and wider the fewer years there are.

    Args:
        years: What is known of the user.
        months: First days of the months of the period.
        on: The day on which it is asked; months behind it have nothing told.
        rules: How it is done.
    """
    base = [shifted(on, -back) for back in range(rules.base_months + 1)]
    told = sum((_told(years, each) for each in base), ZERO)
    if not told:
        return NoForecast(why=Lacking.NOTHING_TOLD)
    if told < rules.least_told_months:
        return NoForecast(why=Lacking.TOO_SHORT)
    used, rest_share = used_in(years, months), {each: ONE - _told(years, each) for each in months}
    rests = [
        rest
        for back in range(1, rules.most_years + 1)
        if (rest := _rest_by_year(years, base, rest_share, back=back, rules=rules)) is not None
    ]
    season = Season.OWN_YEARS if rests else years.shape.kind
    mean = sum(rests, ZERO) / len(rests) if rests else _rest_by_shape(years, base, rest_share)
    if mean is None:
        return NoForecast(why=Lacking.NO_BASE)
    half = mean * _relative_half_width(rests, mean, season=season, rules=rules)
    return Forecast(
        used_m3=used,
        expected_m3=(used + mean).quantize(LITRE),
        low_m3=(used + max(mean - half, ZERO)).quantize(LITRE),
        high_m3=(used + mean + half).quantize(LITRE),
        season=season,
        years=len(rests),
        measured_share=_measured_share(years, months, used),
        told_share=ONE - sum(rest_share.values(), ZERO) / len(months),
    )


def _told(years: UserYears, month: date) -> Decimal:
    known = years.months.get(month)
    return known.told_share if known is not None else ZERO


def _rest_by_year(
    years: UserYears,
    base: Sequence[date],
    rest_share: Mapping[date, Decimal],
    *,
    back: int,
    rules: ForecastRules,
) -> Decimal | None:
    """Return the rest as it followed on the same months of a past year; None when that year does not tell.

    Months of the base are set against those of the past year that are known; enough of them must be.
    """
    now = before = after = told = ZERO
    for month in base:
        share, past = _told(years, month), _whole_month(years, shifted(month, -back * MONTHS), rules)
        if share and past is not None:
            told += share
            now += years.months[month].m3
            before += share * past
    for month, share in rest_share.items():
        if share:
            past = _whole_month(years, shifted(month, -back * MONTHS), rules)
            if past is None:
                return None
            after += share * past
    return now * after / before if before > 0 and told >= rules.least_told_months else None


def _whole_month(years: UserYears, month: date, rules: ForecastRules) -> Decimal | None:
    known = years.months.get(month)
    if known is None or not known.told_share or known.told_share < ONE - rules.most_missing_share:
        return None
    return known.m3 / known.told_share


def _rest_by_shape(
    years: UserYears, base: Sequence[date], rest_share: Mapping[date, Decimal]
) -> Decimal | None:
    weights = years.shape.weights
    before = sum((_told(years, each) * weights[each.month - 1] for each in base), ZERO)
    after = sum((share * weights[each.month - 1] for each, share in rest_share.items()), ZERO)
    return used_in(years, base) * after / before if before > 0 else None


def _relative_half_width(
    rests: Sequence[Decimal], mean: Decimal, *, season: Season, rules: ForecastRules
) -> Decimal:
    """Return the half width of the interval as a share of the rest."""
    years = len(rests)
    prior = rules.scatter[season]
    squares = rules.prior_years * prior * prior
    if years > 1 and mean:
        squares += sum(((each / mean - ONE) ** 2 for each in rests), ZERO)
    freedom = rules.prior_years + max(years - 1, 0)
    factor = STUDENT_90[min(freedom, len(STUDENT_90)) - 1]
    return factor * (squares / freedom * (ONE + ONE / max(years, 1))).sqrt()


def _measured_share(years: UserYears, months: Sequence[date], used: Decimal) -> Decimal | None:
    if used <= 0:
        return None
    estimated = sum((years.months[each].estimated_m3 for each in months if each in years.months), ZERO)
    return min(max(ONE - estimated / used, ZERO), ONE).quantize(Decimal("0.000001"))
