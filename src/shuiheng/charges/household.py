"""What a household pays: tiers by month, by two months or by year, for any number of persons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuiheng.charges.by_days import day_steps, parts_by_days
from shuiheng.charges.cutting import cuts
from shuiheng.charges.errors import BadFigureError, UnknownFigureError
from shuiheng.charges.model import Bill, HouseholdTariff, Tier
from shuiheng.charges.steps import (
    Figure,
    exactly,
    given_term,
    plain,
    rounded_step,
    sum_step,
    term_of,
    whole_fen,
)
from shuiheng.kernel.derivation import Derived, Step, Term

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdUse:
    """What one household meter registered (居民用水).

    Args:
        volume: Volume, m³; None when it is not known.
        persons: Persons who are registered; None for as many as the edges are made for.
        is_shared: Whether several households share the meter.
        periods: How many periods of the tariff it covers, such as 2 months of monthly tiers.
        label: Which period it is.
    """

    volume: Figure | None
    persons: int | None = None
    is_shared: bool = False
    periods: int = 1
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffDays:
    """A tariff and the days of a period on which it held."""

    tariff: HouseholdTariff
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    """A volume under one tariff, and how much of the period was used before it."""

    below: Decimal
    volume: Term
    tariff: HouseholdTariff
    tiers: tuple[Tier, ...]
    label: str


@exactly
def household_bill(tariff: HouseholdTariff, use: HouseholdUse) -> Bill:
    """Return what a household pays for a period (居民阶梯水价).

    Each part of the volume is paid at the price of the tier in which it lies; an edge belongs to the tier
    below it. More persons shift all edges; a shared meter pays one price.

    Raises:
        UnknownFigureError: The volume is not known.
        BadFigureError: The volume or the number of persons is below 0, or there is no whole period.
    """
    volume = given_term("volume", use.volume, label=use.label)
    tiers, steps = _tiers(tariff, use)
    layer = _Layer(below=ZERO, volume=volume, tariff=tariff, tiers=tiers, label="")
    return _bill([layer], (*_given(use), *steps), volume.value)


@exactly
def household_bill_over_change(parts: Sequence[TariffDays], use: HouseholdUse) -> Bill:
    """Return what a household pays for a period inside which the price changed (价格调整).

    The volume is split by days, and so are the edges; each part is billed under its own tariff.

    Args:
        parts: The tariffs of the period in order of time, with their days.
        use: What was registered in the whole period.

    Raises:
        UnknownFigureError: The volume is not known.
        BadFigureError: The volume, the persons or the days are below 0.
    """
    days = [part.days for part in parts]
    labels = [part.tariff.citation.since.isoformat() for part in parts]
    split = day_steps(given_term("volume", use.volume, label=use.label), days, labels)
    steps: list[Step] = [*_given(use), *split]
    layers = []
    for place, part in enumerate(parts):
        tiers, shifted = _tiers(part.tariff, use)
        edges = [None if tier.up_to is None else parts_by_days(tier.up_to, days)[place] for tier in tiers]
        steps += shifted
        layers.append(
            _Layer(
                below=ZERO,
                volume=term_of(split[place]),
                tariff=part.tariff,
                tiers=tuple(
                    Tier(up_to=edge, prices=tier.prices) for edge, tier in zip(edges, tiers, strict=True)
                ),
                label=labels[place],
            )
        )
    return _bill(layers, steps, sum((layer.volume.value for layer in layers), ZERO))


@exactly
def household_bill_to_date(
    uses: Sequence[tuple[HouseholdTariff, HouseholdUse]], billed_before: Mapping[str, Decimal]
) -> Bill:
    """Return what is due now under tiers of the year (年阶梯): the year to date less what was billed.

    All use of the year fills the tiers in order of time, each part at the tariff of its time.

    Args:
        uses: All parts of the year so far with their tariffs, in order of time.
        billed_before: What was billed for the parts before the last one, by component; empty for none.

    Raises:
        UnknownFigureError: A volume is not known.
        BadFigureError: A volume or a number of persons is below 0.
    """
    if not uses:
        raise UnknownFigureError("volume")
    layers: list[_Layer] = []
    steps: list[Step] = []
    below = ZERO
    for tariff, use in uses:
        volume = given_term("volume", use.volume, label=use.label)
        tiers, shifted = _tiers(tariff, use)
        steps += (*_given(use), *(step for step in shifted if step not in steps))
        layers.append(_Layer(below=below, volume=volume, tariff=tariff, tiers=tiers, label=use.label))
        below += volume.value
    to_date = _bill(layers, steps, layers[-1].volume.value)
    before = Term(name="billed_before", value=sum(billed_before.values(), ZERO), unit="yuan")
    due = Step(
        name="bill_due",
        terms=(term_of(to_date.total.steps[-1]), before),
        formula=f"{to_date.total.value:f} − {before.value:f}",
        value=to_date.total.value - before.value,
        unit="yuan",
    )
    return Bill(
        volume_m3=to_date.volume_m3,
        components={
            name: amount - billed_before.get(name, ZERO) for name, amount in to_date.components.items()
        },
        total=Derived(value=due.value, unit="yuan", steps=(*to_date.total.steps, due)),
    )


def _given(use: HouseholdUse) -> tuple[Step, ...]:
    return use.volume.steps if use.volume else ()


def _tiers(tariff: HouseholdTariff, use: HouseholdUse) -> tuple[tuple[Tier, ...], tuple[Step, ...]]:
    """Return the tiers that hold for a household, and the steps that moved their edges."""
    if use.is_shared and tariff.shared is not None:
        return (Tier(up_to=None, prices=tariff.shared),), ()
    if use.periods < 1:
        raise BadFigureError("periods", Decimal(use.periods), "a reading covers one period or more")
    if use.persons is not None and use.persons < 0:
        raise BadFigureError("persons", Decimal(use.persons), "it cannot be below 0")
    more = 0
    if tariff.persons is not None and use.persons is not None:
        more = max(0, use.persons - tariff.persons.included)
    if not more and use.periods == 1:
        return tariff.tiers, ()
    tiers, steps = [], []
    for place, tier in enumerate(tariff.tiers, 1):
        if tier.up_to is None:
            tiers.append(tier)
            continue
        step = _moved_edge(tariff, tier.up_to, more=more, periods=use.periods, label=str(place))
        tiers.append(Tier(up_to=step.value, prices=tier.prices))
        steps.append(step)
    return tuple(tiers), tuple(steps)


def _moved_edge(tariff: HouseholdTariff, edge: Decimal, *, more: int, periods: int, label: str) -> Step:
    terms = [Term(name="tier_edge", value=edge, unit="m3", label=label)]
    value, formula = edge, plain(edge)
    if more and tariff.persons is not None:
        extra = tariff.persons.extra_m3
        terms += [
            Term(name="extra_persons", value=Decimal(more), unit="persons"),
            Term(name="extra_m3_per_person", value=extra, unit="m3"),
        ]
        value, formula = edge + more * extra, f"{formula} + {more} × {plain(extra)}"
    if periods > 1:
        terms.append(Term(name="periods", value=Decimal(periods), unit="count"))
        formula = f"({formula}) × {periods}" if more else f"{formula} × {periods}"
    return Step(
        name="tier_edge_moved",
        terms=tuple(terms),
        formula=formula,
        value=value * periods,
        unit="m3",
        citation=tariff.citation,
        label=label,
    )


def _bill(layers: Sequence[_Layer], steps: Sequence[Step], volume_m3: Decimal) -> Bill:
    """Return the bill of layers: the volume in each tier, then each component, then the sum."""
    done = list(steps)
    parts: dict[str, list[tuple[Term, Term]]] = {
        name: [] for layer in layers for name in layer.tiers[0].prices
    }
    for layer in layers:
        for step, prices in _tier_volumes(layer):
            done.append(step)
            for name, price in prices.items():
                priced = Term(name=f"{name}_price", value=price, unit="yuan_m3", label=step.label)
                parts[name].append((term_of(step), priced))
    amounts = [_component(name, pairs, layers[-1].tariff) for name, pairs in parts.items()]
    total = sum_step("bill_sum", [term_of(step) for step in amounts], unit="yuan")
    bill = rounded_step("bill", total, layers[-1].tariff.rounding, citation=layers[-1].tariff.citation)
    exact = {name: step.value for name, step in zip(parts, amounts, strict=True)}
    return Bill(
        volume_m3=volume_m3,
        components=whole_fen(exact, bill.value),
        total=Derived(value=bill.value, unit="yuan", steps=(*done, *amounts, total, bill)),
    )


def _tier_volumes(layer: _Layer) -> Iterator[tuple[Step, Mapping[str, Decimal]]]:
    """Yield the step to each volume that lies in one tier, with the prices of the tier."""
    edges = [tier.up_to for tier in layer.tiers if tier.up_to is not None]
    for cut in cuts([layer.below, layer.volume.value], edges):
        if cut.layer == 0:
            continue
        top = layer.below + layer.volume.value
        low = max(layer.below, edges[cut.band - 1] if cut.band else ZERO)
        high = plain(top) if cut.band == len(edges) else f"min({plain(top)}, {plain(edges[cut.band])})"
        label = f"{layer.label} {cut.band + 1}".strip()
        step = Step(
            name="tier_volume",
            terms=(layer.volume,),
            formula=f"{high} − {plain(low)}" if low else high,
            value=cut.volume,
            unit="m3",
            citation=layer.tariff.citation,
            label=label,
        )
        yield step, layer.tiers[cut.band].prices


def _component(name: str, pairs: Sequence[tuple[Term, Term]], tariff: HouseholdTariff) -> Step:
    return Step(
        name=f"{name}_amount",
        terms=tuple(term for pair in pairs for term in pair),
        formula=" + ".join(f"{plain(volume.value)} × {plain(price.value)}" for volume, price in pairs) or "0",
        value=sum((volume.value * price.value for volume, price in pairs), ZERO),
        unit="yuan",
        citation=tariff.citation,
    )
