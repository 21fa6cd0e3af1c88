"""How a shortage is shared (缺口分摊): when the claims of users are more than the regional cap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from shuiheng.allowances.errors import BadRuleError, BadShareError
from shuiheng.allowances.figures import RoundTo, rounded, shown
from shuiheng.allowances.rule_fields import (
    check_names,
    name_of,
    number_field,
    record_of,
    text_field,
    texts_field,
)
from shuiheng.allowances.sharing_ways import Portion, above_floor, by_priority, proportional
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived, Step, Term
from shuiheng.kernel.finding import Finding, Severity
from shuiheng.rules.parameter import DatedValue

LITRE = Decimal("0.001")


class Way(StrEnum):
    """How a shortage is shared.

    `proportional`: each gets the same share of its claim, but no less than its floor.
    `above_floor`: each gets its floor, and the same share of what it claims above it.
    `priority`: each gets its floor; what is left goes to the classes in their order, and in the class
    where it ends in proportion to what is claimed above the floor.
    """

    PROPORTIONAL = "proportional"
    ABOVE_FLOOR = "above_floor"
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingRule:
    """How a place shares a shortage (分摊规则).

    Args:
        way: The way of sharing.
        order: Classes of use, those that are served first at the front; for `priority`.
        floors: Share of its claim that a class keeps at least; classes not named keep nothing.
        step_m3: What shares are whole multiples of.
        citation: The value of the rulebook that it was read from.
    """

    way: Way
    order: tuple[str, ...] = ()
    floors: Mapping[str, Decimal] = field(default_factory=dict)
    step_m3: Decimal = LITRE
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one account would get without a shortage.

    Args:
        key: Key of the account, unique among the claims.
        m3: The allowance as computed, m³.
        use_class: Class of use, by which floors and priority go.
        district: Code of the district.
        water: Kind of water: surface, ground, public supply.
        floor_m3: What it keeps at least, beside the floor of its class: the greater holds.
    """

    key: str
    m3: Decimal
    use_class: str = ""
    district: str = ""
    water: str = ""
    floor_m3: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """A regional cap for all claims, or for those of a class, district or kind of water (用水总量控制指标).

    Args:
        m3: The cap, m³.
        use_class: The class it is for; empty for all.
        district: The district it is for; empty for all.
        water: The kind of water it is for; empty for all.
        origin: Key of what it was read from.
    """

    m3: Decimal
    use_class: str = ""
    district: str = ""
    water: str = ""
    origin: str = ""

    def covers(self, claim: Claim) -> bool:
        """Return whether a claim counts towards it."""
        pairs = (
            (self.use_class, claim.use_class),
            (self.district, claim.district),
            (self.water, claim.water),
        )
        return all(not wanted or wanted == held for wanted, held in pairs)

    def __str__(self) -> str:
        """Return how a finding names it."""
        return " ".join(filter(None, (self.district, self.use_class, self.water))) or "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutback:
    """What one cap took from one claim: the share is `base + above × rest ÷ whole`, by greatest remainder.

    Args:
        cap: The cap.
        claimed_m3: What was claimed before.
        base_m3: What it gets whatever happens.
        above_m3: What counts for its part of the rest.
        rest_m3: What is shared among those that have a part.
        whole_m3: What counts for all of them.
        share_m3: What it gets.
    """

    cap: Cap
    claimed_m3: Decimal
    base_m3: Decimal
    above_m3: Decimal
    rest_m3: Decimal
    whole_m3: Decimal
    share_m3: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """A cap or several shared among claims (缺口分摊).

    Args:
        shares: What each account gets, m³, by its key; the claim where nothing was short.
        cutbacks: What each cap took from whom, in the order of the caps.
        findings: Caps that do not even suffice for the floors; nothing is shared under those.
    """

    shares: Mapping[str, Decimal]
    cutbacks: Mapping[str, tuple[Cutback, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def sharing_rule_of(value: DatedValue, *, otherwise_m3: Decimal = LITRE) -> SharingRule:
    """Return what a value of the rule `allowances/shortage_sharing` says (分摊规则).

    The record: `way` (`proportional`, `above_floor`, `priority`), `order` (classes), `floors` (numbers by
    class, from 0 to 1) and `step` in m³.

    Args:
        value: The value.
        otherwise_m3: The step where the record has none: what the method of the place rounds to.

    Raises:
        BadRuleError: The record lacks something, or says what cannot be.
    """
    record, rule = record_of(value), name_of(value)
    check_names(record, known=("way", "order", "floors", "step"), rule=rule)
    way = text_field(record, "way", rule=rule)
    if way not in {each.value for each in Way}:
        raise BadRuleError(rule, f"`way` must be one of {', '.join(Way)}")
    floors = record.get("floors", {})
    if not isinstance(floors, Mapping):
        raise BadRuleError(rule, "`floors` must be numbers by class")
    held = {name: number_field(floors, name, rule=rule) for name in floors}
    order = texts_field(record, "order", rule=rule)
    step = number_field(record, "step", rule=rule, default=otherwise_m3)
    if any(not 0 <= each <= 1 for each in held.values()):
        raise BadRuleError(rule, "a floor is not from 0 to 1")
    if step < LITRE or step % LITRE:
        raise BadRuleError(rule, "`step` must be whole litres")
    if len(set(order)) != len(order) or (way == Way.PRIORITY and not order):
        raise BadRuleError(rule, "`priority` needs `order`, and no class twice in it")
    return SharingRule(way=Way(way), order=order, floors=held, step_m3=step, citation=value.citation)


def share_caps(claims: Sequence[Claim], caps: Iterable[Cap], *, rule: SharingRule) -> Sharing:
    """Return what accounts get under several caps, one after the other (缺口分摊).

    Under a cap that does not suffice the shares never add up to more than it, and to no less than a step of
    the rule below it for each who gets a whole number of steps. Nobody gets more than its claim or less than
    its floor; who keeps its whole claim keeps it to the litre. Each cap only lowers, so those before it
    still hold. The order of the claims does not matter, that of the caps may: put the narrow ones first.

    Raises:
        BadShareError: Two claims have one key, or one is below zero.
    """
    _check(claims)
    floors = {each.key: _floor(each, rule) for each in claims}
    held = {each.key: each for each in sorted(claims, key=lambda each: each.key)}
    cutbacks: dict[str, tuple[Cutback, ...]] = {}
    findings: list[Finding] = []
    for cap in caps:
        under = [each for each in held.values() if cap.covers(each)]
        if sum(each.m3 for each in under) <= cap.m3:
            continue
        least = sum((floors[each.key] for each in under), Decimal(0))
        if least > cap.m3:
            findings.append(_does_not_suffice(cap, least))
            continue
        for each, portion in zip(under, _portions(under, cap, rule, floors), strict=True):
            loose = _loose(each, floors, rule.step_m3)
            cutback = _cutback(each, cap, portion, rule.step_m3, loose)
            if cutback.share_m3 != each.m3:
                cutbacks[each.key] = (*cutbacks.get(each.key, ()), cutback)
                held[each.key] = replace(each, m3=cutback.share_m3)
    shares = {key: each.m3 for key, each in held.items()}
    return Sharing(shares=shares, cutbacks=cutbacks, findings=tuple(findings))


def shared_allowance(allowance: Derived, cutbacks: Sequence[Cutback], *, rule: SharingRule) -> Derived:
    """Return an allowance with a step for each cap that lowered it (分摊后指标)."""
    if not cutbacks:
        return allowance
    added = tuple(_step(each, rule) for each in cutbacks)
    return Derived(value=added[-1].value, unit=allowance.unit, steps=(*allowance.steps, *added))


def _check(claims: Sequence[Claim]) -> None:
    if len({each.key for each in claims}) != len(claims):
        raise BadShareError("two claims have one key")
    for each in claims:
        if each.m3 < 0:
            raise BadShareError(f"the claim {each.key} has {each.m3} m³, which is below zero")


def _floor(claim: Claim, rule: SharingRule) -> Decimal:
    """Return what a claim keeps at least: whole steps, or all of it."""
    least = max(claim.m3 * rule.floors.get(claim.use_class, Decimal(0)), claim.floor_m3)
    return min(claim.m3, rounded(Fraction(least), step=rule.step_m3, to=RoundTo.UP))


def _portions(
    under: Sequence[Claim], cap: Cap, rule: SharingRule, floors: Mapping[str, Decimal]
) -> list[Portion]:
    step = rule.step_m3
    claims = [int(each.m3 // step) for each in under]
    least = [int(floors[each.key] // step) for each in under]
    kept = sum((_loose(each, floors, step) for each in under), Decimal(0))
    left = min(int((cap.m3 - kept) // step), sum(claims))
    if rule.way is Way.PROPORTIONAL:
        return proportional(claims, least, left)
    if rule.way is Way.ABOVE_FLOOR:
        return above_floor(claims, least, left)
    places = {name: place for place, name in enumerate(rule.order)}
    ranks = [places.get(each.use_class, len(places)) for each in under]
    return by_priority(claims, least, left, ranks=ranks)


def _loose(claim: Claim, floors: Mapping[str, Decimal], step: Decimal) -> Decimal:
    """Return what a claim keeps beside whole steps: only one that is kept whole keeps such a rest."""
    return claim.m3 % step if floors[claim.key] == claim.m3 else Decimal(0)


def _cutback(claim: Claim, cap: Cap, portion: Portion, step: Decimal, loose: Decimal) -> Cutback:
    return Cutback(
        cap=cap,
        claimed_m3=claim.m3,
        base_m3=portion.base * step,
        above_m3=portion.above * step,
        rest_m3=portion.rest * step,
        whole_m3=portion.whole * step,
        share_m3=portion.given * step + loose,
    )


def _step(cutback: Cutback, rule: SharingRule) -> Step:
    cap = str(cutback.cap)
    terms = [
        Term(name="claimed", value=cutback.claimed_m3, unit="m3"),
        Term(name="regional_cap", value=cutback.cap.m3, unit="m3", origin=cutback.cap.origin, label=cap),
        Term(name="floor", value=cutback.base_m3, unit="m3"),
    ]
    formula = shown(cutback.base_m3)
    if cutback.above_m3:
        terms += [
            Term(name="shared_rest", value=cutback.rest_m3, unit="m3", label=cap),
            Term(name="shared_claims", value=cutback.whole_m3, unit="m3", label=cap),
        ]
        by = f"{shown(cutback.above_m3)} × {shown(cutback.rest_m3)} ÷ {shown(cutback.whole_m3)}"
        formula = f"{formula} + {by}" if cutback.base_m3 else by
    return Step(
        name="shared",
        terms=tuple(terms),
        formula=formula,
        value=cutback.share_m3,
        unit="m3",
        citation=rule.citation,
        label=rule.way,
    )


def _does_not_suffice(cap: Cap, floors_m3: Decimal) -> Finding:
    return Finding(
        code="allowances.cap_below_floors",
        severity=Severity.DISQUALIFY,
        subject=str(cap),
        evidence=cap.origin,
        values=(("cap", str(cap)), ("cap_m3", shown(cap.m3)), ("floors_m3", shown(floors_m3))),
    )
