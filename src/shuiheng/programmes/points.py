"""The points that one criterion gives (得分), by what is known."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from shuiheng.kernel.derivation import Term
from shuiheng.programmes.criteria import Criterion, CriterionRule, Slope
from shuiheng.programmes.errors import BadPointsError
from shuiheng.rules.conditions import Condition, Ground, Group, Operand, Truth, judge

GIVEN = "points:"
NOTHING, ALL = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointBounds:
    """Between what points lie, and by what.

    Args:
        least: The points that are sure.
        most: What they cannot exceed.
        missing: Names of facts and rules that would tell.
        terms: The figures that decide.
        formula: The arithmetic with the figures in place.
    """

    least: Decimal
    most: Decimal
    missing: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    formula: str = ""


def points_of(criterion: Criterion, ground: Ground) -> PointBounds:
    """Return the points of a criterion that concerns a subject (得分).

    Points that a person gives stand among the facts under `points:` and the id of the criterion.

    Raises:
        BadPointsError: Somebody gave less than nothing or more than the criterion has.
    """
    if criterion.rule is CriterionRule.THRESHOLD:
        return _threshold(criterion, ground)
    name = f"{GIVEN}{criterion.id}" if criterion.rule is CriterionRule.MANUAL else criterion.fact
    known = ground.facts.get(name)
    if known is None or not isinstance(known.value, Decimal):
        return PointBounds(least=NOTHING, most=criterion.points, missing=(name,))
    value = known.value
    if criterion.rule is CriterionRule.MANUAL:
        if not NOTHING <= value <= criterion.points:
            raise BadPointsError(criterion.id, value, criterion.points)
        return _known(value, Term(name="points_by_person", value=value, unit="points", origin=known.origin))
    term = Term(name="criterion_fact", value=value, unit="", origin=known.origin, label=name)
    if criterion.slope is not None:
        share, formula = _share(value, criterion.slope)
        return _known(criterion.points * share, term, f"{criterion.points} × {formula}")
    return _banded(criterion, ground, term)


def _known(points: Decimal, term: Term, formula: str = "") -> PointBounds:
    return PointBounds(least=points, most=points, terms=(term,), formula=formula or str(points))


def _threshold(criterion: Criterion, ground: Ground) -> PointBounds:
    judged = judge(criterion.passes, ground)
    if judged.truth is Truth.UNKNOWN:
        return PointBounds(least=NOTHING, most=criterion.points, missing=judged.missing)
    share = NOTHING if judged.truth is Truth.BREAKS else ALL
    terms = tuple(
        Term(
            name="criterion_fact",
            value=each.known.value,
            unit="",
            origin=each.known.origin,
            label=each.condition.fact,
        )
        for each in judged.checks
        if each.known is not None and isinstance(each.known.value, Decimal)
    )
    points = criterion.points * share
    return PointBounds(least=points, most=points, terms=terms, formula=f"{criterion.points} × {share}")


def _share(value: Decimal, slope: Slope) -> tuple[Decimal, str]:
    """Return which share of the points a value gives; with `per`, only whole steps take points off."""
    way = slope.full_at - slope.zero_at
    lost = (slope.full_at - value) / way
    if lost <= 0:
        return ALL, "1"
    if lost >= ALL:
        return NOTHING, "0"
    if slope.per is not None:
        steps = (abs(slope.full_at - value) / slope.per).to_integral_value(rounding=ROUND_FLOOR)
        share = max(NOTHING, ALL - steps * slope.per / abs(way))
        return share, f"(1 − {steps} × {slope.per} ÷ {abs(way)})" if share else "0"
    share = (value - slope.zero_at) / way
    return share, f"({value} − {slope.zero_at}) ÷ ({slope.full_at} − {slope.zero_at})"


def _banded(criterion: Criterion, ground: Ground, term: Term) -> PointBounds:
    for band in criterion.bands:
        limit = Condition(fact=criterion.fact, operator=band.operator, operands=(Operand(number=band.limit),))
        if judge(Group(parts=(limit,)), ground).truth is Truth.HOLDS:
            return _known(band.points, term)
    return _known(NOTHING, term)
