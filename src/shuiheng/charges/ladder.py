"""The surcharge on what was used above a plan or norm, slice by slice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuiheng.charges.cutting import cuts, stacked
from shuiheng.charges.errors import UnknownFigureError
from shuiheng.charges.model import Ladder, Measure, Mode, Period, Reach, Slice, Surcharge
from shuiheng.charges.steps import (
    Figure,
    due_step,
    exactly,
    given_term,
    plain,
    rounded,
    rounded_step,
    sum_step,
    term_of,
)
from shuiheng.kernel.derivation import Derived, Step, Term

ZERO = Decimal(0)
MONTHS_OF = {Period.MONTH: 1, Period.TWO_MONTHS: 2, Period.QUARTER: 3, Period.YEAR: 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What was used in a month or another part of a period, and what was allowed (用水与计划).

    Args:
        volume: Volume, m³; None when it is not known.
        allowed: The effective plan, or norm times activity, m³; None when there is none. 0 is a plan.
        price: Yuan/m³ at the price base of the ladder, with its steps.
        label: Which part it is, such as `2026-03`.
    """

    volume: Figure | None
    allowed: Figure | None
    price: Derived
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Excess:
    """The excess of a period with the steps to it, and the layers in which it grew: part and size."""

    steps: tuple[Step, ...]
    plan: Term
    step: Step
    layers: tuple[tuple[int, Decimal], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A band between two shares of the plan (加价档次), the dead band among them.

    Args:
        since: Lower edge as excess over plan; None when there is no plan above 0.
        up_to: Upper edge, or None for the open band.
        multiple: Multiple of the rule; None where nothing is charged.
        label: Its shares as words.
    """

    since: Decimal | None
    up_to: Decimal | None
    multiple: Decimal | None
    label: str


def months_charged(period: Period, month: int) -> tuple[int, ...]:
    """Return the months that a charge at the end of this month covers; none when no period ends.

    Args:
        period: Period of the ladder.
        month: Month of the year, 1 to 12.
    """
    if period is Period.YEAR_TO_DATE:
        return tuple(range(1, month + 1))
    length = MONTHS_OF[period]
    return tuple(range(month - length + 1, month + 1)) if month % length == 0 else ()


@exactly
def surcharge(ladder: Ladder, uses: Sequence[Use], *, charged_before: Figure | None = None) -> Surcharge:
    """Return what use above the plan costs beside the base bill (超计划累进加价).

    Volumes and plans of all parts are added before they are compared. The edges of the bands are shares of
    the plan, and an edge belongs to the band below it; each slice is charged at its own multiple, or the
    whole excess at the multiple that it reaches where the rule says so. With a plan of 0 no share exists:
    then all use lies in the last band. Where the price changed inside the period, each layer of the excess
    has the price of the part in which it arose; a later fall takes off what came last.

    Args:
        ladder: The rule.
        uses: The parts of one period, in order of time; for `year_to_date` all of the year so far.
        charged_before: What was charged for earlier parts of the year, yuan; only for `year_to_date`.

    Raises:
        UnknownFigureError: A volume or a plan is not known.
        BadFigureError: One is below 0.
    """
    excess = _excess(ladder, uses)
    slices, steps = _slices(ladder, uses, excess)
    costs = [term_of(step) for step in steps if step.name == "band_amount"]
    total = sum_step("surcharge_sum", costs, unit="yuan", citation=ladder.citation)
    due = [total, rounded_step("surcharge", total, ladder.rounding)]
    if charged_before is not None:
        due += [*charged_before.steps, due_step("surcharge_due", due[-1], charged_before)]
    base = sum((size * uses[part].price.value for part, size in excess.layers), ZERO)
    return Surcharge(
        excess_m3=excess.step.value,
        slices=slices,
        over_part=rounded(base + total.value, ladder.rounding),
        amount=Derived(value=due[-1].value, unit="yuan", steps=(*excess.steps, excess.step, *steps, *due)),
    )


def surcharges_by_source(
    ladders: Mapping[str, Ladder], uses: Mapping[str, Sequence[Use]]
) -> Mapping[str, Surcharge]:
    """Return the surcharge of each source of water; what one source spares does not serve another.

    Args:
        ladders: The rule by source.
        uses: The parts of the period by source.

    Raises:
        UnknownFigureError: A volume or a plan of a source is not known.
    """
    return {source: surcharge(ladders[source], parts) for source, parts in uses.items()}


def rungs_of(ladder: Ladder, *, excess: Decimal, plan: Decimal) -> list[Rung]:
    """Return the bands into which an excess is cut (加价档次), the dead band among them, in rising order.

    Where the whole excess is charged at one multiple there is one band, that which it reaches.
    """
    if plan == 0:
        return [_rung(None, None, ladder.bands[-1].multiple)]
    low = ladder.dead_band
    rungs = [_rung(ZERO, low, None)] if low > 0 else []
    for band in ladder.bands:
        rungs.append(_rung(low, band.up_to, band.multiple))
        low = band.up_to if band.up_to is not None else low
    if ladder.reach is Reach.SLICES:
        return rungs
    return [next(rung for rung in rungs if rung.up_to is None or excess <= rung.up_to * plan)]


def _excess(ladder: Ladder, uses: Sequence[Use]) -> _Excess:
    if not uses:
        raise UnknownFigureError("volume")
    name = "plan" if ladder.measure is Measure.PLAN else "norm_volume"
    volumes = [given_term("volume", use.volume, label=use.label) for use in uses]
    plans = [given_term(name, use.allowed, label=use.label) for use in uses]
    steps = [step for use in uses for each in (use.volume, use.allowed) if each for step in each.steps]
    levels, volume, plan = [], ZERO, ZERO
    for used, allowed in zip(volumes, plans, strict=True):
        volume, plan = volume + used.value, plan + allowed.value
        levels.append(max(ZERO, volume - plan))
    if len(uses) > 1:
        steps.append(sum_step("volume_of_period", volumes, unit="m3"))
        volumes = [term_of(steps[-1])]
        steps.append(sum_step(f"{name}_of_period", plans, unit="m3"))
        plans = [term_of(steps[-1])]
    step = Step(
        name="excess",
        terms=(volumes[0], plans[0]),
        formula=f"max(0, {plain(volume)} − {plain(plan)})",
        value=levels[-1],
        unit="m3",
        citation=ladder.citation,
    )
    return _Excess(steps=tuple(steps), plan=plans[0], step=step, layers=_layers(uses, levels))


def _layers(uses: Sequence[Use], levels: Sequence[Decimal]) -> tuple[tuple[int, Decimal], ...]:
    """Return the layers of an excess; neighbours of one price are one."""
    layers: list[tuple[int, Decimal]] = []
    for part, size in stacked(levels):
        if layers and uses[layers[-1][0]].price == uses[part].price:
            layers[-1] = (layers[-1][0], layers[-1][1] + size)
        else:
            layers.append((part, size))
    return tuple(layers)


def _layer_steps(uses: Sequence[Use], excess: _Excess) -> list[Step]:
    """Return how much of an excess arose at which price, where there was more than one."""
    steps, bottom = [], ZERO
    for part, size in excess.layers if len(excess.layers) > 1 else ():
        top = bottom + size
        steps.append(
            Step(
                name="excess_layer",
                terms=tuple(Term(name="excess_to_date", value=level, unit="m3") for level in (top, bottom)),
                formula=f"{plain(top)} − {plain(bottom)}",
                value=size,
                unit="m3",
                label=uses[part].label,
            )
        )
        bottom = top
    return steps


def _slices(ladder: Ladder, uses: Sequence[Use], excess: _Excess) -> tuple[tuple[Slice, ...], list[Step]]:
    """Return the slices of an excess, and the steps to what each of them costs."""
    rungs = rungs_of(ladder, excess=excess.step.value, plan=excess.plan.value)
    edges = [rung.up_to * excess.plan.value for rung in rungs[:-1] if rung.up_to is not None]
    parts: dict[int, dict[int, Decimal]] = {}
    for cut in cuts([size for _, size in excess.layers], edges):
        within = parts.setdefault(cut.band, {})
        part = excess.layers[cut.layer][0]
        within[part] = within.get(part, ZERO) + cut.volume
    steps = list(dict.fromkeys(step for part, _ in excess.layers for step in uses[part].price.steps))
    steps += _layer_steps(uses, excess)
    is_layered = len(excess.layers) > 1
    slices = []
    for band, by_part in sorted(parts.items()):
        rung = rungs[band]
        steps.append(_band_volume(ladder, rung, excess, sum(by_part.values(), ZERO)))
        costs = [
            _band_amount(
                ladder, rung, _part_term(rung, volume, uses[part], is_layered=is_layered), uses[part]
            )
            for part, volume in by_part.items()
        ]
        slices.append(
            Slice(
                since=rung.since,
                up_to=rung.up_to,
                volume_m3=sum(by_part.values(), ZERO),
                multiple=rung.multiple,
                amount=sum((cost.value for cost in costs), ZERO),
            )
        )
        steps += costs if rung.multiple is not None else []
    return tuple(slices), steps


def _band_volume(ladder: Ladder, rung: Rung, excess: _Excess, volume: Decimal) -> Step:
    over, plan = plain(excess.step.value), plain(excess.plan.value)
    formula = over
    if rung.since is not None and ladder.reach is Reach.SLICES:
        top = over if rung.up_to is None else f"min({over}, {plain(rung.up_to)} × {plan})"
        formula = f"{top} − {plain(rung.since)} × {plan}" if rung.since else top
    return Step(
        name="dead_band_volume" if rung.multiple is None else "band_volume",
        terms=(term_of(excess.step), excess.plan),
        formula=formula,
        value=volume,
        unit="m3",
        citation=ladder.citation,
        label=rung.label,
    )


def _part_term(rung: Rung, volume: Decimal, use: Use, *, is_layered: bool) -> Term:
    """Return the volume of a band, or the part of it that arose at one price."""
    if is_layered:
        label = f"{rung.label} {use.label}".strip()
        return Term(name="band_volume_of_layer", value=volume, unit="m3", label=label)
    return Term(name="band_volume", value=volume, unit="m3", label=rung.label)


def _band_amount(ladder: Ladder, rung: Rung, volume: Term, use: Use) -> Step:
    """Return the step from a slice to what it costs on top of the base price."""
    multiple = rung.multiple or ZERO
    is_total = ladder.mode is Mode.TOTAL
    price = use.price.value
    times = f"({plain(multiple)} − 1)" if is_total else plain(multiple)
    return Step(
        name="band_amount",
        terms=(
            volume,
            Term(name="multiple", value=multiple, unit="times", label=rung.label),
            Term(name="price", value=price, unit="yuan_m3", label=use.label),
        ),
        formula=f"{plain(volume.value)} × {times} × {plain(price)}",
        value=volume.value * (multiple - 1 if is_total else multiple) * price,
        unit="yuan",
        citation=ladder.citation,
        label=volume.label,
    )


def _rung(since: Decimal | None, up_to: Decimal | None, multiple: Decimal | None) -> Rung:
    """Return a band with its label: its shares of the plan, or nothing where there is no plan above 0."""
    label = ""
    if since is not None:
        low = plain(since * 100)
        label = f">{low}%" if up_to is None else f"{low}–{plain(up_to * 100)}%"
    return Rung(since=since, up_to=up_to, multiple=multiple, label=label)
