"""From when to when a case counts, derived once from its events; every count of any day reads only this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from shuiheng.programmes.case import ALIVE, CaseState, Course, LevelReached, Phase
from shuiheng.programmes.case_state import apply
from shuiheng.programmes.errors import NotOpenedError
from shuiheng.programmes.events import CaseEvent
from shuiheng.programmes.kind import CountRule

NEXT_DAY = timedelta(days=1)


class Lost(StrEnum):
    """Why a case no longer counts; what was returned, refused or given up was never truly reached."""

    EXPIRED = "expired"
    REVOKED = "revoked"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedSpan:
    """A run of days on which a case counts.

    Args:
        first_on: The first of them.
        lost_on: The first day on which it no longer counts, or None without end.
        why: Why it ends; empty without end.
    """

    first_on: date
    lost_on: date | None = None
    why: Lost | None = None

    def holds(self, on: date) -> bool:
        """Return whether the case counts on a day."""
        return self.first_on <= on and (self.lost_on is None or on < self.lost_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseChange:
    """A phase and the day from which a case was in it."""

    phase: Phase
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedAmount:
    """An amount and the day from which it holds."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTally:
    """All that counts ask of a case (统计口径).

    Args:
        case: Its key.
        subject: What it is about.
        district: The district that it is counted in.
        aimed: The level that was aimed at.
        phases: Its phases, in their order.
        levels: Levels that were reached, in their order.
        spans: By count rule, the days on which it counts.
        amounts: By measure, the amounts, in their order.
    """

    case: str
    subject: str
    district: str
    aimed: str
    phases: tuple[PhaseChange, ...]
    levels: tuple[LevelReached, ...]
    spans: Mapping[str, tuple[CountedSpan, ...]]
    amounts: Mapping[str, tuple[DatedAmount, ...]]

    def phase_on(self, on: date) -> Phase | None:
        """Return the phase at the end of a day; None before it was opened."""
        found = [each.phase for each in self.phases if each.on <= on]
        return found[-1] if found else None

    def amount_on(self, measure: str, on: date) -> Decimal | None:
        """Return the amount of a measure as it was known to hold on a day."""
        found = [each.amount for each in self.amounts.get(measure, ()) if each.on <= on]
        return found[-1] if found else None

    def level_on(self, on: date) -> str:
        """Return the highest level that was reached by a day."""
        found = [each.level for each in self.levels if each.on <= on]
        return found[-1] if found else ""


def tally_of(course: Course, case: str, events: Iterable[CaseEvent]) -> CaseTally:
    """Return from when to when a case counts, by its events (统计口径).

    Raises:
        CaseError: There is no event, or one may not happen.
    """
    state: CaseState | None = None
    phases: list[PhaseChange] = []
    spans: dict[str, list[CountedSpan]] = {rule.id: [] for rule in course.kind.counts}
    amounts: dict[str, list[DatedAmount]] = {}
    for event in events:
        before, state = state, apply(course, state, event)
        if before is None or before.phase is not state.phase:
            phases.append(PhaseChange(phase=state.phase, on=event.on))
        for rule in course.kind.counts:
            _follow(spans[rule.id], rule, state, event.on)
        for measure, amount in state.amounts.items():
            if before is None or before.amounts.get(measure) != amount:
                amounts.setdefault(measure, []).append(DatedAmount(on=event.on, amount=amount))
    if state is None:
        raise NotOpenedError("nothing")
    return CaseTally(
        case=case,
        subject=state.opened.subject,
        district=state.opened.district,
        aimed=state.opened.level,
        phases=tuple(phases),
        levels=state.levels,
        spans={name: tuple(found) for name, found in spans.items()},
        amounts={name: tuple(found) for name, found in amounts.items()},
    )


def _follow(spans: list[CountedSpan], rule: CountRule, state: CaseState, on: date) -> None:
    """Bring the last span to what the state says after an event of a day."""
    last = spans[-1] if spans else None
    is_running = last is not None and last.holds(on)
    counts = state.phase in ALIVE and rule.step in state.ended
    if not counts:
        if last is not None and is_running:
            spans[-1] = replace(last, lost_on=on, why=_why(state))
        if state.phase is Phase.WITHDRAWN:  # what had expired before was a mistake, too
            spans[:] = [replace(span, why=Lost.UNDONE) for span in spans]
        return
    end = state.valid_until + NEXT_DAY if state.valid_until is not None else None
    if end is not None and end <= on:
        return
    first = last.first_on if last is not None and is_running else on
    span = CountedSpan(first_on=first, lost_on=end, why=None if end is None else Lost.EXPIRED)
    if last is not None and is_running:
        spans[-1] = span
    else:
        spans.append(span)


def _why(state: CaseState) -> Lost:
    return Lost.REVOKED if state.phase is Phase.REVOKED else Lost.UNDONE
