"""Charges reckoned a second time, in fractions: the price of each drop is looked up and added.

Written from the text of the field's sheet (tiers, bands on the excess over plan, two meanings of a multiple,
dead band, whole excess, cumulative tax, late fees by the day), not from the program. Every volume is cut at
all points where anything may change, and what lies between two points is priced by its middle.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import floor

F = Fraction
FEN = F(1, 100)
NOTHING = F(0)
LITRE = F(1, 1000)


@dataclass
class Steps:
    """Bands: upper edges with None for the last, and what stands beside each."""

    edges: list[Fraction | None]
    values: list[Fraction]

    def at(self, x: Fraction) -> Fraction:
        """Return the value at a point that is no edge."""
        return next(v for e, v in zip(self.edges, self.values, strict=True) if e is None or x <= e)


@dataclass
class LadderRule:
    bands: Steps
    is_total: bool = False
    is_whole: bool = False
    dead: Fraction = NOTHING
    unit: Fraction = FEN


@dataclass
class TierRule:
    """Edges with prices of supply, sewage and resource of each tier."""

    edges: list[Fraction | None]
    prices: list[list[Fraction]]
    included: int | None = None
    extra: Fraction = NOTHING
    shared: list[Fraction] | None = None
    unit: Fraction = FEN


@dataclass
class Home:
    volume: Fraction
    persons: int | None = None
    periods: int = 1
    is_shared: bool = False


@dataclass
class Owed:
    principal: Fraction
    rate: Fraction
    grace: int
    cap: Fraction | None
    due: date
    until: date
    payments: list[tuple[date, Fraction]] = field(default_factory=list)


def half_up(x: Fraction, unit: Fraction = FEN) -> Fraction:
    return floor(x / unit + F(1, 2)) * unit


def area(cuts: Sequence[Fraction], height: Callable[[Fraction], Fraction], end: Fraction) -> Fraction:
    """Return what lies under a height from 0 to the end; the height is level between neighbouring cuts."""
    points = sorted({F(0), end, *(c for c in cuts if 0 < c < end)})
    return sum(((b - a) * height((a + b) / 2) for a, b in pairwise(points)), F(0))


def surcharge(
    rule: LadderRule, parts: Sequence[tuple[Fraction, Fraction, Fraction]]
) -> tuple[Fraction, Fraction]:
    """Return the rounded surcharge and cost of the over-plan part; parts are volume, plan and price."""
    levels = [F(0)]
    volume = plan = F(0)
    for used, allowed, _ in parts:
        volume, plan = volume + used, plan + allowed
        levels.append(max(F(0), volume - plan))
    end = levels[-1]

    def price(x: Fraction) -> Fraction:
        """Price of the part in which the excess last rose past x."""
        rises = [i for i in range(len(parts)) if levels[i] < x < levels[i + 1]]
        return parts[rises[-1]][2]

    def extra(x: Fraction) -> Fraction:
        if plan == 0:
            multiple = rule.bands.values[-1]
        else:
            share = end / plan if rule.is_whole else x / plan
            if share <= rule.dead:
                return F(0)
            multiple = rule.bands.at(share)
        return multiple - 1 if rule.is_total else multiple

    cuts = [*levels, rule.dead * plan, *(e * plan for e in rule.bands.edges if e is not None)]
    more = area(cuts, lambda x: extra(x) * price(x), end)
    base = area(cuts, price, end)
    return half_up(more, rule.unit), half_up(more + base, rule.unit)


def home_edges(rule: TierRule, home: Home) -> list[Fraction | None]:
    over = 0 if rule.included is None or home.persons is None else max(0, home.persons - rule.included)
    return [None if e is None else (e + over * rule.extra) * home.periods for e in rule.edges]


def home_cost(
    rule: TierRule, edges: list[Fraction | None], start: Fraction, end: Fraction, shared: bool
) -> Fraction:
    """Return what the volume from start to end costs, not rounded."""
    if shared and rule.shared is not None:
        return (end - start) * sum(rule.shared)
    tiers = Steps(edges, [sum(p, F(0)) for p in rule.prices])
    cuts = [e for e in edges if e is not None]
    return area(cuts, tiers.at, end) - area(cuts, tiers.at, start)


def home_bill(rule: TierRule, home: Home) -> Fraction:
    return half_up(home_cost(rule, home_edges(rule, home), F(0), home.volume, home.is_shared), rule.unit)


def home_year(uses: Sequence[tuple[TierRule, Home]]) -> Fraction:
    """Return what the year to date costs; each part at the tariff of its time."""
    total, start = F(0), F(0)
    for rule, home in uses:
        end = start + home.volume
        total += home_cost(rule, home_edges(rule, home), start, end, home.is_shared)
        start = end
    return half_up(total, uses[-1][0].unit)


def days_share(amount: Fraction, days: Sequence[int], place: int) -> Fraction:
    """Return the share of one stretch of days: what has run up to its end less what had before, in litres."""

    def run(upto: int) -> Fraction:
        return amount if upto == len(days) else half_up(amount * sum(days[:upto]) / sum(days), LITRE)

    last = max(i for i, d in enumerate(days) if d) + 1
    return run(len(days) if place + 1 >= last else place + 1) - run(len(days) if place >= last else place)


def home_change(parts: Sequence[tuple[TierRule, int]], home: Home) -> Fraction:
    days = [d for _, d in parts]
    total = F(0)
    for place, (rule, _) in enumerate(parts):
        edges = [None if e is None else days_share(e, days, place) for e in home_edges(rule, home)]
        total += home_cost(rule, edges, F(0), days_share(home.volume, days, place), home.is_shared)
    return half_up(total, parts[-1][0].unit)


def class_bill(
    volume: Fraction, parts: Sequence[tuple[Sequence[tuple[Fraction, Fraction]], int]]
) -> Fraction:
    """Return the bill of a volume; each part has prices with their factors, and days."""
    days = [d for _, d in parts]
    total = F(0)
    for place, (prices, _) in enumerate(parts):
        total += days_share(volume, days, place) * sum(p * f for p, f in prices)
    return half_up(total)


def tax(
    parts: Sequence[tuple[Fraction, Fraction, Fraction]], rule: LadderRule | None, share: Fraction
) -> Fraction:
    """Return the tax of the year to date; parts are volume, plan and rate."""
    tops = [sum((p[0] for p in parts[: i + 1]), F(0)) for i in range(len(parts))]
    plan = sum((p[1] for p in parts), F(0))

    def times(x: Fraction) -> Fraction:
        if rule is None or (x <= plan and plan > 0):
            return F(1)
        multiple = rule.bands.values[-1]
        if plan > 0:
            share = ((tops[-1] if rule.is_whole else x) - plan) / plan
            if share <= rule.dead:
                return F(1)
            multiple = rule.bands.at(share)
        return multiple if rule.is_total else multiple + 1

    def rate(x: Fraction) -> Fraction:
        return next(p[2] for p, top in zip(parts, tops, strict=True) if x <= top)

    cuts = [*tops, plan]
    if rule is not None:
        cuts += [plan * (1 + e) for e in (rule.dead, *rule.bands.edges) if e is not None]
    exact = area(cuts, lambda x: times(x) * rate(x), tops[-1]) * share
    return half_up(exact, rule.unit if rule else FEN)


def late_fee(owed: Owed) -> Fraction:
    """Return the fee, day by day."""
    fee = F(0)
    day = owed.due + timedelta(days=owed.grace + 1)
    while day <= owed.until:
        left = owed.principal - sum((amount for on, amount in owed.payments if on < day), F(0))
        fee += max(F(0), left) * owed.rate
        day += timedelta(days=1)
    if owed.cap is not None:
        fee = min(fee, owed.principal * owed.cap)
    return half_up(fee)


def subsidy(
    area_mu: Fraction, norm: Fraction, volume: Fraction, rate: Fraction, cap: Fraction | None
) -> Fraction:
    paid = max(F(0), area_mu * norm - volume) * rate
    return half_up(paid if cap is None else min(paid, cap))
