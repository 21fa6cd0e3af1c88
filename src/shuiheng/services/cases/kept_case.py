"""What a case comes to, kept in its columns, so that lists and counts need not read its events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from shuiheng.adapters.records.models import CaseHolding, ProgrammeCase
from shuiheng.programmes.case import CaseState, Course, Phase, open_steps
from shuiheng.programmes.events import CaseEvent
from shuiheng.programmes.living import Holding, living_status
from shuiheng.programmes.tally import tally_of
from shuiheng.programmes.terms import due_on, recheck_due_on, term_of
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Asked
from shuiheng.services.cases.kept_tally import tally_json
from shuiheng.services.rules.rulebook_now import area_of_city

KEPT = (
    "phase",
    "reached_level",
    "number",
    "last_on",
    "reached_on",
    "valid_until",
    "recheck_on",
    "due_on",
    "open_steps",
    "amounts",
    "tally",
    "event_count",
    "holding",
)


def keep_state(
    row: ProgrammeCase, course: Course, state: CaseState, events: Sequence[CaseEvent], book: Rulebook
) -> None:
    """Set the kept columns of a case to what its events come to; nothing is saved.

    Args:
        row: The case.
        course: By what it is judged.
        state: What the events come to.
        events: All of its events.
        book: The rules of its city.
    """
    kind = course.kind
    asked = Asked(area=area_of_city(row.place), on=state.last_on)
    row.phase = state.phase.value
    row.reached_level, row.number = state.level, state.number
    row.last_on, row.valid_until = state.last_on, state.valid_until
    row.reached_on = state.levels[0].on if state.levels else None
    is_reached = state.phase is Phase.REACHED
    row.recheck_on = (
        recheck_due_on(state, term_of(kind.result.recheck_every, book, asked)) if is_reached else None
    )
    row.open_steps = list(open_steps(kind, state))
    row.due_on = _first_due(course, state, row)
    row.amounts = {name: str(amount) for name, amount in state.amounts.items()}
    unfrozen = replace(course, frozen_until=None)
    row.tally = tally_json(tally_of(unfrozen, str(row.pk), events))
    row.event_count = len(events)
    row.holding = _holding(row, state)


def _first_due(course: Course, state: CaseState, row: ProgrammeCase) -> date | None:
    """Return the first day by which an open step, or the recheck of a result, is due."""
    dues = [due_on(course, state, course.kind.step(name)) for name in row.open_steps]
    days = [due.on for due in dues if due is not None]
    return min([*days, *([row.recheck_on] if row.recheck_on is not None else [])], default=None)


def _holding(row: ProgrammeCase, state: CaseState) -> str:
    """Return how the result holds on the day of the last event; what readings broke stays broken."""
    found = living_status(state, on=state.last_on, recheck_due_on=row.recheck_on).holding
    if found in (Holding.VALID, Holding.RECHECK_DUE) and row.risks:
        return CaseHolding.AT_RISK.value
    return found.value
