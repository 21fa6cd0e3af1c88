"""The volume that norms allow in a period (定额水量), as the base of a surcharge over norm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from shuiheng.allowances.figures import RoundTo, decimal_of, rounded, shown
from shuiheng.allowances.method_norm import norm_volume
from shuiheng.allowances.model import Activity, Unknown, Worked
from shuiheng.allowances.norm_unit import DAY, norm_unit_of
from shuiheng.allowances.use_norm import NormLevel
from shuiheng.charges.by_days import LITRE
from shuiheng.charges.steps import Figure
from shuiheng.kernel.derivation import Step, Term

MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedActivity:
    """An activity and the days for which the ledger has it (活动量).

    Args:
        activity: What is made or served, with the norm that holds for it.
        first: First day.
        end: First day after them; None while it stands.
    """

    activity: Activity
    first: date
    end: date | None = None

    @property
    def is_output(self) -> bool:
        """Return whether its amount is what was done over its days, such as tonnes, and not what there is."""
        unit = norm_unit_of(self.activity.norm.unit)
        return not unit.per or (unit.per == DAY and self.activity.unit not in ("", unit.activity))


def norm_base(
    reported: Mapping[str, Sequence[ReportedActivity]], *, first: date, end: date
) -> Figure | Unknown:
    """Return the volume that norms allow for what was made and served in a period (定额水量).

    Of beds, pupils or people that a norm counts by the day, month or year, what stands on the last day
    counts, for the days or months of the period. Of output, what was reported for days of the period counts
    when these are all its days; for a whole year what stands through it is the output of the year.

    Args:
        reported: What the ledger has, by the name of the activity.
        first: First day of the period, that of a month.
        end: First day after it.

    Returns:
        The volume, rounded half up to the litre, with its steps; or the names of what is missing.

    Raises:
        NotThisNormError, UnknownUnitError: A norm does not fit what is counted.
    """
    months = (end.year - first.year) * MONTHS_OF_YEAR + end.month - first.month
    counted: list[Activity] = []
    spread: list[Activity] = []
    for each in reported.values():
        of_period = _of_period(each, first, end)
        if not of_period:
            return Unknown(missing=("activity_of_period",))
        for one in of_period:
            is_by_days = one.is_output or norm_unit_of(one.activity.norm.unit).per == DAY
            days = None if one.is_output else Decimal((end - first).days)
            (counted if is_by_days else spread).append(replace(one.activity, days=days))
    if not counted and not spread:
        return Unknown(missing=("norm",))
    parts = [
        (norm_volume(tuple(group), level=NormLevel.GENERAL), share)
        for group, share in ((counted, MONTHS_OF_YEAR), (spread, months))
        if group
    ]
    missing = [name for part, _ in parts if isinstance(part, Unknown) for name in part.missing]
    if missing:
        return Unknown(missing=tuple(dict.fromkeys(missing)))
    return _figure([(part, share) for part, share in parts if isinstance(part, Worked)])


def _of_period(reported: Sequence[ReportedActivity], first: date, end: date) -> Sequence[ReportedActivity]:
    """Return what counts of one activity in a period; nothing where it is not known for all of it."""
    standing = [each for each in reported if each.first < end and (each.end is None or each.end >= end)]
    if any(not each.is_output for each in reported):
        return standing[-1:]
    within = [each for each in reported if each.first >= first and each.end is not None and each.end <= end]
    if sum((each.end - each.first).days for each in within if each.end is not None) == (end - first).days:
        return within
    is_year = (first.month, first.day) == (1, 1) and end == date(first.year + 1, 1, 1)
    return [each for each in standing if each.first <= first][-1:] if is_year else ()


def _figure(parts: Sequence[tuple[Worked, int]]) -> Figure:
    """Return the volume of a period from what stands for it, and from the share of what stands for a year."""
    steps: list[Step] = []
    terms: list[Term] = []
    whole = Fraction(0)
    for worked, months in parts:
        steps += worked.steps
        exact = worked.exact * months / MONTHS_OF_YEAR
        whole += exact
        last = worked.steps[-1]
        terms.append(Term(name=last.name, value=last.value, unit="m3", label=last.label))
        if months != MONTHS_OF_YEAR:
            share = Step(
                name="norm_of_months",
                terms=(terms.pop(),),
                formula=f"{shown(worked.exact)} × {months} ÷ {MONTHS_OF_YEAR}",
                value=decimal_of(exact),
                unit="m3",
            )
            steps.append(share)
            terms.append(Term(name=share.name, value=share.value, unit="m3"))
    value = rounded(whole, step=LITRE, to=RoundTo.HALF_UP)
    formula = " + ".join(shown(term.value) for term in terms)
    steps.append(Step(name="norm_base", terms=tuple(terms), formula=formula, value=value, unit="m3"))
    return Figure(value=value, steps=tuple(steps))
