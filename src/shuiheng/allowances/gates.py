"""Gates that a project or the renewal of a permit has to pass, with clause and evidence (准入条件).

A gate is data: conditions over named facts. It passes, fails, is not asked of a project, or stays unknown
while a fact or a rule is missing. Nothing here decides; an officer does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from typing import TypeAlias

from shuiheng.kernel.citation import Citation
from shuiheng.rules.errors import NotInForceError
from shuiheng.rules.in_force import Rulebook, areas_of
from shuiheng.rules.parameter import Asked, Check, DatedValue, Mark

FactValue: TypeAlias = "bool | Decimal | str"


class GateOutcome(StrEnum):
    """How a project stands to a gate."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


class Operator(StrEnum):
    """How a fact is compared; `at_least` and `at_most` include the number."""

    IS = "is"
    AMONG = "among"
    AT_LEAST = "at_least"
    ABOVE = "above"
    AT_MOST = "at_most"
    BELOW = "below"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """A number to hold a fact against: another fact, or a rule, or a field of a rule."""

    fact: str = ""
    rule: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One comparison (条件).

    Args:
        fact: The fact.
        operator: How it is compared.
        words: The words of `is` and `among`; `yes` and `no` for a flag.
        operands: The numbers of the other operators; the first that is known counts.
    """

    fact: str
    operator: Operator
    words: tuple[str, ...] = ()
    operands: tuple[Operand, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Conditions of which all, or any one, must hold; an empty one holds."""

    parts: tuple[Condition | Group, ...] = ()
    is_any: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A clause on which a gate rests, for a place and from a day (依据)."""

    source: str
    clause: str
    area: str
    valid_from: date
    mark: Mark
    printed: tuple[str, ...] = ()
    check: Check | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One gate (准入条件).

    Args:
        id: Its id.
        names: Its name in `zh` and `en`.
        kinds: Of which kinds of project it is asked.
        stage: The stage at which it has to be passed.
        applies: When it is asked.
        passes: When it is passed.
        evidence: What has to be shown, in `zh` and `en`.
        bases: The clauses, each for its place.
        instead_of: The gate that is not asked where this one holds, or nothing.
    """

    id: str
    names: Mapping[str, str]
    kinds: frozenset[str]
    stage: str
    applies: Group
    passes: Group
    evidence: Mapping[str, str]
    bases: tuple[Basis, ...]
    instead_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A fact as it is known, with the key of what it was read from."""

    value: FactValue
    origin: str = ""


class Truth(Enum):
    """What a condition comes to; `unsaid` when the rule of the place does not speak of it."""

    HOLDS = "holds"
    BREAKS = "breaks"
    UNKNOWN = "unknown"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A condition with what it was held against.

    Args:
        condition: The condition.
        truth: What it comes to.
        known: The fact, or None when missing.
        limit: The number it was held against, or None.
        citation: The rule of the number, or None.
        missing: Names of facts, and of rules with `rule:` before them, that are missing.
    """

    condition: Condition
    truth: Truth
    known: Known | None = None
    limit: Decimal | None = None
    citation: Citation | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    """How a project stands to a gate (审查结果).

    Args:
        gate: The gate.
        outcome: What the conditions come to.
        checks: The conditions that decided it, in their order.
        bases: The clauses that hold in the place on the day.
        missing: What is missing while it is unknown, each once.
    """

    gate: Gate
    outcome: GateOutcome
    checks: tuple[Checked, ...]
    bases: tuple[Citation, ...]
    missing: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return the clauses and the rules that were used, each once."""
        used = (each.citation for each in self.checks if each.citation is not None)
        return tuple(dict.fromkeys((*self.bases, *used)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What gates are looked at with: facts by name, the rules, and for which place and day."""

    facts: Mapping[str, Known]
    book: Rulebook
    asked: Asked


def asked_gates(gates: Iterable[Gate], *, kind: str, asked: Asked) -> tuple[Gate, ...]:
    """Return the gates that are asked of a kind of project in a place on a day, in their order."""
    found = [each for each in gates if kind in each.kinds and _bases_now(each, asked)]
    replaced = {each.instead_of for each in found}
    return tuple(each for each in found if each.id not in replaced)


def look_at_gate(gate: Gate, ground: Ground) -> GateResult:
    """Return how a project stands to a gate (审查结果).

    It fails only on what is known, and passes only when everything is known that has to hold.
    """
    applied = tuple(_walk(gate.applies, ground))
    applies = _joined(gate.applies, ground)
    checks, truth = applied, applies
    if applies is Truth.UNSAID and gate.applies.parts:
        truth = Truth.BREAKS
    if truth in (Truth.HOLDS, Truth.UNSAID):
        checks = tuple(_walk(gate.passes, ground))
        truth = _joined(gate.passes, ground)
        outcome = _OUTCOMES[truth]
    else:
        outcome = GateOutcome.UNKNOWN if truth is Truth.UNKNOWN else GateOutcome.NOT_ASKED
    missing = dict.fromkeys(name for each in checks for name in each.missing)
    return GateResult(
        gate=gate,
        outcome=outcome,
        checks=checks,
        bases=tuple(_cited(gate, basis) for basis in _bases_now(gate, ground.asked)),
        missing=tuple(missing) if outcome is GateOutcome.UNKNOWN else (),
    )


def facts_of_gate(gate: Gate) -> frozenset[str]:
    """Return the names of the facts that a gate asks for."""
    conditions = [*_conditions(gate.applies), *_conditions(gate.passes)]
    others = (operand.fact for each in conditions for operand in each.operands if operand.fact)
    return frozenset([*(each.fact for each in conditions), *others])


def rules_of_gate(gate: Gate) -> frozenset[str]:
    """Return the ids of the rules that a gate asks for."""
    conditions = [*_conditions(gate.applies), *_conditions(gate.passes)]
    return frozenset(operand.rule for each in conditions for operand in each.operands if operand.rule)


_OUTCOMES = {
    Truth.HOLDS: GateOutcome.PASSED,
    Truth.UNSAID: GateOutcome.PASSED,
    Truth.BREAKS: GateOutcome.FAILED,
    Truth.UNKNOWN: GateOutcome.UNKNOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limit:
    number: Decimal | None = None
    citation: Citation | None = None
    is_unsaid: bool = False
    missing: tuple[str, ...] = field(default=())


def _bases_now(gate: Gate, asked: Asked) -> list[Basis]:
    areas = areas_of(asked.area)
    return [each for each in gate.bases if each.area in areas and each.valid_from <= asked.on]


def _cited(gate: Gate, basis: Basis) -> Citation:
    return Citation(
        rule=f"gates/{gate.id}",
        area=basis.area,
        since=basis.valid_from,
        source=basis.source,
        clause=basis.clause,
        is_checked=basis.check is not None,
        is_binding=basis.check is not None and basis.mark is Mark.FOUND,
    )


def _conditions(group: Group) -> Iterator[Condition]:
    for part in group.parts:
        if isinstance(part, Condition):
            yield part
        else:
            yield from _conditions(part)


def _walk(group: Group, ground: Ground) -> Iterator[Checked]:
    return (_checked(each, ground) for each in _conditions(group))


def _joined(group: Group, ground: Ground) -> Truth:
    """Return what the parts of a group come to together; what is unsaid does not count."""
    found = {
        _checked(part, ground).truth if isinstance(part, Condition) else _joined(part, ground)
        for part in group.parts
    } - {Truth.UNSAID}
    strong, weak = (Truth.HOLDS, Truth.BREAKS) if group.is_any else (Truth.BREAKS, Truth.HOLDS)
    for truth in (strong, Truth.UNKNOWN, weak):
        if truth in found:
            return truth
    return Truth.UNSAID


def _checked(condition: Condition, ground: Ground) -> Checked:
    known = ground.facts.get(condition.fact)
    absent = () if known is not None else (condition.fact,)
    if condition.operator in (Operator.IS, Operator.AMONG):
        if known is None:
            return Checked(condition=condition, truth=Truth.UNKNOWN, missing=absent)
        return Checked(condition=condition, truth=_truth(_word(known.value) in condition.words), known=known)
    limit = _limit(condition.operands, ground)
    if limit.is_unsaid:
        return Checked(condition=condition, truth=Truth.UNSAID, known=known)
    if known is None or limit.number is None or not isinstance(known.value, Decimal):
        missing = (*absent, *limit.missing)
        return Checked(
            condition=condition,
            truth=Truth.UNKNOWN,
            known=known,
            limit=limit.number,
            citation=limit.citation,
            missing=missing,
        )
    return Checked(
        condition=condition,
        truth=_truth(_compare(known.value, condition.operator, limit.number)),
        known=known,
        limit=limit.number,
        citation=limit.citation,
    )


def _limit(operands: tuple[Operand, ...], ground: Ground) -> _Limit:
    """Return the first number that is known; unsaid when the only rule in force has no such field."""
    missing, is_unsaid = [], False
    for operand in operands:
        if operand.fact:
            known = ground.facts.get(operand.fact)
            if known is not None and isinstance(known.value, Decimal):
                return _Limit(number=known.value)
            missing.append(operand.fact)
            continue
        value = _rule(operand.rule, ground)
        if value is None:
            missing.append(f"rule:{operand.rule}")
            continue
        number = value.value.get(operand.part) if isinstance(value.value, Mapping) else value.value
        if isinstance(number, Decimal):
            return _Limit(number=number, citation=value.citation)
        is_unsaid = True
    return _Limit(is_unsaid=is_unsaid, missing=tuple(missing))


def _rule(rule: str, ground: Ground) -> DatedValue | None:
    try:
        return ground.book.value(rule, ground.asked)
    except NotInForceError:
        return None


def _compare(value: Decimal, operator: Operator, limit: Decimal) -> bool:
    return {
        Operator.AT_LEAST: value >= limit,
        Operator.ABOVE: value > limit,
        Operator.AT_MOST: value <= limit,
        Operator.BELOW: value < limit,
    }[operator]


def _word(value: FactValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _truth(holds: bool) -> Truth:
    return Truth.HOLDS if holds else Truth.BREAKS
