"""The machine of a case: events go in, a state comes out; what may not happen is an error with a code.

Days of events never fall, so that the events up to a day are a history of their own, and counts of a past day
stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from shuiheng.programmes.case import (
    ALIVE,
    BEFORE_AWARD,
    CaseState,
    Course,
    Phase,
    Piece,
    last_open_day,
    waits_for,
)
from shuiheng.programmes.errors import (
    ClosedCaseError,
    DayOrderError,
    EvidenceExistsError,
    FrozenPeriodError,
    MissingWordError,
    NoObjectionError,
    NoPublicationError,
    NotOpenedError,
    NotOpenOnDayError,
    ObjectionExistsError,
    ObjectionLateError,
    PublishedTwiceError,
    SamePersonError,
    SettledEvidenceError,
    StepNotOpenError,
    UnknownEvidenceError,
    UnknownReasonError,
)
from shuiheng.programmes.events import (
    CaseEvent,
    EvidenceAdded,
    EvidenceReviewed,
    Objected,
    ObjectionSettled,
    Opened,
    Published,
    Revoked,
    StepEnded,
    Withdrawn,
)
from shuiheng.programmes.step_end import check_level, end_step


def replay(course: Course, events: Iterable[CaseEvent]) -> CaseState:
    """Return what the events of a case come to.

    Raises:
        CaseError: There is no event, or one may not happen.
    """
    state = None
    for event in events:
        state = apply(course, state, event)
    if state is None:
        raise NotOpenedError("nothing")
    return state


def apply(course: Course, state: CaseState | None, event: CaseEvent) -> CaseState:
    """Return what a case comes to by one more event.

    Raises:
        CaseError: The event may not happen.
    """
    name = type(event).__name__
    if course.frozen_until is not None and event.on <= course.frozen_until:
        raise FrozenPeriodError(name, event.on, course.frozen_until)
    if isinstance(event, Opened):
        if state is not None:
            raise NotOpenedError(name)
        return _opened(course, event)
    if state is None:
        raise NotOpenedError(name)
    if event.on < state.last_on:
        raise DayOrderError(name, event.on, state.last_on)
    return replace(_taken(course, state, event), last_on=event.on)


def _taken(course: Course, state: CaseState, event: CaseEvent) -> CaseState:
    match event:
        case StepEnded():
            after = end_step(course, state, event)
        case EvidenceAdded():
            after = _evidence_added(course, state, event)
        case EvidenceReviewed():
            after = _evidence_reviewed(state, event)
        case Published():
            after = _published(course, state, event)
        case Objected():
            after = _objected(course, state, event)
        case ObjectionSettled():
            after = _settled(state, event)
        case Withdrawn():
            after = _withdrawn(state, event)
        case Revoked():
            after = _revoked(course, state, event)
        case Opened():
            raise NotOpenedError("Opened")
    return after


def _opened(course: Course, event: Opened) -> CaseState:
    if not course.kind.is_open_on(event.on):
        raise NotOpenOnDayError(course.kind.id, event.on)
    check_level(course.kind, event.level)
    return CaseState(opened=event, phase=Phase.PLANNED, last_on=event.on)


def _evidence_added(course: Course, state: CaseState, event: EvidenceAdded) -> CaseState:
    course.kind.step(event.step)
    if state.phase not in ALIVE:
        raise ClosedCaseError("evidence", state.phase)
    if event.key in state.evidence:
        raise EvidenceExistsError(event.key)
    return replace(state, evidence={**state.evidence, event.key: Piece(added=event)})


def _evidence_reviewed(state: CaseState, event: EvidenceReviewed) -> CaseState:
    piece = state.evidence.get(event.key)
    if piece is None:
        raise UnknownEvidenceError(event.key)
    if piece.is_accepted is not None:
        raise SettledEvidenceError(event.key)
    if piece.added.by == event.by:
        raise SamePersonError(f"evidence {event.key}", event.by)
    if state.phase not in ALIVE:
        raise ClosedCaseError("review of evidence", state.phase)
    return replace(
        state, evidence={**state.evidence, event.key: replace(piece, is_accepted=event.is_accepted)}
    )


def _published(course: Course, state: CaseState, event: Published) -> CaseState:
    step = course.kind.step(event.step)
    waiting = waits_for(course.kind, state, step)
    if state.phase not in ALIVE:
        raise ClosedCaseError("publication", state.phase)
    if step.publication_days is None:
        raise NoPublicationError(step.id)
    if waiting or step.id in state.ended:
        raise StepNotOpenError(step.id, waiting)
    if step.id in state.published:
        raise PublishedTwiceError(step.id)
    return replace(state, published={**state.published, step.id: event.on})


def _objected(course: Course, state: CaseState, event: Objected) -> CaseState:
    running = [course.kind.step(name) for name in state.published if name not in state.ended]
    lasts = [last_open_day(course, state, step) for step in running] if state.phase in ALIVE else []
    if event.on > max(lasts, default=date.min):
        raise ObjectionLateError(event.key, event.on)
    if event.key in state.objections:
        raise ObjectionExistsError(event.key)
    return replace(state, objections={**state.objections, event.key: None})


def _settled(state: CaseState, event: ObjectionSettled) -> CaseState:
    if state.phase not in ALIVE or state.objections.get(event.key, True) is not None:
        raise NoObjectionError(event.key)
    return replace(state, objections={**state.objections, event.key: event.is_upheld})


def _withdrawn(state: CaseState, event: Withdrawn) -> CaseState:
    if state.phase not in (ALIVE if event.is_mistake else BEFORE_AWARD):
        raise ClosedCaseError("withdrawal", state.phase)
    if not event.reason.strip():
        raise MissingWordError("withdrawal", "reason")
    return replace(state, phase=Phase.WITHDRAWN, number="" if event.is_mistake else state.number)


def _revoked(course: Course, state: CaseState, event: Revoked) -> CaseState:
    if state.phase is not Phase.REACHED:
        raise ClosedCaseError("revocation", state.phase)
    known = [each.id for each in course.kind.result.revocations]
    if event.reason not in known:
        raise UnknownReasonError(event.reason, known)
    return replace(state, phase=Phase.REVOKED)
