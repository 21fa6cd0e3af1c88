"""A plain recount of cases, by looking at each day anew; it shares no line with what it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shuiheng.programmes.events import (
    CaseEvent,
    EvidenceAdded,
    EvidenceReviewed,
    Opened,
    Revoked,
    StepEnded,
    Withdrawn,
)
from shuiheng.programmes.kind import StepKind, StepOutcome

LEVELS = ("city", "province")
ONE_DAY = timedelta(days=1)
BEHIND_APPLY = ("apply", "review", "publish", "award")


@dataclass
class PlainCase:
    """What a clerk would read off the events of a case up to a day."""

    done: set[str]
    level: str = ""
    until: date | None = None
    is_over: bool = False
    is_revoked: bool = False


def read(events: Sequence[CaseEvent], on: date) -> PlainCase:
    """Return what a case is at the end of a day."""
    case, aimed = PlainCase(done=set()), ""
    for event in events:
        if event.on > on:
            break
        match event:
            case Opened():
                aimed = event.level
            case StepEnded(outcome=StepOutcome.RETURN):
                case.done -= set(BEHIND_APPLY)
            case StepEnded(step="recheck", outcome=StepOutcome.REFUSE) | Revoked():
                case.is_over = case.is_revoked = True
            case Withdrawn() | StepEnded(outcome=StepOutcome.REFUSE):
                case.is_over = True
            case StepEnded(step="award"):
                case.done.add("award")
                case.level, case.until = event.level or aimed or "city", event.valid_until
            case StepEnded(step="recheck"):
                case.until = event.valid_until
            case StepEnded(step="upgrade"):
                case.level, case.until = event.level, event.valid_until or case.until
            case StepEnded():
                case.done.add(event.step)
    return case


def holds(events: Sequence[CaseEvent], on: date, *, step: str, level: str = "") -> bool:
    """Return whether a case counts on a day."""
    if not events or events[0].on > on:
        return False
    case = read(events, on)
    is_valid = case.until is None or on <= case.until
    is_high = not level or (case.level != "" and LEVELS.index(case.level) >= LEVELS.index(level))
    return step in case.done and not case.is_over and is_valid and is_high


def first_reached(events: Sequence[CaseEvent], on: date, *, step: str, level: str = "") -> date | None:
    """Return the first day of the first run of days that was not undone by a day."""
    days = sorted(day for day in _turns(events) if day <= on)
    begun: date | None = None
    for day in days:
        if step in BEHIND_APPLY and _is_returned(events, day):
            begun = None
        if holds(events, day, step=step, level=level):
            begun = begun or day
        elif begun is not None:
            if _was_undone(events, day):
                begun = None
            else:
                return begun
    return begun


def new_in_year(events: Sequence[CaseEvent], on: date, *, step: str, level: str = "") -> date | None:
    """Return the day in the year of a day on which a case was reached, when it was not taken away since."""
    begun = first_reached(events, on, step=step, level=level)
    if begun is None or begun.year != on.year:
        return None
    is_kept = holds(events, on, step=step, level=level) or not read(events, on).is_revoked
    return begun if is_kept else None


def last_days(events: Sequence[CaseEvent]) -> set[date]:
    """Return the days behind the last days that were given."""
    lasts = {event.valid_until for event in events if isinstance(event, StepEnded) and event.valid_until}
    return {last + ONE_DAY for last in lasts}


def lacks_evidence(before: Sequence[CaseEvent], step: StepKind) -> bool:
    """Return whether a step has less evidence than it needs, by reading all that happened before."""
    since = [place for place, event in enumerate(before) if _begins_anew(event, step.id)]
    fresh = before[since[-1] + 1 :] if since else before
    for need in step.evidence:
        added = {
            event.key: event.by
            for event in fresh
            if isinstance(event, EvidenceAdded) and (event.step, event.kind) == (step.id, need.kind)
        }
        said = {event.key: event for event in before if isinstance(event, EvidenceReviewed)}
        good = [
            key
            for key, by in added.items()
            if (key not in said and not need.is_reviewed)
            or (key in said and said[key].is_accepted and said[key].by != by)
        ]
        if len(good) < need.least:
            return True
    return False


LATER = ("recheck", "upgrade")


def _begins_anew(event: CaseEvent, step: str) -> bool:
    """Return whether what was shown for a step before an event serves it no more."""
    if not isinstance(event, StepEnded):
        return False
    if event.outcome is StepOutcome.RETURN:
        return step in BEHIND_APPLY[1:]
    return event.step == step and step in LATER


def _turns(events: Sequence[CaseEvent]) -> set[date]:
    """Return the days on which anything can begin or cease to count."""
    return {event.on for event in events if not isinstance(event, Opened)} | last_days(events)


def _is_returned(events: Sequence[CaseEvent], day: date) -> bool:
    """Return whether all was sent back on a day, even when it was handed in again on that very day."""
    return any(
        isinstance(event, StepEnded) and event.outcome is StepOutcome.RETURN and event.on == day
        for event in events
    )


def _was_undone(events: Sequence[CaseEvent], day: date) -> bool:
    """Return whether a run ended on a day neither by its last day nor by being taken away."""
    case = read(events, day)
    is_expired = case.until is not None and day > case.until
    return not is_expired and not case.is_revoked
