"""Levels of warning (用水预警等级) before and after an allowance is passed: which hold, and how surely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shuiheng.allowances.errors import BadRuleError
from shuiheng.allowances.forecast import (
    ONE,
    ZERO,
    Forecast,
    ForecastRules,
    NoForecast,
    UserYears,
    forecast,
    shifted,
    used_in,
)
from shuiheng.allowances.model import MONTHS
from shuiheng.allowances.rule_fields import (
    check_names,
    name_of,
    number_field,
    record_of,
    records_field,
    text_field,
    texts_field,
)
from shuiheng.kernel.citation import Citation
from shuiheng.rules.parameter import DatedValue, Value


class WarningPeriod(StrEnum):
    """For which stretch of a year use is held against its allowance."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class WarningBasis(StrEnum):
    """What is held against the allowance: what was used, or what the period will come to."""

    USE = "use"
    FORECAST = "forecast"


class Certainty(StrEnum):
    """How sure a warning is.

    `sure`: what registers tell passes the edge, or the whole interval of the forecast does. `likely`: the
    middle of the forecast does. `doubtful`: what is known is itself in doubt.
    """

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


class Doubt(StrEnum):
    """What makes a warning doubtful.

    `estimated`: only with estimates does it pass the edge. `missing`: too much of the time behind is not
    known. `findings`: the checks found something at a meter of the user.
    """

    ESTIMATED = "estimated"
    MISSING = "missing"
    FINDINGS = "findings"


LENGTHS = {WarningPeriod.MONTH: 1, WarningPeriod.QUARTER: 3, WarningPeriod.YEAR: MONTHS}


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningLevel:
    """One level of a ladder (预警等级).

    Args:
        id: Its id.
        period: The stretch of the year for which it holds.
        basis: What is held against the allowance.
        excess: By which share of the allowance it must be passed.
        is_edge_inside: Whether the edge itself reaches the level (`at_least`), or only more (`above`).
        follows: What follows, such as `warn`, `supervise`, `balance_test`.
        rank: Its place in the ladder, the lowest 0.
    """

    id: str
    period: WarningPeriod
    basis: WarningBasis
    excess: Decimal
    is_edge_inside: bool
    follows: tuple[str, ...]
    rank: int

    def edge_m3(self, limit_m3: Decimal) -> Decimal:
        """Return the volume at which it begins for an allowance."""
        return limit_m3 * (ONE + self.excess)

    def is_reached(self, amount_m3: Decimal, *, limit_m3: Decimal) -> bool:
        """Return whether a volume reaches the level; nothing within the allowance ever does."""
        edge = self.edge_m3(limit_m3)
        return amount_m3 > limit_m3 and (amount_m3 > edge or (self.is_edge_inside and amount_m3 == edge))


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningLadder:
    """The levels of a place (预警等级), the lowest first, with the rule that sets them."""

    levels: tuple[WarningLevel, ...]
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A level that holds in a period.

    Args:
        level: The level.
        first: First day of the first month of the period.
        last: First day of its last month.
        used_m3: What is known to have been used.
        limit_m3: The allowance of the period.
        forecast: What the period comes to, or None when nothing can be said.
        certainty: How sure it is.
        doubts: What makes it doubtful.
    """

    level: WarningLevel
    first: date
    last: date
    used_m3: Decimal
    limit_m3: Decimal
    forecast: Forecast | None
    certainty: Certainty
    doubts: tuple[Doubt, ...]

    def covers(self, other: Reached) -> bool:
        """Return whether it says all that another one says, and more: it is higher, of a period around."""
        is_around = self.first <= other.first and other.last <= self.last
        return is_around and self.level.rank > other.level.rank


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedYear:
    """How the use of a year stands to its allowance.

    Args:
        reached: All levels that hold, by period and from the lowest to the highest.
        lacking: Why nothing can be said of the year's end, or None.
    """

    reached: tuple[Reached, ...]
    lacking: NoForecast | None

    @property
    def standing(self) -> tuple[Reached, ...]:
        """Return the levels that hold without those that a higher one covers."""
        return tuple(each for each in self.reached if not any(other.covers(each) for other in self.reached))


_FIELDS = ("id", "period", "basis", "above", "at_least", "follows")


def ladder_of(value: DatedValue) -> WarningLadder:
    """Return the ladder that a value of the rulebook sets (预警等级).

    Its levels stand in their order, the lowest first. Of two with the same period and basis the later
    one must not begin earlier.

    Raises:
        BadRuleError: A level lacks a field, names an unknown period or basis, or stands in the wrong place.
    """
    record, rule = record_of(value), name_of(value)
    check_names(record, known=("levels",), rule=rule)
    rows = records_field(record, "levels", rule=rule)
    levels = tuple(_level(row, rank, rule) for rank, row in enumerate(rows))
    if not levels:
        raise BadRuleError(rule, "it needs one level or more")
    if len({each.id for each in levels}) != len(levels):
        raise BadRuleError(rule, "two levels have the same id")
    for place, lower in enumerate(levels):
        for higher in levels[place + 1 :]:
            if (lower.period, lower.basis) == (higher.period, higher.basis) and higher.excess < lower.excess:
                raise BadRuleError(rule, f"{higher.id} begins before {lower.id}, so it must stand first")
    return WarningLadder(levels=levels, citation=value.citation)


def _level(row: Mapping[str, Value], rank: int, rule: str) -> WarningLevel:
    check_names(row, known=_FIELDS, rule=rule)
    if ("above" in row) == ("at_least" in row):
        raise BadRuleError(rule, "a level needs either above or at_least")
    edge = "above" if "above" in row else "at_least"
    period, basis = (text_field(row, name, rule=rule) for name in ("period", "basis"))
    if period not in set(WarningPeriod) or basis not in set(WarningBasis):
        raise BadRuleError(rule, f"no level has the period {period} and the basis {basis}")
    excess = number_field(row, edge, rule=rule)
    if excess < 0:
        raise BadRuleError(rule, f"{edge} is below 0")
    return WarningLevel(
        id=text_field(row, "id", rule=rule),
        period=WarningPeriod(period),
        basis=WarningBasis(basis),
        excess=excess,
        is_edge_inside=edge == "at_least",
        follows=texts_field(row, "follows", rule=rule),
        rank=rank,
    )


def periods_of(period: WarningPeriod, year: int, *, on: date) -> Iterator[tuple[date, ...]]:
    """Yield the months of each period of a year that has begun on a day."""
    length = LENGTHS[period]
    for first in range(1, MONTHS + 1, length):
        months = tuple(date(year, month, 1) for month in range(first, first + length))
        if months[0] <= on:
            yield months


@dataclass(frozen=True, slots=True, kw_only=True)
class YearQuestion:
    """What is asked of a user's year.

    Args:
        years: What is known of the user's months, past years with them.
        allowances: The twelve months of the allowance as it stands, January first.
        year: The year.
        on: The day on which it is judged.
        ladder: The levels of the place.
        rules: How a period is forecast.
        has_findings: Whether the checks found something at a meter of the user that makes its use doubtful.
    """

    years: UserYears
    allowances: tuple[Decimal, ...]
    year: int
    on: date
    ladder: WarningLadder
    rules: ForecastRules
    has_findings: bool = False


def judged_year(asked: YearQuestion) -> JudgedYear:
    """Return which levels the use of a year reaches (预警判定).

    More use never lowers a level. Doubts never silence one: they say that it is less sure.
    """
    forecasts: dict[tuple[date, ...], Forecast | NoForecast] = {}

    def coming(months: tuple[date, ...]) -> Forecast | NoForecast:
        if months not in forecasts:
            forecasts[months] = forecast(asked.years, months, on=asked.on, rules=asked.rules)
        return forecasts[months]

    reached = []
    for level in asked.ladder.levels:
        for months in periods_of(level.period, asked.year, on=asked.on):
            limit = sum((asked.allowances[each.month - 1] for each in months), ZERO)
            amount = used_in(asked.years, months)
            if level.basis is WarningBasis.FORECAST:
                told = coming(months)
                amount = told.expected_m3 if isinstance(told, Forecast) else amount
            if level.is_reached(amount, limit_m3=limit):
                reached.append(_reached(asked, level, months, limit, coming(months)))
    whole = coming(tuple(date(asked.year, month, 1) for month in range(1, MONTHS + 1)))
    return JudgedYear(reached=tuple(reached), lacking=whole if isinstance(whole, NoForecast) else None)


def _reached(
    asked: YearQuestion,
    level: WarningLevel,
    months: tuple[date, ...],
    limit: Decimal,
    coming: Forecast | NoForecast,
) -> Reached:
    told = coming if isinstance(coming, Forecast) else None
    doubts = tuple(_doubts(asked, level, months, limit))
    return Reached(
        level=level,
        first=months[0],
        last=months[-1],
        used_m3=used_in(asked.years, months),
        limit_m3=limit,
        forecast=told,
        certainty=_certainty(level, limit, told, doubts),
        doubts=doubts,
    )


def _doubts(
    asked: YearQuestion, level: WarningLevel, months: Sequence[date], limit: Decimal
) -> Iterator[Doubt]:
    known = [asked.years.months[each] for each in months if each in asked.years.months]
    used = sum((each.m3 for each in known), ZERO)
    measured = sum((each.measured_m3 for each in known), ZERO)
    is_passed = level.is_reached(used, limit_m3=limit)
    if is_passed and not level.is_reached(measured, limit_m3=limit):
        yield Doubt.ESTIMATED
    if not is_passed and _missing_share(asked, months) > asked.rules.most_missing_share:
        yield Doubt.MISSING
    if asked.has_findings:
        yield Doubt.FINDINGS


def _missing_share(asked: YearQuestion, months: Sequence[date]) -> Decimal:
    """Return the share of the ended months of a period of which nothing is known."""
    ended = [each for each in months if shifted(each, 1) <= asked.on]
    if not ended:
        return ZERO
    held = asked.years.months
    return ONE - sum((held[each].told_share for each in ended if each in held), ZERO) / len(ended)


def _certainty(
    level: WarningLevel, limit: Decimal, told: Forecast | None, doubts: Sequence[Doubt]
) -> Certainty:
    if doubts:
        return Certainty.DOUBTFUL
    if level.basis is WarningBasis.USE or told is None:
        return Certainty.SURE
    return Certainty.SURE if level.is_reached(told.low_m3, limit_m3=limit) else Certainty.LIKELY
