"""What an indicator is (指标定义): its formula by version, units, choices, and the clauses that say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from shuiheng.indicators.errors import NotDefinedError, UnitMismatchError, UnknownChoiceError
from shuiheng.indicators.facts import FactKind
from shuiheng.indicators.formula import Node, dimensions_of, has_base, names_in, written_formula
from shuiheng.indicators.units import PLAIN, Dimensions, Unit, written
from shuiheng.rules.basis import Basis

NO_CHOICES: Mapping[str, str] = MappingProxyType({})


class Better(StrEnum):
    """Which way of an indicator is good."""

    HIGHER = "higher"
    LOWER = "lower"


class Course(StrEnum):
    """How an indicator moves within a year (年内变化方式).

    `state`: each value stands for itself, such as a rate. `total`: it adds up from the first day of the year.
    """

    STATE = "state"
    TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A number that a clause gives to a formula, with its unit."""

    value: Decimal
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a formula that can be meant in several ways (统计口径选项).

    Args:
        id: Its id, by which the formula names it.
        names: What it is, in `zh` and `en`.
        choices: The ways, each with its formula, the usual one first.
        choice_names: Their names in `zh` and `en`.
    """

    id: str
    names: Mapping[str, str]
    choices: Mapping[str, Node]
    choice_names: Mapping[str, Mapping[str, str]]

    @property
    def usual(self) -> str:
        """Return the way that is meant when nothing is said."""
        return next(iter(self.choices))


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorVersion:
    """An indicator as it is defined from a day on (指标版本).

    Args:
        number: Number of the version.
        valid_from: First day from which it holds.
        valid_to: First day on which it no longer does, or None.
        formula: Its formula, over facts, parts and constants.
        unit: The unit in which it is told.
        parts: What can be meant in several ways, by id.
        constants: Numbers of the clause, by id.
        price_basis: In which prices money is told, in `zh` and `en`; nothing where there is none.
        scope: What the numerator and the denominator take in, in `zh` and `en`.
        bases: The clauses that say so.
    """

    number: int
    valid_from: date
    valid_to: date | None
    formula: Node
    unit: Unit
    parts: Mapping[str, Part] = field(default_factory=dict)
    constants: Mapping[str, Constant] = field(default_factory=dict)
    price_basis: Mapping[str, str] = field(default_factory=dict)
    scope: Mapping[str, str] = field(default_factory=dict)
    bases: tuple[Basis, ...] = ()

    @property
    def needs_base_year(self) -> bool:
        """Return whether it compares with a base year."""
        chosen = (node for part in self.parts.values() for node in part.choices.values())
        return has_base(self.formula) or any(has_base(node) for node in chosen)

    def node_of(self, part: str, choices: Mapping[str, str]) -> Node:
        """Return the formula of a part as it is meant.

        Raises:
            UnknownChoiceError: The part has no such choice.
        """
        held = self.parts[part]
        choice = choices.get(part, held.usual)
        if choice not in held.choices:
            raise UnknownChoiceError(part, choice, held.choices)
        return held.choices[choice]

    def facts(self, choices: Mapping[str, str] = NO_CHOICES) -> tuple[str, ...]:
        """Return the facts that it asks for, each once, in the order of the formula."""
        found: dict[str, None] = {}
        for name in names_in(self.formula):
            if name in self.parts:
                found.update(dict.fromkeys(names_in(self.node_of(name, choices))))
            else:
                found[name] = None
        return tuple(name for name in found if name not in self.constants)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """An indicator (指标).

    Args:
        id: Its id.
        names: Its name in `zh` and `en`.
        better: Which way is good.
        course: How it moves within a year.
        versions: Its definitions, the oldest first.
        note: What a reader has to know, in `zh` and `en`.
    """

    id: str
    names: Mapping[str, str]
    better: Better
    course: Course
    versions: tuple[IndicatorVersion, ...]
    note: Mapping[str, str] = field(default_factory=dict)

    @property
    def facts(self) -> frozenset[str]:
        """Return the facts that any version asks for, whatever is chosen."""
        return frozenset(
            fact
            for version in self.versions
            for names in (
                names_in(version.formula),
                *(names_in(node) for part in version.parts.values() for node in part.choices.values()),
            )
            for fact in names
            if fact not in version.parts and fact not in version.constants
        )

    def is_told_within(self, version: IndicatorVersion) -> bool:
        """Return whether a version can be told for a year that is under way.

        A total can, and so can a share of things that are alike; what is set against money, persons or an
        earlier year has to wait for its end.
        """
        is_share = dict(version.unit.dimensions) == dict(PLAIN) and not version.needs_base_year
        return self.course is Course.TOTAL or is_share

    def version_on(self, on: date) -> IndicatorVersion:
        """Return the version that holds on a day.

        Raises:
            NotDefinedError: None does.
        """
        for version in self.versions:
            if version.valid_from <= on and (version.valid_to is None or on < version.valid_to):
                return version
        raise NotDefinedError(self.id, on.isoformat())


def check_version(version: IndicatorVersion, kinds: Mapping[str, FactKind]) -> None:
    """Check the units of a definition: all choices give one, and the whole gives that of the version.

    Raises:
        UnknownNameError: It names what is neither fact, part nor constant.
        UnitMismatchError: Units do not agree.
    """
    known: dict[str, Dimensions] = {name: kind.unit.dimensions for name, kind in kinds.items()}
    known |= {name: each.unit.dimensions for name, each in version.constants.items()}
    for part in version.parts.values():
        found = [dimensions_of(node, known) for node in part.choices.values()]
        for other in found[1:]:
            if dict(other) != dict(found[0]):
                raise UnitMismatchError(part.id, written(found[0]), written(other))
    known |= {part.id: dimensions_of(part.choices[part.usual], known) for part in version.parts.values()}
    result = dimensions_of(version.formula, known)
    if dict(result) != dict(version.unit.dimensions):
        raise UnitMismatchError(
            written_formula(version.formula), written(result), written(version.unit.dimensions)
        )
