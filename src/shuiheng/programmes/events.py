"""What happens to a case, as dated events; a case is nothing but the list of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from shuiheng.programmes.kind import StepOutcome

NO_AMOUNTS: Mapping[str, Decimal] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """The day of an event and the person who entered it."""

    on: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Happened):
    """A case was opened.

    Args:
        subject: Key of what it is about.
        district: Key of the district that it is counted in.
        level: The level that is aimed at; empty for the lowest, or for a kind without levels.
    """

    subject: str
    district: str
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAdded(Happened):
    """Evidence was added for a step.

    Args:
        key: Its key, once in a case.
        step: The step.
        kind: Kind of the evidence.
    """

    key: str
    step: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceReviewed(Happened):
    """A second person accepted or rejected evidence."""

    key: str
    is_accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Published(Happened):
    """The result was laid open to objections."""

    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected(Happened):
    """Somebody objected while the result lay open; `key` once in a case."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionSettled(Happened):
    """An objection was answered; one that is upheld keeps the case from going on."""

    key: str
    is_upheld: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEnded(Happened):
    """A step ended; `recheck` and `upgrade` name the steps after the award.

    Args:
        actor: As whom the person ended it.
        step: The step.
        outcome: How it ended.
        reason: Why it was returned or refused.
        number: Number of the certificate or record.
        level: The level that is given; empty for the one that was aimed at.
        valid_until: Last day of what the award or recheck gives; None where it has no end.
        amounts: What the case adds, by measure; what is missing stays unknown.
        passed_levels: Levels of which the score surely reached the mark on that day; the empty word for a
            kind without levels, nothing where no score is asked.
    """

    actor: str
    step: str
    outcome: StepOutcome = StepOutcome.GO_ON
    reason: str = ""
    number: str = ""
    level: str = ""
    valid_until: date | None = None
    amounts: Mapping[str, Decimal] = field(default_factory=lambda: NO_AMOUNTS)
    passed_levels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Happened):
    """The subject or the office gave the case up before its award.

    Args:
        reason: Why.
        is_mistake: Whether it should never have been entered; then it may have been reached already, its
            number is free again, and it counts as never reached.
    """

    reason: str
    is_mistake: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked(Happened):
    """The result was taken away; `reason` is one that the kind names."""

    reason: str


CaseEvent: TypeAlias = (
    "Opened | EvidenceAdded | EvidenceReviewed | Published | Objected | ObjectionSettled | StepEnded "
    "| Withdrawn | Revoked"
)
