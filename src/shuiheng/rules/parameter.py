"""Dated values of the rulebook (规则参数): what a source sets, for which place, from which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from shuiheng.kernel.citation import Citation

Value: TypeAlias = "Decimal | str | tuple[Value, ...] | Mapping[str, Value]"


class Mark(StrEnum):
    """How well a value is known: read in its source, from general knowledge, or a setting of this program."""

    FOUND = "found"
    KNOWN = "known"
    DEFAULT = "default"


class Shape(StrEnum):
    """What form the values of a rule have.

    `number`: one exact number. `numbers`: numbers by name. `bands`: bands in order, each a record.
    `record`: fields by name. `text`: a word, such as a day of the year (`12-31`) or a choice.
    """

    NUMBER = "number"
    NUMBERS = "numbers"
    BANDS = "bands"
    RECORD = "record"
    TEXT = "text"


class Better(StrEnum):
    """On which side of a value the stricter one lies."""

    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Who held a value against its source, and when (核对)."""

    by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """One value of a rule, from its first day on (参数值). It is never changed; a later one replaces it.

    Args:
        rule: Id of the rule.
        area: Code of the division for which it was made: 2, 4 or 6 digits; empty for the nation.
        valid_from: First day on which it holds.
        valid_to: First day on which it no longer holds, or None until a later one begins.
        value: What holds, of the shape of the rule.
        source: Id of the source.
        clause: Article or place in the source.
        printed: The figures as the source prints them.
        mark: How well it is known.
        check: Who held it against the source, or None.
        recorded_on: Day from which the rulebook knew it.
        withdrawn_on: Day from which the rulebook no longer believed it, or None.
        note: What a user of the value has to know.
    """

    rule: str
    area: str
    valid_from: date
    valid_to: date | None = None
    value: Value
    source: str
    clause: str
    printed: tuple[str, ...] = ()
    mark: Mark = Mark.FOUND
    check: Check | None = None
    recorded_on: date
    withdrawn_on: date | None = None
    note: str = ""

    @property
    def is_binding(self) -> bool:
        """Return whether a charge may rest on it: found in its source and checked by a person."""
        return self.mark is Mark.FOUND and self.check is not None

    @property
    def citation(self) -> Citation:
        """Return how a figure cites it."""
        return Citation(
            rule=self.rule,
            area=self.area,
            since=self.valid_from,
            source=self.source,
            clause=self.clause,
            is_checked=self.check is not None,
            is_binding=self.is_binding,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A rule with all its values (规则).

    Args:
        id: Topic and name, such as `charges/over_plan_ladder`.
        names: Its name in `zh` and `en`.
        unit: Unit of its numbers.
        shape: Form of its values.
        better: On which side the stricter value lies, or None where none is stricter.
        fields: What each field of a record or band holds: a unit, `text`, `record` or `list`.
        choices: The words among which a field of words chooses; a field that is not here takes any word.
        values: All values of all places, in any order.
    """

    id: str
    names: Mapping[str, str]
    unit: str
    shape: Shape
    better: Better | None = None
    fields: Mapping[str, str]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: tuple[DatedValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """For which place and day a rule is asked, and as it was known when.

    Args:
        area: Code of the division: 6, 4 or 2 digits, or empty for the nation.
        on: The day on which it must hold.
        known_on: The day up to whose end the rulebook is believed; None for all that is known.
    """

    area: str
    on: date
    known_on: date | None = None
