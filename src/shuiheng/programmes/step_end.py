"""The end of a step: what it needs, and what it makes of a case."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from shuiheng.programmes.case import (
    ALIVE,
    BEFORE_AWARD,
    CaseState,
    Course,
    LevelReached,
    Phase,
    last_open_day,
    missing_evidence,
    waits_for,
)
from shuiheng.programmes.criteria import NO_LEVEL
from shuiheng.programmes.errors import (
    AmountError,
    BadOutcomeError,
    BelowMarkError,
    ClosedCaseError,
    LevelError,
    MissingEvidenceError,
    MissingWordError,
    NotPublishedError,
    ObjectionLeftError,
    ObjectionUpheldError,
    SamePersonError,
    StepNotOpenError,
    StillPublishedError,
    WrongActorError,
)
from shuiheng.programmes.events import StepEnded
from shuiheng.programmes.kind import (
    RECHECK,
    UPGRADE,
    WITHOUT_END,
    ProgrammeKind,
    StepKind,
    StepOutcome,
    steps_behind,
)


def end_step(course: Course, state: CaseState, event: StepEnded) -> CaseState:
    """Return the case after a step has ended.

    Raises:
        CaseError: The step may not end, or not in this way.
    """
    step = course.kind.step(event.step)
    _check_open(course.kind, state, step)
    _check_person(state, step, event)
    possible = {StepOutcome.GO_ON, StepOutcome.REFUSE} if step.id == RECHECK else step.outcomes
    if event.outcome not in possible:
        raise BadOutcomeError(step.id, event.outcome, possible)
    _check_amounts(course.kind, event.amounts)
    if event.outcome is StepOutcome.GO_ON:
        _check_may_go_on(course, state, step, event)
        return _gone_on(course.kind, state, event)
    if not event.reason.strip():
        raise MissingWordError(step.id, "reason")
    if event.outcome is StepOutcome.RETURN:
        return _returned(course.kind, state, step, event)
    return _refused(course.kind, state, event)


def check_level(kind: ProgrammeKind, level: str) -> None:
    """Raise LevelError unless a level is one of the kind, or is left open."""
    if level and level not in kind.result.levels:
        raise LevelError(level, kind.result.levels)


def _check_open(kind: ProgrammeKind, state: CaseState, step: StepKind) -> None:
    if step.id in (RECHECK, UPGRADE):
        if state.phase is not Phase.REACHED:
            raise ClosedCaseError(step.id, state.phase)
        return
    if state.phase not in ALIVE:
        raise ClosedCaseError(step.id, state.phase)
    waiting = waits_for(kind, state, step)
    if waiting or step.id in state.ended:
        raise StepNotOpenError(step.id, waiting)


def _check_person(state: CaseState, step: StepKind, event: StepEnded) -> None:
    if event.actor not in step.who:
        raise WrongActorError(step.id, event.actor, step.who)
    others = {state.ended[each].by for each in step.other_than if each in state.ended}
    if event.by in others:
        raise SamePersonError(step.id, event.by)


def _check_amounts(kind: ProgrammeKind, amounts: Mapping[str, Decimal]) -> None:
    known = [each.id for each in kind.measures]
    for measure, amount in amounts.items():
        if measure not in known or not amount.is_finite() or amount < 0:
            raise AmountError(measure, known)


def _check_may_go_on(course: Course, state: CaseState, step: StepKind, event: StepEnded) -> None:
    lacking = missing_evidence(state, step)
    if lacking:
        raise MissingEvidenceError(step.id, lacking)
    if step.needs_score and _level_of(course.kind, state, event) not in event.passed_levels:
        raise BelowMarkError(step.id)
    if step.needs_number and not event.number.strip():
        raise MissingWordError(step.id, "number")
    if step.publication_days is not None:
        _check_publication(course, state, step, event)
    if step.id == course.kind.result.step:
        _check_award(course.kind, state, event)
    if step.id in (course.kind.result.step, RECHECK, UPGRADE):
        _check_validity(course.kind, state, event)


def _level_of(kind: ProgrammeKind, state: CaseState, event: StepEnded) -> str:
    """Return the level that a step is about: given, else reached, else aimed at, else the lowest."""
    lowest = kind.result.levels[0] if kind.result.levels else NO_LEVEL
    return event.level or state.level or state.opened.level or lowest


def _check_award(kind: ProgrammeKind, state: CaseState, event: StepEnded) -> None:
    """Raise CaseError unless the level exists and the scores of the steps before reached its mark."""
    check_level(kind, event.level)
    scored = [state.ended[step.id] for step in kind.steps if step.needs_score and step.id in state.ended]
    if any(_level_of(kind, state, event) not in each.passed_levels for each in scored):
        raise BelowMarkError(event.step)


def _check_publication(course: Course, state: CaseState, step: StepKind, event: StepEnded) -> None:
    if step.id not in state.published:
        raise NotPublishedError(step.id)
    last = last_open_day(course, state, step)
    if event.on <= last:
        raise StillPublishedError(step.id, last)
    if None in state.objections.values():
        raise ObjectionLeftError(step.id)
    if True in state.objections.values():
        raise ObjectionUpheldError(step.id)


def _check_validity(kind: ProgrammeKind, state: CaseState, event: StepEnded) -> None:
    """Raise MissingWordError unless what is given holds on the day on which it is given."""
    until = event.valid_until
    if until is None and event.step == UPGRADE:
        until = state.valid_until
    has_end = kind.result.validity != WITHOUT_END
    if (until is None and has_end) or (until is not None and until < event.on):
        raise MissingWordError(event.step, "valid_until")


def _gone_on(kind: ProgrammeKind, state: CaseState, event: StepEnded) -> CaseState:
    ended = {**state.ended, event.step: event}
    amounts = {**state.amounts, **event.amounts}
    number = event.number or state.number
    after = replace(state, ended=ended, amounts=amounts, number=number)
    if event.step == kind.result.step:
        return _reached(kind, after, event)
    if event.step == RECHECK:
        return replace(_used(after, {RECHECK}), valid_until=event.valid_until)
    if event.step == UPGRADE:
        return _risen(kind, after, event)
    return after if after.phase is not Phase.PLANNED else replace(after, phase=Phase.UNDER_WAY)


def _reached(kind: ProgrammeKind, state: CaseState, event: StepEnded) -> CaseState:
    return replace(
        state,
        phase=Phase.REACHED,
        levels=(LevelReached(level=_level_of(kind, state, event), on=event.on),),
        valid_until=event.valid_until,
    )


def _risen(kind: ProgrammeKind, state: CaseState, event: StepEnded) -> CaseState:
    higher = kind.result.levels[kind.result.levels.index(state.level) + 1 :]
    if event.level not in higher:
        raise LevelError(event.level, higher)
    levels = (*state.levels, LevelReached(level=event.level, on=event.on))
    until = event.valid_until if event.valid_until is not None else state.valid_until
    return replace(_used(state, {UPGRADE}), levels=levels, valid_until=until)


def _used(state: CaseState, steps: Collection[str]) -> CaseState:
    """Return the case with the evidence of steps set aside, so that the next time they need their own."""
    evidence = {
        key: replace(piece, is_used=True) if piece.added.step in steps else piece
        for key, piece in state.evidence.items()
    }
    return replace(state, evidence=evidence)


def _returned(kind: ProgrammeKind, state: CaseState, step: StepKind, event: StepEnded) -> CaseState:
    """Return the case with the step that is sent back, and all that rest on it, open again.

    What was handed in for that step stays and is added to; the steps behind it need new evidence.
    """
    again = steps_behind(kind.steps, step.returns_to)
    if kind.result.step in again and kind.result.step in state.ended:
        raise ClosedCaseError(event.step, state.phase)
    lies_open = again & set(state.published)
    return replace(
        _used(state, again - {step.returns_to}),
        phase=Phase.UNDER_WAY if state.phase in BEFORE_AWARD else state.phase,
        ended={name: end for name, end in state.ended.items() if name not in again},
        published={name: day for name, day in state.published.items() if name not in again},
        objections={} if lies_open else state.objections,
    )


def _refused(kind: ProgrammeKind, state: CaseState, event: StepEnded) -> CaseState:
    ended = {**state.ended, event.step: event}
    if event.step == RECHECK:
        return replace(_used(state, {RECHECK}), ended=ended, phase=Phase.REVOKED)
    if state.phase is Phase.REACHED:
        raise ClosedCaseError(event.step, state.phase)
    return replace(state, ended=ended, phase=Phase.REFUSED)
