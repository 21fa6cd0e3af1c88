"""How a user's water stands to the norms of what it makes and serves (定额评价)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from shuiheng.allowances.figures import decimal_of, shown
from shuiheng.allowances.method_norm import norm_volume
from shuiheng.allowances.model import Activity, Unknown, Worked
from shuiheng.allowances.use_norm import NormLevel
from shuiheng.kernel.finding import Finding, Severity


class NormGrade(StrEnum):
    """How use stands to the norms; a figure that is just reached belongs to the better grade."""

    LEADER = "leader"
    ADVANCED = "advanced"
    QUALIFIED = "qualified"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class NormEvaluation:
    """Use beside what the norms allow (定额评价).

    Args:
        grade: How it stands.
        use_m3: The use, or None when not known.
        allowed_m3: What the general values allow, or None when not known.
        ratio: Use ÷ what they allow, V ÷ Σ n·q, or None.
        unit_use: Use per unit in the unit of the norm, for users with one activity, or None.
        missing: What is missing for a grade.
    """

    grade: NormGrade
    use_m3: Decimal | None
    allowed_m3: Decimal | None
    ratio: Decimal | None
    unit_use: Decimal | None = None
    missing: tuple[str, ...] = ()


_BEST_FIRST = (
    (NormLevel.LEADER, NormGrade.LEADER),
    (NormLevel.ADVANCED, NormGrade.ADVANCED),
    (NormLevel.GENERAL, NormGrade.QUALIFIED),
)


def evaluate_use(use_m3: Decimal | None, activities: tuple[Activity, ...]) -> NormEvaluation:
    """Return how use stands to the norms of a user's activities (定额评价).

    A level counts where all activities have a value of it.

    Args:
        use_m3: What was used for these activities in the year, m³, or None when not known.
        activities: What was made and served in the same year.
    """
    allowed = {level: norm_volume(activities, level=level) for level, _ in _BEST_FIRST}
    general = allowed[NormLevel.GENERAL]
    missing = general.missing if isinstance(general, Unknown) else ()
    if use_m3 is None:
        missing = (*missing, "year_use")
    if use_m3 is None or isinstance(general, Unknown):
        return NormEvaluation(
            grade=NormGrade.UNKNOWN,
            use_m3=use_m3,
            allowed_m3=None if isinstance(general, Unknown) else decimal_of(general.exact),
            ratio=None,
            missing=missing,
        )
    reached = [grade for level, grade in _BEST_FIRST if _is_within(use_m3, allowed[level])]
    ratio = Fraction(use_m3) / general.exact if general.exact else None
    return NormEvaluation(
        grade=reached[0] if reached else NormGrade.OVER,
        use_m3=use_m3,
        allowed_m3=decimal_of(general.exact),
        ratio=None if ratio is None else decimal_of(ratio),
        unit_use=None if ratio is None else _unit_use(ratio, activities),
    )


def over_norm_finding(user: str, evaluation: NormEvaluation) -> Finding | None:
    """Return what to say of a user that takes more than its norms allow, or None."""
    if evaluation.grade is not NormGrade.OVER or evaluation.allowed_m3 is None:
        return None
    return Finding(
        code="allowances.over_norm",
        severity=Severity.WARN,
        subject=user,
        evidence=f"{shown(evaluation.use_m3 or Decimal(0))} > {shown(evaluation.allowed_m3)}",
        values=(
            ("user", user),
            ("use_m3", shown(evaluation.use_m3 or Decimal(0))),
            ("allowed_m3", shown(evaluation.allowed_m3)),
        ),
    )


def _is_within(use_m3: Decimal, allowed: Worked | Unknown) -> bool:
    return isinstance(allowed, Worked) and Fraction(use_m3) <= allowed.exact


def _unit_use(ratio: Fraction, activities: tuple[Activity, ...]) -> Decimal | None:
    """Return the use per unit of the only activity, to be held against its norm times its factor."""
    if len(activities) != 1:
        return None
    return decimal_of(ratio * Fraction(activities[0].norm.general) * Fraction(activities[0].factor))
