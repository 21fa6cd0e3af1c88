"""Whether a result still holds by what readings tell (动态管理): no award is only a plate on a wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shuiheng.programmes.case import CaseState, Phase
from shuiheng.programmes.criteria import CriterionRule
from shuiheng.programmes.scoring import CriterionScore, Score
from shuiheng.rules.conditions import Truth


class Holding(StrEnum):
    """How a result holds on a day, the worst that is true."""

    NOT_REACHED = "not_reached"
    REVOKED = "revoked"
    EXPIRED = "expired"
    AT_RISK = "at_risk"
    RECHECK_DUE = "recheck_due"
    VALID = "valid"


@dataclass(frozen=True, slots=True, kw_only=True)
class LivingStatus:
    """How a result holds, and why (动态管理).

    Args:
        holding: How it holds.
        broken: Watched criteria that the readings break, and vetoes that are broken by whatever is known.
        is_below_mark: Whether even the highest possible score is below the mark of its level.
        unknown: What is missing to judge the watched criteria.
        valid_until: Last day of the result, or None.
        recheck_due_on: Day by which it has to be looked at again, or None.
    """

    holding: Holding
    broken: tuple[CriterionScore, ...] = ()
    is_below_mark: bool = False
    unknown: tuple[str, ...] = ()
    valid_until: date | None = None
    recheck_due_on: date | None = None


def living_status(
    state: CaseState, *, on: date, score: Score | None = None, recheck_due_on: date | None = None
) -> LivingStatus:
    """Return how the result of a case holds on a day (动态管理).

    What is unknown never puts a result at risk; it is named.

    Args:
        state: The case after its events up to the day.
        on: The day.
        score: The score by what is known on the day, or None for a kind without criteria.
        recheck_due_on: Day by which it has to be looked at again, or None.
    """
    if state.phase is Phase.REVOKED:
        return LivingStatus(holding=Holding.REVOKED)
    if state.phase is not Phase.REACHED:
        return LivingStatus(holding=Holding.NOT_REACHED)
    lines = score.lines if score is not None else ()
    watched = tuple(line for line in lines if line.criterion.is_watched)
    broken = tuple(line for line in lines if _is_broken(line))
    is_below = score is not None and score.highest < score.criteria.pass_marks[state.level]
    return LivingStatus(
        holding=_holding(state, on, is_at_risk=bool(broken) or is_below, recheck_due_on=recheck_due_on),
        broken=broken,
        is_below_mark=is_below,
        unknown=tuple(dict.fromkeys(name for line in watched for name in line.points.missing)),
        valid_until=state.valid_until,
        recheck_due_on=recheck_due_on,
    )


def _is_broken(line: CriterionScore) -> bool:
    """Return whether a veto is broken, or a watched criterion surely gives nothing to whom it concerns."""
    criterion = line.criterion
    if criterion.rule is CriterionRule.VETO:
        return line.truth is Truth.BREAKS
    is_asked = criterion.is_watched and not criterion.is_bonus and line.is_concerned is True
    return is_asked and line.points.most == 0


def _holding(state: CaseState, on: date, *, is_at_risk: bool, recheck_due_on: date | None) -> Holding:
    if state.valid_until is not None and state.valid_until < on:
        return Holding.EXPIRED
    if is_at_risk:
        return Holding.AT_RISK
    return Holding.RECHECK_DUE if recheck_due_on is not None and recheck_due_on < on else Holding.VALID
