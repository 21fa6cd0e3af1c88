"""A case as it stands (事项): its phase, what has ended, its evidence and what was reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shuiheng.kernel.term import Term, TermUnit, term_end
from shuiheng.kernel.workday import WorkdayCalendar
from shuiheng.programmes.events import NO_AMOUNTS, EvidenceAdded, Opened, StepEnded
from shuiheng.programmes.kind import EvidenceNeed, ProgrammeKind, StepKind


class Phase(StrEnum):
    """How far a case has come (办理状态)."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    REACHED = "reached"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


BEFORE_AWARD = (Phase.PLANNED, Phase.UNDER_WAY)
ALIVE = (*BEFORE_AWARD, Phase.REACHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of evidence as it stands (佐证材料).

    Args:
        added: How it was added.
        is_accepted: What a second person said of it; None before.
        is_used: Whether it served its turn: a recheck or upgrade that has ended, or a try that was sent back.
    """

    added: EvidenceAdded
    is_accepted: bool | None = None
    is_used: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelReached:
    """A level and the day on which it was given; an empty word for a kind without levels."""

    level: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseState:
    """A case as it stands after its events (办理状态).

    Args:
        opened: How it was opened.
        phase: How far it has come.
        last_on: Day of its last event.
        ended: The end of each step that has ended and was not returned since.
        published: Day from which each result lies open.
        evidence: Evidence by key.
        objections: Whether each objection was upheld; None while it is open.
        levels: Levels that were reached, in their order.
        amounts: What it adds, by measure.
        number: Number of its certificate or record.
        valid_until: Last day of what was given, or None.
    """

    opened: Opened
    phase: Phase
    last_on: date
    ended: Mapping[str, StepEnded] = field(default_factory=dict)
    published: Mapping[str, date] = field(default_factory=dict)
    evidence: Mapping[str, Piece] = field(default_factory=dict)
    objections: Mapping[str, bool | None] = field(default_factory=dict)
    levels: tuple[LevelReached, ...] = ()
    amounts: Mapping[str, Decimal] = field(default_factory=lambda: NO_AMOUNTS)
    number: str = ""
    valid_until: date | None = None

    @property
    def level(self) -> str:
        """Return the highest level that was reached; empty before."""
        return self.levels[-1].level if self.levels else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """By what the events of a case are judged.

    Args:
        kind: The kind of which the case is, in the version under which it was opened.
        calendar: Workdays.
        frozen_until: Last day of the periods that were reported and are closed, or None.
    """

    kind: ProgrammeKind
    calendar: WorkdayCalendar
    frozen_until: date | None = None


def waits_for(kind: ProgrammeKind, state: CaseState, step: StepKind) -> tuple[str, ...]:
    """Return the steps that must still end before a step can.

    An optional one holds nothing up; what it rests on itself must have ended all the same.
    """
    found: list[str] = []
    for each in (kind.step(name) for name in step.after if name not in state.ended):
        found += waits_for(kind, state, each) if each.is_optional else [each.id]
    return tuple(dict.fromkeys(found))


def open_steps(kind: ProgrammeKind, state: CaseState) -> tuple[str, ...]:
    """Return the steps that can end next, in their order."""
    if state.phase not in ALIVE:
        return ()
    waiting = (each for each in kind.steps if each.id not in state.ended)
    return tuple(each.id for each in waiting if not waits_for(kind, state, each))


def missing_evidence(state: CaseState, step: StepKind) -> tuple[str, ...]:
    """Return the kinds of evidence of which a step has not enough (佐证材料)."""
    return tuple(need.kind for need in step.evidence if _pieces(state, step.id, need) < need.least)


def last_open_day(course: Course, state: CaseState, step: StepKind) -> date:
    """Return the last day on which objections are taken against a published result (公示期)."""
    term = Term(count=step.publication_days or 0, unit=TermUnit.WORKDAYS)
    return term_end(state.published[step.id], term, calendar=course.calendar).on


def _pieces(state: CaseState, step: str, need: EvidenceNeed) -> int:
    """Return how many pieces meet a need: none that was rejected or used, accepted ones where it asks so."""
    return sum(
        piece.added.step == step
        and piece.added.kind == need.kind
        and not piece.is_used
        and (piece.is_accepted is True or (piece.is_accepted is None and not need.is_reviewed))
        for piece in state.evidence.values()
    )
