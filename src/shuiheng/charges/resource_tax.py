"""The tax on abstraction, cumulative within the year, with multiples over the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuiheng.charges.cutting import cuts
from shuiheng.charges.errors import UnknownFigureError
from shuiheng.charges.ladder import Rung, rungs_of
from shuiheng.charges.model import Ladder, Mode, PriceList
from shuiheng.charges.readers import number_of
from shuiheng.charges.steps import (
    FEN,
    Figure,
    due_step,
    exactly,
    given_term,
    listed_step,
    plain,
    product_step,
    rounded_step,
    sum_step,
    term_of,
)
from shuiheng.charges.tariff import listed_price
from shuiheng.kernel.derivation import Derived, Step, Term
from shuiheng.rules.parameter import DatedValue

ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstraction:
    """What was taken from one source in a part of the year, with the rate of that time (取水).

    Args:
        volume: Volume, m³ (or kWh for hydropower); None when it is not known.
        plan: The plan of this part; None when there is none.
        rate: Yuan per unit, with its steps.
        label: Which part it is, such as `2026-03`.
        unit: Unit of the volume.
    """

    volume: Figure | None
    plan: Figure | None = None
    rate: Derived
    label: str = ""
    unit: str = "m3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tax:
    """The tax of a year to date (水资源税).

    Args:
        excess: By how much abstraction exceeds the plan.
        to_date: Tax of the whole year so far, yuan.
        due: What is due now, with its steps: the tax to date less what was charged before.
    """

    excess: Decimal
    to_date: Decimal
    due: Derived


def tax_rate(rates: PriceList, use_class: str, *, unit: str = "yuan_m3") -> Derived:
    """Return the rate of a class of abstraction (适用税额) with its step.

    Args:
        rates: The rates.
        use_class: Class in them, such as `surface_other`.
        unit: `yuan_m3`, or `yuan_kwh` for hydropower.

    Raises:
        NoPriceError: There is no rate for the class.
    """
    value = listed_price(rates, use_class)
    step = listed_step("tax_rate", value, unit=unit, citation=rates.citation, label=use_class)
    return Derived(value=value, unit=unit, steps=(step,))


@exactly
def share_after_loss(value: DatedValue) -> Derived:
    """Return the share of a supplier's abstraction that is taxed, without the reasonable loss (合理漏损率).

    Raises:
        BadRuleError: The loss is no share.
    """
    loss = number_of(value, most=ONE)
    step = Step(
        name="taxed_share",
        terms=(Term(name="reasonable_loss", value=loss, unit="ratio"),),
        formula=f"1 − {plain(loss)}",
        value=1 - loss,
        unit="ratio",
        citation=value.citation,
    )
    return Derived(value=step.value, unit="ratio", steps=(step,))


def consumed_share(value: DatedValue) -> Derived:
    """Return the share of abstraction that counts as consumed, as with once-through cooling.

    Raises:
        BadRuleError: It is no share.
    """
    share = number_of(value, most=ONE)
    step = listed_step("taxed_share", share, unit="ratio", citation=value.citation)
    return Derived(value=share, unit="ratio", steps=(step,))


@exactly
def resource_tax(
    parts: Sequence[Abstraction],
    *,
    ladder: Ladder | None = None,
    taxed: Derived | None = None,
    charged_before: Figure | None = None,
) -> Tax:
    """Return the tax of the year to date less what was charged before (水资源税).

    All abstraction of the year fills first the plan to date, then the bands above it, in order of time and
    each part at the rate of its time. In a dead band the rate itself is due; where the rule charges the whole
    excess at the multiple that it reaches, all of it has that one. Only the taxed share of each part counts.

    Args:
        parts: The parts of the year so far, of one source.
        ladder: Multiples over the plan; None where the taxpayer stands under no plan.
        taxed: The share that is taxed, by `share_after_loss` or `consumed_share`; None for all.
        charged_before: What was charged for earlier parts of the year, yuan.

    Raises:
        UnknownFigureError: A volume is not known, or a plan where there are multiples.
        BadFigureError: A volume or plan is below 0.
    """
    volumes = [given_term("volume", part.volume, unit=part.unit, label=part.label) for part in parts]
    steps = [step for part in parts for step in (part.volume.steps if part.volume else ())]
    if not parts:
        raise UnknownFigureError("volume")
    taken = sum_step("abstraction_to_date", volumes, unit=parts[0].unit)
    steps.append(taken)
    plan, plan_steps = _plan(ladder, parts)
    excess = ZERO if plan is None else max(ZERO, taken.value - plan)
    steps += [*plan_steps, *(_excess(ladder, taken, plan) if ladder and plan is not None else ())]
    steps += dict.fromkeys(step for part in parts for step in part.rate.steps)
    steps += taxed.steps if taxed else ()
    amounts = _amounts(parts, ladder, plan, taxed)
    total = sum_step("tax_sum", [term_of(step) for step in amounts], unit="yuan")
    tax = rounded_step("tax", total, ladder.rounding if ladder else FEN)
    steps += [*amounts, total, tax]
    if charged_before is not None:
        steps += [*charged_before.steps, due_step("tax_due", tax, charged_before)]
    due = Derived(value=steps[-1].value, unit="yuan", steps=tuple(steps))
    return Tax(excess=excess, to_date=tax.value, due=due)


def _plan(ladder: Ladder | None, parts: Sequence[Abstraction]) -> tuple[Decimal | None, list[Step]]:
    """Return the plan to date with the steps to it; None where no multiples are asked for."""
    if ladder is None:
        return None, []
    plans = [given_term("plan", part.plan, unit=part.unit, label=part.label) for part in parts]
    steps = [step for part in parts for step in (part.plan.steps if part.plan else ())]
    whole = sum_step("plan_to_date", plans, unit=parts[0].unit)
    return whole.value, [*steps, whole]


def _excess(ladder: Ladder, taken: Step, plan: Decimal) -> list[Step]:
    return [
        Step(
            name="excess",
            terms=(term_of(taken), Term(name="plan_to_date", value=plan, unit=taken.unit)),
            formula=f"max(0, {plain(taken.value)} − {plain(plan)})",
            value=max(ZERO, taken.value - plan),
            unit=taken.unit,
            citation=ladder.citation,
        )
    ]


def _amounts(
    parts: Sequence[Abstraction], ladder: Ladder | None, plan: Decimal | None, taxed: Derived | None
) -> list[Step]:
    """Return what each part costs in each band; the first band is the plan itself."""
    volumes = [part.volume.value if part.volume else ZERO for part in parts]
    bands: list[Rung | None] = [None]
    edges: list[Decimal] = []
    if ladder is not None and plan is not None:
        rungs = rungs_of(ladder, excess=sum(volumes, ZERO) - plan, plan=plan)
        bands += rungs
        edges = [plan, *(plan * (1 + each.up_to) for each in rungs[:-1] if each.up_to is not None)]
    return [
        _amount(parts[cut.layer], cut.volume, bands[cut.band], (ladder, taxed))
        for cut in cuts(volumes, edges)
    ]


def _amount(
    part: Abstraction, volume: Decimal, rung: Rung | None, rules: tuple[Ladder | None, Derived | None]
) -> Step:
    """Return what a part costs in a band of the excess, or within the plan."""
    ladder, taxed = rules
    terms = [Term(name="band_volume", value=volume, unit=part.unit, label=part.label)]
    if taxed is not None:
        terms.append(Term(name="taxed_share", value=taxed.value, unit="ratio"))
    name = "tax_within_plan" if rung is None else "tax_in_dead_band"
    if ladder is not None and rung is not None and rung.multiple is not None:
        name = "tax_over_plan"
        times = rung.multiple + (ONE if ladder.mode is Mode.ADDITIONAL else ZERO)
        terms.append(Term(name="times_in_all", value=times, unit="times", label=rung.label))
    terms.append(Term(name="tax_rate", value=part.rate.value, unit=part.rate.unit, label=part.label))
    return product_step(
        name,
        terms,
        unit="yuan",
        citation=ladder.citation if ladder is not None and rung is not None else None,
        label=f"{part.label} {rung.label if rung else ''}".strip(),
    )
