"""Norm times activity (定额法): Σ n·q over what a user makes and serves."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from shuiheng.allowances.errors import NotThisNormError
from shuiheng.allowances.figures import decimal_of, shown
from shuiheng.allowances.model import MONTHS, Activity, Unknown, Worked
from shuiheng.allowances.norm_unit import DAY, MONTH, NormUnit, norm_unit_of
from shuiheng.allowances.use_norm import NormLevel, level_value
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Step, Term


def norm_volume(
    activities: tuple[Activity, ...], *, level: NormLevel, citation: Citation | None = None
) -> Worked | Unknown:
    """Return the volume that norms allow for activities (定额水量).

    Args:
        activities: What the user makes or serves.
        level: Which value of the norms holds.
        citation: The rule that asks for the sum.

    Returns:
        The exact volume with a step for each activity, or what is missing: one unknown activity makes
        the whole unknown.

    Raises:
        NotThisNormError: An activity is counted in another unit than its norm.
        UnknownUnitError: A norm has a unit that is not water per unit of activity.
    """
    if not activities:
        return Unknown(missing=("norm",))
    parts = [_product(each, level) for each in activities]
    missing = [name for part in parts if isinstance(part, Unknown) for name in part.missing]
    if missing:
        return Unknown(missing=tuple(dict.fromkeys(missing)))
    worked = [part for part in parts if isinstance(part, Worked)]
    steps = tuple(step for part in worked for step in part.steps)
    exact = sum((part.exact for part in worked), Fraction(0))
    if len(worked) == 1:
        return Worked(exact=exact, steps=steps)
    total = Step(
        name="norm_volume",
        terms=tuple(Term(name=s.name, value=s.value, unit="m3", label=s.label) for s in steps),
        formula=" + ".join(shown(part.exact) for part in worked),
        value=decimal_of(exact),
        unit="m3",
        citation=citation,
    )
    return Worked(exact=exact, steps=(*steps, total))


def _product(activity: Activity, level: NormLevel) -> Worked | Unknown:
    norm = activity.norm
    unit = norm_unit_of(norm.unit)
    value, times = level_value(norm, level), _times(activity, unit)
    missing = []
    if activity.amount is None:
        missing.append("activity")
    if value is None:
        missing.append(f"norm_{level}")
    if times is None:
        missing.append("running_days")
    if activity.amount is None or value is None or times is None:
        return Unknown(missing=tuple(missing))
    label = activity.label or norm.product
    terms = [
        Term(name="activity", value=activity.amount, unit=unit.activity, origin=activity.origin, label=label),
        Term(name=f"norm_{level}", value=value, unit=norm.unit, origin=f"use_norm:{norm.id}", label=label),
    ]
    if times != 1:
        terms.append(Term(name="times_of_year", value=times, unit="times"))
    if activity.factor != 1:
        terms.append(Term(name="norm_factor", value=activity.factor, unit="ratio"))
    exact = Fraction(activity.amount) * Fraction(value) * Fraction(times) * Fraction(activity.factor)
    exact = exact * unit.m3 / unit.size
    divisor = unit.size / unit.m3
    formula = " × ".join(shown(term.value) for term in terms)
    step = Step(
        name="norm_product",
        terms=tuple(terms),
        formula=formula if divisor == 1 else f"{formula} ÷ {shown(divisor)}",
        value=decimal_of(exact),
        unit="m3",
        citation=norm.citation,
        label=label,
    )
    return Worked(exact=exact, steps=(step,))


def _times(activity: Activity, unit: NormUnit) -> Decimal | None:
    """Return how many days or months of its norm an activity has; 1 where they are counted in."""
    counted = activity.unit
    if counted and unit.per == DAY and counted in {f"{unit.activity}·{day}" for day in ("d", "天", "日")}:
        return Decimal(1)
    if counted and counted != unit.activity:
        raise NotThisNormError(counted, unit.activity)
    if unit.per == DAY:
        return activity.days
    return Decimal(MONTHS) if unit.per == MONTH else Decimal(1)
