"""The ladder of estimates for time of which registers tell nothing.

E1 up to two hours: flow between that before and that behind. E2 up to a week: the mean of
the same hours of the weeks before. E3: the same month of the year before, times the trend.
E4: the mean of three months. A rung that lacks what it compares with gives way to the next;
when all do, the time stays missing. The lengths are parameters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import lcm

from shuiheng.metering.apportion import Spread, spread_by_days
from shuiheng.metering.civil_time import (
    HOUR,
    WEEK,
    day_of,
    midnights_inside,
    month_after,
    months_before,
    start_of,
)
from shuiheng.metering.model import EVEN, MONTHS_OF_YEAR, Profile, Rung, Volume
from shuiheng.metering.volumes import Usage, missing_in, volume


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateRules:
    """How missing use is estimated (估算规则).

    Args:
        linear_seconds: Longest gap for E1.
        same_hours_seconds: Longest gap for E2.
        weeks: Weeks before that E2 looks at.
        months: Months before that E3 takes its trend from, and E4 its mean.
        fewest_known: Share of a month, or of the months before, that registers must tell to be compared with.
    """

    linear_seconds: int
    same_hours_seconds: int
    weeks: int
    months: int
    fewest_known: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gap:
    """Time without registers: its begin, the midnights inside, and its end."""

    cuts: tuple[int, ...]

    @property
    def start_at(self) -> int:
        return self.cuts[0]

    @property
    def end_at(self) -> int:
        return self.cuts[-1]


_Pieces = list[Fraction]


def estimates_in(usage: Usage, start_at: int, end_at: int, *, rules: EstimateRules) -> tuple[Spread, ...]:
    """Return estimates for the time in a period of which registers tell nothing (估算).

    A gap between two amounts is estimated whole, even where it reaches out of the period,
    so that months that are asked for one by one agree with the year.
    """
    told = replace(usage, spreads=tuple(each for each in usage.spreads if each.rung is None))
    found = []
    for first, last in missing_in(told, start_at, end_at):
        gap = _gap(*_whole_gap(told, first, last))
        estimated = _estimated(told, gap, rules)
        if estimated is not None:
            found.append(estimated)
    return tuple(found)


def shaped(usage: Usage, rules: EstimateRules) -> Usage:
    """Return the use with each amount that is longer than the grid allows laid as it would be estimated.

    The amount itself is what the registers tell, to the litre: when a true register arrives
    behind a gap, the estimate gives way to it and leaves only its shape.
    """
    if usage.longest_seconds is None:
        return usage
    longest = usage.longest_seconds
    laid = []
    for index, amount in enumerate(usage.spreads):
        if amount.rung is not None or amount.end_at - amount.start_at <= longest:
            laid.append(amount)
            continue
        others = replace(usage, spreads=usage.spreads[:index] + usage.spreads[index + 1 :])
        laid.append(_as_estimated(others, amount, rules))
    return replace(usage, spreads=tuple(laid))


def _as_estimated(others: Usage, amount: Spread, rules: EstimateRules) -> Spread:
    shape = _estimated(others, _gap(amount.start_at, amount.end_at), rules)
    if shape is None or shape.rung is None or not shape.litres:
        return amount
    weights = [last - first for first, last in pairwise(shape.upto)]
    profile = Profile(id=f"shape-{shape.rung}", hours=EVEN.hours)
    return spread_by_days(amount.litres, cuts=shape.cuts, weights=weights, profile=profile)


def _estimated(told: Usage, gap: _Gap, rules: EstimateRules) -> Spread | None:
    for rung, pieces_of in _ladder(gap, rules):
        pieces = pieces_of(told, gap, rules)
        if pieces is not None:
            return _laid(gap, pieces, rung)
    return None


def _ladder(
    gap: _Gap, rules: EstimateRules
) -> list[tuple[Rung, Callable[[Usage, _Gap, EstimateRules], _Pieces | None]]]:
    seconds = gap.end_at - gap.start_at
    ladder: list[tuple[Rung, Callable[[Usage, _Gap, EstimateRules], _Pieces | None]]] = [
        (Rung.SAME_MONTH, _same_month),
        (Rung.THREE_MONTHS, _three_months),
    ]
    if seconds <= rules.same_hours_seconds:
        ladder.insert(0, (Rung.SAME_HOURS, _same_hours))
    if seconds <= rules.linear_seconds:
        ladder.insert(0, (Rung.LINEAR, _linear))
    return ladder


def _laid(gap: _Gap, pieces: _Pieces, rung: Rung) -> Spread:
    litres = round(sum(pieces, Fraction(0)))
    scale = lcm(*(piece.denominator for piece in pieces))
    weights = [int(piece * scale) for piece in pieces]
    if not any(weights):
        weights = [last - first for first, last in pairwise(gap.cuts)]
    return spread_by_days(litres, cuts=gap.cuts, weights=weights, rung=rung)


def _linear(told: Usage, gap: _Gap, rules: EstimateRules) -> _Pieces | None:
    """E1: the mean of the flows next to the gap."""
    flows = [
        max(Fraction(each.litres, each.end_at - each.start_at), Fraction(0))
        for each in told.spreads
        if each.end_at == gap.start_at or each.start_at == gap.end_at
    ]
    return _at_flow(gap, sum(flows, Fraction(0)) / len(flows)) if flows else None


def _same_hours(told: Usage, gap: _Gap, rules: EstimateRules) -> _Pieces | None:
    """E2: for each hour, the mean of the same hour of the weeks before, of those that are told."""
    pieces = []
    for first, last in pairwise(gap.cuts):
        total = Fraction(0)
        for begin, end in pairwise((first, *range((first // HOUR + 1) * HOUR, last, HOUR), last)):
            mean = _mean_of_weeks(told, begin, end, rules.weeks)
            if mean is None:
                return None
            total += mean
        pieces.append(total)
    return pieces


def _mean_of_weeks(told: Usage, start_at: int, end_at: int, weeks: int) -> Fraction | None:
    earlier = [volume(told, start_at - k * WEEK, end_at - k * WEEK) for k in range(1, weeks + 1)]
    litres = [max(each.litres or 0, 0) for each in earlier if not each.missing_seconds]
    return Fraction(sum(litres), len(litres)) if litres else None


def _same_month(told: Usage, gap: _Gap, rules: EstimateRules) -> _Pieces | None:
    """E3: the flow of the same month of the year before, times how the months before have moved since."""
    trend = _trend(told, gap, rules)
    if trend is None:
        return None
    pieces = []
    for first, last in pairwise(gap.cuts):
        flow = _month_flow(told, first, rules)
        if flow is None:
            return None
        pieces.append(flow * trend * (last - first))
    return pieces


def _trend(told: Usage, gap: _Gap, rules: EstimateRules) -> Fraction | None:
    day = day_of(gap.start_at + 1)
    recent = _flow(told, start_of(months_before(day, rules.months)), start_of(day.replace(day=1)), rules)
    begin = start_of(months_before(day, rules.months + MONTHS_OF_YEAR))
    former = _flow(told, begin, start_of(months_before(day, MONTHS_OF_YEAR)), rules)
    return recent / former if recent is not None and former else None


def _month_flow(told: Usage, instant: int, rules: EstimateRules) -> Fraction | None:
    begin = months_before(day_of(instant + 1), MONTHS_OF_YEAR)
    return _flow(told, start_of(begin), start_of(month_after(begin)), rules)


def _three_months(told: Usage, gap: _Gap, rules: EstimateRules) -> _Pieces | None:
    """E4: the mean flow from the begin of the third month before up to the gap."""
    begin = start_of(months_before(day_of(gap.start_at + 1), rules.months))
    flow = _flow(told, begin, gap.start_at, rules)
    return None if flow is None else _at_flow(gap, flow)


def _flow(told: Usage, start_at: int, end_at: int, rules: EstimateRules) -> Fraction | None:
    """Return litres a second of the told part of a period, None when too little of it is told."""
    period: Volume = volume(told, start_at, end_at)
    seconds = period.seconds - period.missing_seconds
    if not seconds or seconds < rules.fewest_known * period.seconds:
        return None
    return max(Fraction(period.litres or 0, seconds), Fraction(0))


def _at_flow(gap: _Gap, flow: Fraction) -> _Pieces:
    return [flow * (last - first) for first, last in pairwise(gap.cuts)]


def _gap(start_at: int, end_at: int) -> _Gap:
    return _Gap(cuts=(start_at, *midnights_inside(start_at, end_at), end_at))


def _whole_gap(told: Usage, first: int, last: int) -> tuple[int, int]:
    """Return the gap between two amounts of which a run is part; at an open end, the run's own end."""
    begin = max((each.end_at for each in told.spreads if each.end_at <= first), default=first)
    end = min((each.start_at for each in told.spreads if each.start_at >= last), default=last)
    return begin, end
