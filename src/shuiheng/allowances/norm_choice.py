"""Which norm holds for a product or service in a place (定额选用): the nearest one, unless it is looser."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from shuiheng.allowances.figures import shown
from shuiheng.allowances.norm_unit import NormUnit, norm_unit_of
from shuiheng.allowances.use_norm import NormLevel, UseNorm, has_begun, is_in_force, level_value
from shuiheng.kernel.finding import Finding, Severity
from shuiheng.rules.in_force import areas_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """For what a norm is looked up.

    Args:
        area: Code of the division in which the user lies.
        on: The day on which the norm must hold.
        product: Product or service, as the standards name it.
        condition: Process, size or region; empty for rows without one.
        industry: Code of GB/T 4754 of the user; empty when not known.
        known_on: The day up to whose end the rulebook is believed; None for all that is known.
    """

    area: str
    on: date
    product: str
    condition: str = ""
    industry: str = ""
    known_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenNorm:
    """The norm that holds, beside those of the same day that do not (现行定额).

    Args:
        norm: The one that holds.
        looser: Nearer ones that an upper one overrides, because they are looser.
        incomparable: Upper ones that count something else, so that nobody knows which is stricter.
    """

    norm: UseNorm
    looser: tuple[UseNorm, ...] = ()
    incomparable: tuple[UseNorm, ...] = ()


def choose_norm(norms: Iterable[UseNorm], wanted: Wanted) -> ChosenNorm | None:
    """Return the norm that holds for a product in a place on a day (定额选用), or None where there is none.

    The norm of the city goes before that of the province, that before the national one. A nearer norm
    may be stricter than those above; where it is looser, the upper one holds.

    Source:
        cn-reg-776, article 11.
    """
    fitting = [each for each in norms if _fits(each, wanted)]
    found = [norm for area in areas_of(wanted.area) if (norm := _newest(fitting, area, wanted))]
    if not found:
        return None
    held, looser, incomparable = found[0], [], []
    for upper in found[1:]:
        is_looser = is_norm_looser(held, upper)
        if is_looser is None:
            incomparable.append(upper)
        elif is_looser:
            looser.append(held)
            held = upper
    return ChosenNorm(norm=held, looser=tuple(looser), incomparable=tuple(incomparable))


def is_norm_looser(norm: UseNorm, upper: UseNorm) -> bool | None:
    """Return whether a norm allows more than an upper one at any level; None when nobody can tell."""
    unit, upper_unit = norm_unit_of(norm.unit), norm_unit_of(upper.unit)
    if (unit.activity, unit.per) != (upper_unit.activity, upper_unit.per):
        return None
    pairs = [(level_value(norm, level), level_value(upper, level)) for level in NormLevel]
    return any(
        Fraction(own) * _size(unit) > Fraction(above) * _size(upper_unit)
        for own, above in pairs
        if own is not None and above is not None
    )


def norm_findings(chosen: ChosenNorm) -> tuple[Finding, ...]:
    """Return what is wrong with the norms of a place (定额校核): looser ones, and ones nobody can compare."""
    held = chosen.norm
    looser = [
        Finding(
            code="allowances.norm_looser",
            severity=Severity.WARN,
            subject=norm.id,
            evidence=f"{norm.standard} {shown(norm.general)}; {held.standard} {shown(held.general)}",
            values=(("product", norm.product), ("standard", norm.standard), ("upper", held.standard)),
        )
        for norm in chosen.looser
    ]
    others = [
        Finding(
            code="allowances.norm_incomparable",
            severity=Severity.NOTE,
            subject=held.id,
            evidence=f"{held.unit}; {upper.unit}",
            values=(("product", held.product), ("unit", held.unit), ("upper", upper.standard)),
        )
        for upper in chosen.incomparable
    ]
    return (*looser, *others)


def _size(unit: NormUnit) -> Fraction:
    return unit.m3 / unit.size


def _fits(norm: UseNorm, wanted: Wanted) -> bool:
    if (norm.product, norm.condition) != (wanted.product, wanted.condition):
        return False
    if norm.industry and wanted.industry and not _is_same_industry(norm.industry, wanted.industry):
        return False
    return has_begun(norm, on=wanted.on, known_on=wanted.known_on)


def _is_same_industry(norm: str, user: str) -> bool:
    """Return whether one code is the other or one of its parents."""
    return norm.startswith(user) or user.startswith(norm)


def _newest(norms: Sequence[UseNorm], area: str, wanted: Wanted) -> UseNorm | None:
    """Return the newest norm of a place; one that was replaced does not come back when the later one ends."""
    last = {each.industry: each for each in sorted(norms, key=_rank) if each.area == area}
    held = [each for each in last.values() if is_in_force(each, on=wanted.on, known_on=wanted.known_on)]
    return max(held, key=_rank, default=None)


def _rank(norm: UseNorm) -> tuple[date, date, str]:
    return norm.valid_from, norm.recorded_on, norm.id
