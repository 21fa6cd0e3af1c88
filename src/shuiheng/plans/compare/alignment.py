"""What became of an upper-level plan's targets in a lower-level plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from shuiheng.plans.compare.metric_names import indicator_id, is_same_metric
from shuiheng.plans.knowledge import PlanKnowledge
from shuiheng.plans.model import Operator, Plan, Target, TargetKind
from shuiheng.plans.plan_json import target_json

Json = dict[str, Any]
SHARES = {"%", "系数", "百分点"}
FLOORS = (Operator.AT_LEAST, Operator.ABOVE)
CEILINGS = (Operator.AT_MOST, Operator.BELOW)
STRICT = (Operator.ABOVE, Operator.BELOW)


class Verdict(StrEnum):
    """What became of a target."""

    CARRIED = "carried"
    WEAKENED = "weakened"
    STRENGTHENED = "strengthened"
    OMITTED = "omitted"
    NOT_COMPARABLE = "not_comparable"


class Reason(StrEnum):
    """Why a verdict is what it is."""

    EQUAL_VALUE = "equal_value"
    BETTER_VALUE = "better_value"
    WORSE_VALUE = "worse_value"
    SOFTER_WORDS = "softer_words"
    EARLIER_DEADLINE = "earlier_deadline"
    LATER_DEADLINE = "later_deadline"
    LATER_BUT_BETTER = "later_but_better"
    NO_DEADLINE = "no_deadline"
    NO_SUCH_METRIC = "no_such_metric"
    OTHER_YEARS_ONLY = "other_years_only"
    PASSED_AT_ISSUE = "passed_at_issue"
    PARTS_ONLY = "parts_only"
    SHARE_OF_A_WHOLE = "share_of_a_whole"
    OTHER_KIND = "other_kind"
    OTHER_UNIT = "other_unit"
    OTHER_BASE_YEAR = "other_base_year"
    NO_VALUE = "no_value"
    NO_DIRECTION = "no_direction"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedTarget:
    """One target of the upper plan, the one of the lower plan held against it, and the verdict."""

    upper: Target
    lower: Target | None
    verdict: Verdict
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAlignment:
    """All targets of the upper plan with their verdicts (上下衔接).

    Args:
        upper, lower: Titles of the two plans.
        rows: One for each target of the upper plan, in its order.
        own: Main targets of the lower plan that the upper one does not have.
    """

    upper: str
    lower: str
    rows: tuple[AlignedTarget, ...]
    own: tuple[Target, ...] = ()


def align_plans(upper: Plan, lower: Plan, knowledge: PlanKnowledge) -> PlanAlignment:
    """Return which targets of the upper plan the lower one carries, weakens, strengthens or omits.

    Metrics are recognised by indicator or words. Values are compared where they can be:
    same kind, unit and base year, for the whole place, at the same deadline. Amounts such
    as caps are shares of a whole and are never compared by value. A rate of the upper plan
    is an average that a place may have lawful reason to miss: a verdict is no judgement.
    """
    rows = tuple(
        _aligned(target, lower, knowledge)
        for target in upper.targets
        if target.kind is not TargetKind.MILESTONE
    )
    own = tuple(
        target
        for target in lower.targets
        if target.task is None
        and target.value is not None
        and not any(is_same_metric(target, other, knowledge) for other in upper.targets)
    )
    return PlanAlignment(upper=upper.header.title, lower=lower.header.title, rows=rows, own=own)


def alignment_json(alignment: PlanAlignment) -> Json:
    """Return an alignment as plain JSON values."""
    return {
        "format": "shuiheng.alignment/1",
        "upper": alignment.upper,
        "lower": alignment.lower,
        "rows": [
            {
                "upper": target_json(row.upper),
                "lower": target_json(row.lower) if row.lower else None,
                "verdict": row.verdict.value,
                "reason": row.reason.value,
            }
            for row in alignment.rows
        ],
        "own": [target_json(target) for target in alignment.own],
    }


def _aligned(upper: Target, lower: Plan, knowledge: PlanKnowledge) -> AlignedTarget:
    same = [t for t in lower.targets if is_same_metric(upper, t, knowledge) and t.part_of is None]
    whole = [target for target in same if target.scope == upper.scope]
    if not same:
        return _row(upper, None, Verdict.OMITTED, Reason.NO_SUCH_METRIC)
    if not whole:
        return _row(upper, same[0], Verdict.NOT_COMPARABLE, Reason.PARTS_ONLY)
    alike = [target for target in whole if _obstacle(upper, target) is None]
    if not alike:
        near = _nearest(upper, whole)
        return _row(upper, near, Verdict.NOT_COMPARABLE, _obstacle(upper, near) or Reason.NO_VALUE)
    return _compared(upper, alike, lower.header.issued, knowledge)


def _obstacle(upper: Target, lower: Target) -> Reason | None:
    """Return why two targets of one metric cannot be compared by value, or None."""
    if upper.value is None or lower.value is None:
        return Reason.NO_VALUE
    if upper.kind is not lower.kind:
        return Reason.OTHER_KIND
    if upper.unit != lower.unit:
        return Reason.OTHER_UNIT
    if upper.baseline_year != lower.baseline_year:
        return Reason.OTHER_BASE_YEAR
    return None if upper.unit in SHARES else Reason.SHARE_OF_A_WHOLE


def _compared(
    upper: Target, alike: list[Target], issued: date | None, knowledge: PlanKnowledge
) -> AlignedTarget:
    is_higher_better = _direction(upper, alike[0], knowledge)
    near = _nearest(upper, alike)
    if is_higher_better is None:
        return _row(upper, near, Verdict.NOT_COMPARABLE, Reason.NO_DIRECTION)
    if near.deadline == upper.deadline:
        return _at_same_deadline(upper, near, _step(upper, near, is_higher_better))
    if near.deadline is None or upper.deadline is None:
        return _row(upper, near, Verdict.NOT_COMPARABLE, Reason.NO_DEADLINE)
    if issued is not None and upper.deadline < issued:
        return _row(upper, near, Verdict.NOT_COMPARABLE, Reason.PASSED_AT_ISSUE)
    reached = [target for target in alike if _step(upper, target, is_higher_better) >= 0]
    return _at_other_deadline(upper, near, reached, is_later=near.deadline > upper.deadline)


def _at_other_deadline(
    upper: Target, near: Target, reached: list[Target], *, is_later: bool
) -> AlignedTarget:
    """Judge by the targets that reach the upper value: before its deadline is more, later is less."""
    if is_later and near in reached and near.value != upper.value:
        return _row(upper, near, Verdict.NOT_COMPARABLE, Reason.LATER_BUT_BETTER)
    if is_later:
        return _row(upper, near, Verdict.WEAKENED, Reason.LATER_DEADLINE)
    if reached:
        return _row(upper, reached[0], Verdict.STRENGTHENED, Reason.EARLIER_DEADLINE)
    return _row(upper, near, Verdict.OMITTED, Reason.OTHER_YEARS_ONLY)


def _at_same_deadline(upper: Target, lower: Target, step: int) -> AlignedTarget:
    if step > 0:
        return _row(upper, lower, Verdict.STRENGTHENED, Reason.BETTER_VALUE)
    if step < 0:
        return _row(upper, lower, Verdict.WEAKENED, Reason.WORSE_VALUE)
    if lower.is_hedged and not upper.is_hedged:
        return _row(upper, lower, Verdict.WEAKENED, Reason.SOFTER_WORDS)
    return _row(upper, lower, Verdict.CARRIED, Reason.EQUAL_VALUE)


def _direction(upper: Target, lower: Target, knowledge: PlanKnowledge) -> bool | None:
    """Return whether a higher value is better, or None when nothing says so."""
    if upper.kind in (TargetKind.REDUCTION, TargetKind.INCREMENT):
        return True
    for target in (upper, lower):
        if target.op in FLOORS:
            return True
        if target.op in CEILINGS:
            return False
    wanted = indicator_id(upper, knowledge)
    term = next((term for term in knowledge.indicators if term.id == wanted), None)
    return None if term is None or term.better is None else term.better == "higher"


def _step(upper: Target, lower: Target, is_higher_better: bool) -> int:
    """Return 1 when the lower plan asks for more than the upper one, -1 for less, 0 for the same."""
    if upper.value is None or lower.value is None:
        return 0
    if upper.value != lower.value:
        return 1 if (lower.value > upper.value) == is_higher_better else -1
    return int(lower.op in STRICT) - int(upper.op in STRICT)


def _nearest(upper: Target, targets: Iterable[Target]) -> Target:
    """Return the target of the same deadline, else the next later one, else the last earlier one."""

    def distance(target: Target) -> tuple[int, int]:
        if target.deadline is None or upper.deadline is None:
            return (3, 0) if target.deadline != upper.deadline else (0, 0)
        days = (target.deadline - upper.deadline).days
        return (0, 0) if days == 0 else (1, days) if days > 0 else (2, -days)

    return min(targets, key=distance)


def _row(upper: Target, lower: Target | None, verdict: Verdict, reason: Reason) -> AlignedTarget:
    return AlignedTarget(upper=upper, lower=lower, verdict=verdict, reason=reason)
