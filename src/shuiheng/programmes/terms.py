"""When the steps of a case are due, how long its result holds, and when it is looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from shuiheng.kernel.term import Term, same_day, term_end
from shuiheng.kernel.workday import DueDay, WorkdayCalendar
from shuiheng.programmes.case import CaseState, Course
from shuiheng.programmes.kind import OPENING, RECHECK, Deadline, Lasting, StepKind
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
        return _day_of_year(state, step, deadline.month_day)
    return _after(course.calendar, state, deadline)


def _after(calendar: WorkdayCalendar, state: CaseState, deadline: Deadline) -> DueDay | None:
    if deadline.after == OPENING:
        start = state.opened.on
    elif deadline.after in state.ended:
        start = state.ended[deadline.after].on
    else:
        return None
    return term_end(start, deadline.term, calendar=calendar) if deadline.term is not None else None


def _day_of_year(state: CaseState, step: StepKind, month_day: tuple[int, int]) -> DueDay:
    """Return the first such day from the end of the steps before."""
    before = [state.ended[name].on for name in step.after if name in state.ended]
    start = max(before, default=state.opened.on)
    found = _in_year(start.year, month_day)
    day = found if found >= start else _in_year(start.year + 1, month_day)
    return DueDay(on=day, named=day)


def _in_year(year: int, month_day: tuple[int, int]) -> date:
    month, day = month_day
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, day - 1)
