"""A row of a workbook of cases as the events that it tells, and a case as such a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count

from django.db.models import prefetch_related_objects

from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.adapters.workbooks import Value
from shuiheng.programmes.case import CaseState, Course
from shuiheng.programmes.case_state import apply, replay
from shuiheng.programmes.criteria import NO_LEVEL
from shuiheng.programmes.errors import (
    AmountError,
    BelowMarkError,
    CaseError,
    LevelError,
    MissingWordError,
    NotOpenOnDayError,
    NotPublishedError,
    StillPublishedError,
)
from shuiheng.programmes.events import (
    CaseEvent,
    EvidenceAdded,
    EvidenceReviewed,
    Opened,
    Published,
    StepEnded,
)
from shuiheng.programmes.kind import ProgrammeKind, StepKind
from shuiheng.programmes.terms import term_of, valid_until
from shuiheng.rules.parameter import Asked
from shuiheng.services.cases import case_form as form
from shuiheng.services.cases.case_course import course_of_history, kind_of
from shuiheng.services.cases.keep_case import Desk, events_of
from shuiheng.services.cases.subjects import Subject
from shuiheng.services.rules.rulebook_now import area_of_city

Row = Mapping[str, Value]
_PLACES = {
    BelowMarkError: form.SCORE,
    LevelError: form.LEVEL,
    NotOpenOnDayError: form.OPENED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """Who tells what stands in a workbook: who sent it, and the second person who takes it in."""

    first: str
    second: str


class RowFaultError(Exception):
    """A row tells what a case cannot be; `column` is the key of the cell to mend."""

    def __init__(self, column: str, code: str, values: Mapping[str, str]) -> None:
        super().__init__(code)
        self.column, self.code, self.values = column, code, values


def has_steps(row: Row) -> bool:
    """Return whether a row tells of steps that have ended."""
    return any(name.startswith(form.ENDED) and value is not None for name, value in row.items())


def case_of_row(
    desk: Desk, row: Row, subject: Subject, district: int, persons: Persons
) -> tuple[CaseState, list[CaseEvent]]:
    """Return what a row comes to, and the events that it tells.

    Raises:
        RowFaultError: A case cannot be so.
    """
    state: CaseState | None = None
    events: list[CaseEvent] = []
    for column, event in _events(desk, row, subject, district, persons):
        try:
            state = apply(desk.course, state, event)
        except CaseError as error:
            place = _place(error, column, row)
            raise RowFaultError(place, error.code, _said(desk.course.kind, error.values)) from error
        events.append(event)
    if state is None:
        raise RowFaultError(form.OPENED, "programmes.not_opened", {})
    return state, events


def rows_of_cases(cases: Sequence[ProgrammeCase]) -> Iterator[tuple[ProgrammeCase, dict[str, Value]]]:
    """Yield cases with their rows of the workbook of their kind; what has no column is left out.

    Events and versions of kinds are read once for all.
    """
    prefetch_related_objects(cases, "events")
    courses: dict[tuple[int, str, int], Course] = {}
    for row in cases:
        version = (row.place_id, row.kind, row.kind_version)
        if version not in courses:
            courses[version] = course_of_history(kind_of(row))
        course = courses[version]
        yield row, _row_of_case(row, course.kind, replay(course, events_of(row)))


def _row_of_case(row: ProgrammeCase, kind: ProgrammeKind, state: CaseState) -> dict[str, Value]:
    names = {level: name for name, level in form.level_names(kind).items()}
    found: dict[str, Value] = {
        form.CASE: str(row.pk),
        form.NAME: row.subject_name,
        form.DISTRICT: row.district.name,
        form.OPENED: row.opened_on,
        form.NUMBER: row.number or None,
        form.UNTIL: row.valid_until,
        form.LEVEL: names.get(row.reached_level or row.level),
        form.SCORE: row.score_lowest if row.score_lowest == row.score_highest else None,
        form.NOTE: row.note or None,
    }
    if row.user is not None:
        found[form.USER] = row.user.number
    found |= {f"{form.ENDED}{name}": event.on for name, event in state.ended.items()}
    found |= {f"{form.PUBLISHED}{name}": on for name, on in state.published.items()}
    found |= {f"{form.MEASURE}{name}": amount for name, amount in state.amounts.items()}
    return found


def _events(
    desk: Desk, row: Row, subject: Subject, district: int, persons: Persons
) -> Iterator[tuple[str, CaseEvent]]:
    """Yield each event with the column of the cell that tells it."""
    kind, level = desk.course.kind, form.level_names(desk.course.kind).get(str(row.get(form.LEVEL) or ""), "")
    opened_on = _day(row, form.OPENED)
    if opened_on is None:
        return
    yield (
        form.OPENED,
        Opened(on=opened_on, by=persons.first, subject=subject.key, district=str(district), level=level),
    )
    ended_by: dict[str, str] = {}
    numbers = count(1)
    for step in kind.steps:
        column, published = f"{form.ENDED}{step.id}", f"{form.PUBLISHED}{step.id}"
        laid_open = _day(row, published)
        if laid_open is not None:
            yield published, Published(on=laid_open, by=persons.first, step=step.id)
        on = _day(row, column)
        if on is None:
            continue
        for event in _evidence(step, on, persons, numbers):
            yield column, event
        taken = {ended_by.get(each) for each in step.other_than}
        by = persons.first if persons.first not in taken else persons.second
        ended_by[step.id] = by
        yield column, _ended(desk, row, step, on, by)


def _evidence(step: StepKind, on: date, persons: Persons, numbers: Iterator[int]) -> Iterator[CaseEvent]:
    """Yield what a step needs as paper, under the keys that a person's own evidence would have."""
    for need in step.evidence:
        for _ in range(need.least):
            key = f"e{next(numbers)}"
            yield EvidenceAdded(on=on, by=persons.first, key=key, step=step.id, kind=need.kind)
            if need.is_reviewed:
                yield EvidenceReviewed(on=on, by=persons.second, key=key, is_accepted=True)


def _ended(desk: Desk, row: Row, step: StepKind, on: date, by: str) -> StepEnded:
    kind = desk.course.kind
    gives = step.id == kind.result.step
    until = _day(row, form.UNTIL)
    if gives and until is None:
        asked = Asked(area=area_of_city(desk.place), on=on)
        until = valid_until(on, term_of(kind.result.validity, desk.book, asked))
    return StepEnded(
        on=on,
        by=by,
        actor=step.who[0],
        step=step.id,
        number=str(row.get(form.NUMBER) or "") if step.needs_number else "",
        valid_until=until if gives else None,
        amounts=_amounts(kind, row) if gives else {},
        passed_levels=_passed(kind, row) if step.needs_score else frozenset(),
    )


def _amounts(kind: ProgrammeKind, row: Row) -> Mapping[str, Decimal]:
    given = {each.id: row.get(f"{form.MEASURE}{each.id}") for each in kind.measures}
    return {name: value for name, value in given.items() if isinstance(value, Decimal)}


def _passed(kind: ProgrammeKind, row: Row) -> frozenset[str]:
    """Return the levels whose mark the score on paper reached; none without a score."""
    score = row.get(form.SCORE)
    if kind.criteria is None:
        return frozenset({NO_LEVEL, *kind.result.levels})
    if not isinstance(score, Decimal):
        return frozenset()
    return frozenset(level for level, mark in kind.criteria.pass_marks.items() if score >= mark)


def _said(kind: ProgrammeKind, values: Mapping[str, str]) -> Mapping[str, str]:
    """Return what fills a sentence, with the names of steps and words in place of their ids."""
    steps = {each.id: each.names["zh"] for each in kind.steps}
    words = {"number": "证书或文件编号", "valid_until": "有效期"}
    named = {"step": steps, "waits_for": steps, "word": words}
    return {
        name: "、".join(named[name].get(part, part) for part in value.split(", ")) if name in named else value
        for name, value in values.items()
    }


def _place(error: CaseError, column: str, row: Row) -> str:
    """Return the column of the cell to mend."""
    wanted = _PLACES.get(type(error), column)
    if isinstance(error, MissingWordError):
        wanted = {"number": form.NUMBER, "valid_until": form.UNTIL}.get(error.values.get("word", ""), column)
    if isinstance(error, NotPublishedError | StillPublishedError):
        wanted = column.replace(form.ENDED, form.PUBLISHED, 1)
    if isinstance(error, AmountError):
        wanted = column
    return wanted if wanted in row else column


def _day(row: Row, name: str) -> date | None:
    value = row.get(name)
    return value if isinstance(value, date) else None
