"""Conditions over named facts (条件): what a rule asks, held against what is known of a subject.

One grammar for the gates of projects and for programmes. A condition holds, breaks, or stays unknown with the
name of what is missing; nothing is taken for false because nobody knows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, StrEnum
from typing import TypeAlias

from shuiheng.kernel.citation import Citation
from shuiheng.rules.errors import NotInForceError
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Asked, DatedValue

FactValue: TypeAlias = "bool | Decimal | str"
RULE = "rule:"


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
    """What to hold a fact against: another fact, a rule or a field of it, or a number of the same clause."""

    fact: str = ""
    rule: str = ""
    part: str = ""
    number: Decimal | None = None


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
    """Conditions of which all, or any one, or with `is_negated` none, must hold; an empty one holds."""

    parts: tuple[Condition | Group, ...] = ()
    is_any: bool = False
    is_negated: bool = False


ALWAYS = Group()


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
class Ground:
    """What conditions are held against: facts by name, the rules, and for which place and day."""

    facts: Mapping[str, Known]
    book: Rulebook
    asked: Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the conditions of a group come to together, with each of them in its order."""

    truth: Truth
    checks: tuple[Checked, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what is missing, each once; nothing unless that leaves the whole unknown."""
        if self.truth is not Truth.UNKNOWN:
            return ()
        return tuple(dict.fromkeys(name for each in self.checks for name in each.missing))


def judge(group: Group, ground: Ground) -> Judged:
    """Return whether the conditions of a group hold, and by what.

    A part that the rule of the place does not speak of does not count; a group of nothing but such parts is
    `unsaid`, one without parts holds.
    """
    return Judged(
        truth=_joined(group, ground), checks=tuple(_checked(each, ground) for each in _conditions(group))
    )


def facts_of(group: Group) -> frozenset[str]:
    """Return the names of the facts that a group asks for."""
    conditions = tuple(_conditions(group))
    others = (operand.fact for each in conditions for operand in each.operands if operand.fact)
    return frozenset([*(each.fact for each in conditions), *others])


def rules_of(group: Group) -> frozenset[str]:
    """Return the ids of the rules that a group asks for."""
    return frozenset(operand.rule for each in _conditions(group) for operand in each.operands if operand.rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limit:
    number: Decimal | None = None
    citation: Citation | None = None
    is_unsaid: bool = False
    missing: tuple[str, ...] = field(default=())


_FLIPPED = {Truth.HOLDS: Truth.BREAKS, Truth.BREAKS: Truth.HOLDS}


def _conditions(group: Group) -> Iterator[Condition]:
    for part in group.parts:
        if isinstance(part, Condition):
            yield part
        else:
            yield from _conditions(part)


def _joined(group: Group, ground: Ground) -> Truth:
    """Return what the parts of a group come to together; what is unsaid does not count."""
    if not group.parts:
        return Truth.HOLDS
    found = {
        _checked(part, ground).truth if isinstance(part, Condition) else _joined(part, ground)
        for part in group.parts
    } - {Truth.UNSAID}
    is_any = group.is_any or group.is_negated
    strong, weak = (Truth.HOLDS, Truth.BREAKS) if is_any else (Truth.BREAKS, Truth.HOLDS)
    for truth in (strong, Truth.UNKNOWN, weak):
        if truth in found:
            return _FLIPPED.get(truth, truth) if group.is_negated else truth
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
    """Return the first number that is known; unsaid when a rule in force has none and no fact is missing."""
    missing, is_unsaid = [], False
    for operand in operands:
        if operand.number is not None:
            return _Limit(number=operand.number)
        if operand.fact:
            known = ground.facts.get(operand.fact)
            if known is not None and isinstance(known.value, Decimal):
                return _Limit(number=known.value)
            missing.append(operand.fact)
            continue
        value = _rule(operand.rule, ground)
        if value is None:
            missing.append(f"{RULE}{operand.rule}")
            continue
        number = value.value.get(operand.part) if isinstance(value.value, Mapping) else value.value
        if isinstance(number, Decimal):
            return _Limit(number=number, citation=value.citation)
        is_unsaid = True
    lacks_fact = any(not name.startswith(RULE) for name in missing)
    return _Limit(is_unsaid=is_unsaid and not lacks_fact, missing=tuple(missing))


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
