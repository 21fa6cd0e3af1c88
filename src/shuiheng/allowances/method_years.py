"""Mean of several years with growth (多年平均法), and what stands in when fewer years are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from shuiheng.allowances.figures import decimal_of, shown
from shuiheng.allowances.model import Unknown, Worked, YearUse
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Step, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class YearsRule:
    """How the mean of several years becomes an allowance.

    Args:
        years: How many past years are taken where they are known.
        least_years: With fewer than these the design figure stands in.
        coefficient: Share of the mean that counts as reasonable use.
        has_growth: Whether the mean growth from year to year is added.
        least_growth: The growth is taken as no less than this, or None.
        most_growth: The growth is taken as no more than this, or None.
    """

    years: int
    least_years: int = 1
    coefficient: Decimal = Decimal(1)
    has_growth: bool = True
    least_growth: Decimal | None = None
    most_growth: Decimal | None = None


def several_year_mean(
    uses: Sequence[YearUse], *, rule: YearsRule, citation: Citation | None = None
) -> Worked | Unknown:
    """Return coefficient × (1 + growth) × mean of the newest years that are known without a gap (多年平均法).

    The growth is the mean of the growth of each year over the one before. A year without use before has
    no growth, and leaves the mean to the others. One year alone has none.
    """
    run = known_run(uses)[-rule.years :]
    if len(run) < max(rule.least_years, 1):
        return Unknown(missing=("year_use",))
    mean = _mean_step(run, citation)
    growths = _growth_steps(run, citation) if rule.has_growth else []
    steps = [mean.steps[0], *(each.steps[0] for each in growths)]
    growth = Fraction(0)
    if growths:
        held = _mean_growth(growths, rule, citation)
        growth = held.exact
        steps += held.steps
    exact = Fraction(rule.coefficient) * (1 + growth) * mean.exact
    terms = [
        Term(name="reasonable_use", value=rule.coefficient, unit="ratio"),
        Term(name="mean_growth", value=decimal_of(growth), unit="ratio"),
        Term(name="mean_use", value=decimal_of(mean.exact), unit="m3"),
    ]
    steps.append(
        Step(
            name="mean_allowance",
            terms=tuple(terms),
            formula=f"{shown(rule.coefficient)} × (1 + {_signed(growth)}) × {shown(mean.exact)}",
            value=decimal_of(exact),
            unit="m3",
            citation=citation,
        )
    )
    return Worked(exact=exact, steps=tuple(steps))


def known_run(uses: Sequence[YearUse]) -> tuple[YearUse, ...]:
    """Return the years known without a gap up to the newest one, the oldest first."""
    ordered = sorted(uses, key=lambda each: each.year, reverse=True)
    run: list[YearUse] = []
    for each in ordered:
        if each.m3 is None or (run and each.year != run[-1].year - 1):
            break
        run.append(each)
    return tuple(reversed(run))


def _exact(use: YearUse) -> Fraction:
    return Fraction(use.m3 or 0)


def _use_term(use: YearUse) -> Term:
    return Term(
        name="year_use", value=use.m3 or Decimal(0), unit="m3", origin=use.origin, label=str(use.year)
    )


def _mean_step(run: Sequence[YearUse], citation: Citation | None) -> Worked:
    exact = sum(map(_exact, run), Fraction(0)) / len(run)
    step = Step(
        name="mean_use",
        terms=tuple(map(_use_term, run)),
        formula=f"({' + '.join(shown(_exact(each)) for each in run)}) ÷ {len(run)}",
        value=decimal_of(exact),
        unit="m3",
        citation=citation,
    )
    return Worked(exact=exact, steps=(step,))


def _growth_steps(run: Sequence[YearUse], citation: Citation | None) -> list[Worked]:
    found = []
    for before, after in pairwise(run):
        if not before.m3:
            continue
        exact = _exact(after) / _exact(before) - 1
        step = Step(
            name="growth",
            terms=(_use_term(after), _use_term(before)),
            formula=f"{shown(_exact(after))} ÷ {shown(_exact(before))} − 1",
            value=decimal_of(exact),
            unit="ratio",
            citation=citation,
            label=str(after.year),
        )
        found.append(Worked(exact=exact, steps=(step,)))
    return found


def _mean_growth(growths: Sequence[Worked], rule: YearsRule, citation: Citation | None) -> Worked:
    exact = sum((each.exact for each in growths), Fraction(0)) / len(growths)
    formula = f"({' + '.join(_signed(each.exact) for each in growths)}) ÷ {len(growths)}"
    terms = [
        Term(name="growth", value=each.steps[0].value, unit="ratio", label=each.steps[0].label)
        for each in growths
    ]
    for name, bound in (("least_growth", rule.least_growth), ("most_growth", rule.most_growth)):
        if bound is not None and (exact < bound if name == "least_growth" else exact > bound):
            formula = f"{formula} → {shown(bound)}"
            terms.append(Term(name=name, value=bound, unit="ratio"))
            exact = Fraction(bound)
    step = Step(
        name="mean_growth",
        terms=tuple(terms),
        formula=formula,
        value=decimal_of(exact),
        unit="ratio",
        citation=citation,
    )
    return Worked(exact=exact, steps=(step,))


def _signed(value: Fraction) -> str:
    return f"({shown(value)})" if value < 0 else shown(value)
