"""When the steps of a case are due, how long its result holds, and when it is looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from shuiheng.kernel.term import Term, same_day, term_end
from shuiheng.kernel.workday import DueDay
from shuiheng.programmes.case import CaseState, Course, waits_for
from shuiheng.programmes.kind import OPENING, RECHECK, Deadline, Lasting, ProgrammeKind, StepKind
from shuiheng.rules.errors import NotInForceError
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Asked


def term_of(lasting: Lasting, book: Rulebook, asked: Asked) -> Term | None:
    """Return the term that holds in a place on a day (期限), or None for without end.

    A rule of the place that gives no whole number above 0 for the field does not speak of it.
    """
    if not lasting.rule:
        return lasting.term
    try:
        value = book.value(lasting.rule, asked).value
    except NotInForceError:
        return lasting.term
    count = value.get(lasting.part) if isinstance(value, Mapping) else value
    if not isinstance(count, Decimal) or count <= 0 or count != count.to_integral_value():
        return lasting.term
    return Term(count=int(count), unit=lasting.unit)


def valid_until(on: date, term: Term | None) -> date | None:
    """Return the last day of a result that was given on a day, or None for without end."""
    return None if term is None else same_day(on, term)


def recheck_due_on(state: CaseState, term: Term | None) -> date | None:
    """Return the day by which a result has to be looked at again, or None when it never is."""
    if term is None or not state.levels:
        return None
    last = state.ended.get(RECHECK)
    return same_day(max(state.levels[-1].on, last.on if last else date.min), term)


def due_on(course: Course, state: CaseState, step: StepKind) -> DueDay | None:
    """Return the day by which a step is due (办理期限); None without one, or while its start is not known."""
    deadline = step.deadline
    if deadline is None:
        return None
    if deadline.month_day is not None:
        return _day_of_year(_free_on(course.kind, state, step), deadline.month_day)
    start = _runs_from(course.kind, state, step, deadline)
    if start is None or deadline.term is None:
        return None
    return term_end(start, deadline.term, calendar=course.calendar)


def _runs_from(kind: ProgrammeKind, state: CaseState, step: StepKind, deadline: Deadline) -> date | None:
    """Return the day from which a term runs: past an optional step not taken, from the steps before."""
    if deadline.after == OPENING:
        return state.opened.on
    if deadline.after in state.ended:
        return state.ended[deadline.after].on
    if not kind.step(deadline.after).is_optional or waits_for(kind, state, step):
        return None
    return _free_on(kind, state, step)


def _free_on(kind: ProgrammeKind, state: CaseState, step: StepKind) -> date:
    """Return the day on which the last of the steps before it ended, past optional ones that nobody took."""
    days = [state.opened.on]
    for each in (kind.step(name) for name in step.after):
        if each.id in state.ended:
            days.append(state.ended[each.id].on)
        elif each.is_optional:
            days.append(_free_on(kind, state, each))
    return max(days)


def _day_of_year(start: date, month_day: tuple[int, int]) -> DueDay:
    """Return the first such day from a day on."""
    found = _in_year(start.year, month_day)
    day = found if found >= start else _in_year(start.year + 1, month_day)
    return DueDay(on=day, named=day)


def _in_year(year: int, month_day: tuple[int, int]) -> date:
    month, day = month_day
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, day - 1)
