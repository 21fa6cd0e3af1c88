"""The tree of criteria by which a case is scored (评价标准): what each asks and what it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shuiheng.rules.basis import Basis
from shuiheng.rules.conditions import ALWAYS, Group, Operator, facts_of, rules_of

NO_LEVEL = ""


class CriterionRule(StrEnum):
    """How a criterion gives its points.

    `veto`: no points, but the case fails when it breaks. `threshold`: all points or none. `linear`: by the
    share of the way to the full mark. `step`: by the first band that holds. `manual`: a person gives them.
    """

    VETO = "veto"
    THRESHOLD = "threshold"
    LINEAR = "linear"
    STEP = "step"
    MANUAL = "manual"


class Absent(StrEnum):
    """What becomes of the points of a criterion that does not concern a subject (合理缺项).

    `scale`: the rest is scaled up to the full mark. `full`: they are given.
    """

    SCALE = "scale"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Points for a fact on one side of a limit; the first band of a criterion that holds counts."""

    operator: Operator
    limit: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """Between which values of a fact the points rise from none to all.

    Args:
        zero_at: Where there are none; below `full_at`, or above it when less is better.
        full_at: Where there are all.
        per: Only whole steps of this size take points off; None for any small part.
    """

    zero_at: Decimal
    full_at: Decimal
    per: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion (评价指标).

    Args:
        id: Its id, once in a tree.
        names: Its name in `zh` and `en`; for a manual one what a person has to look at.
        rule: How it gives its points.
        points: The most that it gives; 0 for a veto.
        passes: What a veto or threshold asks.
        fact: The fact that `linear` and `step` measure.
        bands: The bands of `step`.
        slope: The values of `linear`.
        applies: Whom it concerns; an empty group concerns everybody.
        is_bonus: Whether its points come on top of the full mark.
        is_watched: Whether readings can break it after the award.
        basis: Its clause, or None when that of the tree holds for it.
        valid_from: First day on which it is asked, or None for all days of the kind.
        valid_to: First day on which it is no longer asked, or None.
    """

    id: str
    names: Mapping[str, str]
    rule: CriterionRule
    points: Decimal = Decimal(0)
    passes: Group = ALWAYS
    fact: str = ""
    bands: tuple[Band, ...] = ()
    slope: Slope | None = None
    applies: Group = ALWAYS
    is_bonus: bool = False
    is_watched: bool = False
    basis: Basis | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def is_asked_on(self, day: date) -> bool:
        """Return whether the criterion is asked on a day."""
        is_begun = self.valid_from is None or self.valid_from <= day
        return is_begun and (self.valid_to is None or day < self.valid_to)

    @property
    def facts(self) -> frozenset[str]:
        """Return the names of the facts that it asks for."""
        own = {self.fact} if self.fact else set()
        return frozenset(own) | facts_of(self.passes) | facts_of(self.applies)

    @property
    def rules(self) -> frozenset[str]:
        """Return the ids of the rules that it asks for."""
        return rules_of(self.passes) | rules_of(self.applies)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaGroup:
    """Criteria under one heading; the points of those that are no bonus add up to its weight."""

    id: str
    names: Mapping[str, str]
    weight: Decimal
    items: tuple[Criterion | CriteriaGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """All criteria of a kind (评价标准).

    Args:
        groups: The groups; their weights add up to `full`.
        full: The full mark without bonus.
        pass_marks: The least score by level; under the empty word for a kind without levels.
        absent: What becomes of a criterion that does not concern a subject.
        most_bonus: The most that bonus points add, or None for all of them.
        basis: The clause for every criterion that has none of its own.
    """

    groups: tuple[CriteriaGroup, ...]
    full: Decimal
    pass_marks: Mapping[str, Decimal]
    absent: Absent
    most_bonus: Decimal | None
    basis: Basis

    def leaves(self) -> Iterator[Criterion]:
        """Yield each criterion, in the order of the tree."""
        for group in self.groups:
            yield from leaves_of(group)


def leaves_of(group: CriteriaGroup) -> Iterator[Criterion]:
    """Yield each criterion below a group, in the order of the tree."""
    for item in group.items:
        if isinstance(item, Criterion):
            yield item
        else:
            yield from leaves_of(item)
