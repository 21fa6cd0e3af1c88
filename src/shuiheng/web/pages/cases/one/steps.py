"""The steps of a case as its page shows them: what has ended, what is open and what it still needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shuiheng.adapters.records.models import Account, CaseEvidence, ProgrammeCase
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.kernel.workday import DueDay
from shuiheng.programmes.case import (
    ALIVE,
    CaseState,
    Course,
    Phase,
    last_open_day,
    missing_evidence,
    open_steps,
)
from shuiheng.programmes.events import StepEnded
from shuiheng.programmes.kind import RECHECK, UPGRADE, EvidenceNeed, ProgrammeKind, StepKind, StepOutcome
from shuiheng.programmes.terms import due_on
from shuiheng.web.pages.rules.shown import language

PHOTO = "photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNeed:
    """Evidence that a step needs, with what is there.

    Args:
        need: What is needed.
        word: Its kind in words.
        name: What it has to show.
        pieces: What was brought.
        is_missing: Whether there is not enough of it.
        is_photo: Whether a camera makes it.
    """

    need: EvidenceNeed
    word: str
    name: str
    pieces: Sequence[CaseEvidence]
    is_missing: bool
    is_photo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """A step of a case.

    Args:
        step: The step.
        name: Its name.
        state: `ended`, `open`, `waiting`, `skipped` or `left`.
        who: Who may end it, in words.
        ended: How it ended, or None.
        person: Who ended it, or None.
        due: When it is due, or None.
        is_late: Whether that day has passed.
        needs: Its evidence.
        further: Evidence of it that nothing asks for.
        own: Words and names as whom the reader may end it.
        outcomes: How it may end.
        published_on: Since when its result lies open, or None.
        open_until: Last day on which it lies open, or None.
        levels: Ids and names of the levels that it may give.
    """

    step: StepKind
    name: str
    state: str
    who: str
    ended: StepEnded | None
    person: Account | None
    due: DueDay | None
    is_late: bool
    needs: Sequence[ShownNeed]
    further: Sequence[CaseEvidence]
    own: Sequence[tuple[str, str]]
    outcomes: Sequence[str]
    published_on: date | None
    open_until: date | None
    levels: Sequence[tuple[str, str]]

    @property
    def is_lying_open(self) -> bool:
        """Return whether its result lies open and it has not ended."""
        return self.published_on is not None and self.ended is None

    @property
    def has_pieces(self) -> bool:
        """Return whether any evidence of it is there."""
        return bool(self.further) or any(each.pieces for each in self.needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDesk:
    """What the steps of a case are shown by, read once.

    Args:
        row: The case.
        course: By what it is judged.
        state: What its events come to.
        own: Words as whom the reader acts.
        people: Accounts of those who entered something.
        evidence: All its evidence.
        on: The day.
    """

    row: ProgrammeCase
    course: Course
    state: CaseState
    own: Collection[str]
    people: Mapping[int, Account]
    evidence: Sequence[CaseEvidence]
    on: date


def shown_steps(desk: StepDesk) -> list[ShownStep]:
    """Return the steps of a case in their order; those after the award once it was given."""
    result = desk.course.kind.result
    later = (each for each in (result.recheck, result.upgrade) if each is not None)
    is_reached = bool(desk.state.levels)
    return [_shown(desk, step) for step in (*desk.course.kind.steps, *(later if is_reached else ()))]


def who_words(step: StepKind) -> str:
    """Return who may end a step."""
    actors = programme_words().actors
    return ("、" if language() == "zh" else ", ").join(actors[word].names[language()] for word in step.who)


def _shown(desk: StepDesk, step: StepKind) -> ShownStep:
    state, ended = desk.state, desk.state.ended.get(step.id)
    due = None if ended is not None and step.id not in (RECHECK, UPGRADE) else _due(desk, step)
    pieces = [each for each in desk.evidence if each.step == step.id]
    asked = {need.kind for need in step.evidence}
    lacking = missing_evidence(state, step)
    published = state.published.get(step.id)
    actors = programme_words().actors
    return ShownStep(
        step=step,
        name=step.names[language()],
        state=_state(desk, step, ended),
        who=who_words(step),
        ended=ended,
        person=desk.people.get(int(ended.by)) if ended is not None else None,
        due=due,
        is_late=due is not None and due.on < desk.on and state.phase in ALIVE,
        needs=[_need(need, pieces, lacking) for need in step.evidence],
        further=[each for each in pieces if each.kind not in asked],
        own=[(word, actors[word].names[language()]) for word in step.who if word in desk.own],
        outcomes=_outcomes(step),
        published_on=published,
        open_until=None if published is None else last_open_day(desk.course, state, step),
        levels=_levels(desk.course.kind, state, step),
    )


def _state(desk: StepDesk, step: StepKind, ended: StepEnded | None) -> str:
    if step.id in (RECHECK, UPGRADE):
        if desk.state.phase is not Phase.REACHED:
            return "left"
        is_highest = step.id == UPGRADE and not _levels(desk.course.kind, desk.state, step)
        return "left" if is_highest else "open"
    if ended is not None:
        return "ended"
    if desk.state.phase not in ALIVE:
        return "left"
    if step.id in open_steps(desk.course.kind, desk.state):
        return "open"
    return "skipped" if step.is_optional and desk.state.phase is Phase.REACHED else "waiting"


def _due(desk: StepDesk, step: StepKind) -> DueDay | None:
    if step.id == RECHECK and desk.row.recheck_on is not None:
        return DueDay(on=desk.row.recheck_on, named=desk.row.recheck_on)
    return due_on(desk.course, desk.state, step)


def _need(need: EvidenceNeed, pieces: Sequence[CaseEvidence], lacking: Collection[str]) -> ShownNeed:
    return ShownNeed(
        need=need,
        word=programme_words().evidence[need.kind][language()],
        name=need.names[language()],
        pieces=[each for each in pieces if each.kind == need.kind],
        is_missing=need.kind in lacking,
        is_photo=need.kind == PHOTO,
    )


def _outcomes(step: StepKind) -> list[str]:
    possible = {StepOutcome.GO_ON, StepOutcome.REFUSE} if step.id == RECHECK else step.outcomes
    return [each.value for each in StepOutcome if each in possible]


def _levels(kind: ProgrammeKind, state: CaseState, step: StepKind) -> list[tuple[str, str]]:
    """Return the levels that a step may give: any at the award, higher ones at an upgrade."""
    levels = kind.result.levels
    if step.id == UPGRADE:
        possible = levels[levels.index(state.level) + 1 :] if state.level in levels else ()
    else:
        possible = levels if step.id == kind.result.step else ()
    words = programme_words().levels
    return [(each, words[each][language()]) for each in possible]
