"""Open a case, and let something happen to it: events go in, the kept columns follow, the log tells it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    CaseBatch,
    Organisation,
    Place,
    ProgrammeCase,
)
from shuiheng.adapters.records.models import CaseEvent as EventRow
from shuiheng.adapters.records.models.cases import RUNNING
from shuiheng.programmes.case import CaseState, Course
from shuiheng.programmes.case_state import apply, replay
from shuiheng.programmes.errors import CaseError
from shuiheng.programmes.events import CaseEvent, Opened
from shuiheng.rules.in_force import Rulebook
from shuiheng.services.cases.case_course import course_of, course_of_history, kind_of
from shuiheng.services.cases.event_rows import event_content, read_event, sort_of
from shuiheng.services.cases.kept_case import KEPT, keep_state
from shuiheng.services.cases.subjects import Subject
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.kinds.kinds_now import kinds_of
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.rules.rulebook_now import rulebook_now
from shuiheng.services.scope import city_above, row_for

LONGEST_NOTE, LONGEST_KEY, LONGEST_NAME = 500, 120, 200
AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A case that is to be opened (立项).

    Args:
        kind: Id of its kind.
        subject: What it is about.
        district: Key of the place in which it is counted: a district, or the city.
        on: The day.
        level: The level that is aimed at; empty for the lowest.
        commissioned: Key of a third party that works on it, or None.
        note: What is to be known of it.
    """

    kind: str
    subject: Subject
    district: int
    on: date
    level: str = ""
    commissioned: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every opening of one kind in one city is judged by, read once for many of them.

    Args:
        place: The city.
        course: The kind, workdays and what is frozen.
        book: The rules of the city.
    """

    place: Place
    course: Course
    book: Rulebook


def desk_for(place: Place, kind: str, on: date) -> Desk:
    """Return by what cases of a kind are opened in a city on a day.

    Raises:
        ServiceError: `cases.no_kind`, the city has no such kind on that day.
    """
    found = kinds_of(place, on).get(kind)
    if found is None:
        raise ServiceError("cases.no_kind", kind=kind)
    return Desk(place=place, course=course_of(place, found), book=rulebook_now(place))


def open_case(actor: Actor, opening: Opening, *, batch: CaseBatch | None = None) -> ProgrammeCase:
    """Open a case (立项).

    Raises:
        ServiceError: `cases.no_kind`, `cases.wrong_subject`, `cases.running`, `cases.future_day`, or the code
            of a CaseError: the kind is not open on that day, the level is not its own, the day is frozen.
        NotThereError, NotPermittedError: The district is not the actor's.
    """
    account = require(actor, Action.CASES_KEEP)
    with transaction.atomic():
        district = row_for(account, Action.CASES_KEEP, Place, pk=opening.district)
        if opening.commissioned is not None:
            row_for(account, Action.ORGANISATIONS_LOOK, Organisation, pk=opening.commissioned)
        desk = desk_for(city_above(district), opening.kind, opening.on)
        row, event = new_case(account, desk, opening, batch=batch)
        keep_new(account, [(row, event)])
        tell_case(account, row, "case.opened")
    return row


def new_case(
    account: Account, desk: Desk, opening: Opening, *, batch: CaseBatch | None = None
) -> tuple[ProgrammeCase, CaseEvent]:
    """Return the row of a case that is to be opened, and its opening; nothing is saved.

    Raises:
        ServiceError: As `open_case`.
    """
    kind, subject = desk.course.kind, opening.subject
    if opening.on > timezone.localdate():
        raise ServiceError("cases.future_day", day=opening.on.isoformat())
    if subject.sort != kind.subject or not subject.name.strip() or len(subject.key) > LONGEST_KEY:
        raise ServiceError("cases.wrong_subject", name=subject.name, wanted=kind.subject)
    event = Opened(
        on=opening.on,
        by=str(account.pk),
        subject=subject.key,
        district=str(opening.district),
        level=opening.level,
    )
    row = ProgrammeCase(
        place=desk.place,
        district_id=opening.district,
        organisation_id=subject.organisation,
        commissioned_id=opening.commissioned,
        user_id=subject.user,
        project_id=subject.project,
        batch=batch,
        kind=kind.id,
        kind_version=kind.version,
        subject_key=subject.key,
        subject_name=subject.name.strip()[:LONGEST_NAME],
        level=opening.level,
        opened_on=opening.on,
        note=opening.note.strip()[:LONGEST_NOTE],
        made_by=account,
        made_at=timezone.now(),
    )
    state = _said(lambda: apply(desk.course, None, event))
    keep_state(row, desk.course, state, [event], desk.book)
    return row, event


def keep_new(account: Account, opened: Sequence[tuple[ProgrammeCase, CaseEvent]]) -> None:
    """Save new cases with their openings, inside the transaction of the caller.

    Raises:
        ServiceError: `cases.running`, a subject has a case of the kind under way.
    """
    _refuse_running([row for row, _ in opened])
    try:
        with transaction.atomic():
            ProgrammeCase.objects.bulk_create([row for row, _ in opened], batch_size=AT_ONCE)
    except IntegrityError as error:
        raise ServiceError("cases.running", name=opened[0][0].subject_name) from error
    EventRow.objects.bulk_create(
        [_event_row(account, row, event, ordinal=1) for row, event in opened], batch_size=AT_ONCE
    )


def add_event(account: Account, row: ProgrammeCase, event: CaseEvent) -> CaseState:
    """Let something happen to a case that the caller has locked, and keep what it comes to.

    The caller has checked that the account may do it, and tells the log by `tell_case`.

    Raises:
        ServiceError: `cases.future_day`, or the code of the CaseError for which the case cannot take it.
    """
    if event.on > timezone.localdate():
        raise ServiceError("cases.future_day", day=event.on.isoformat())
    before = events_of(row)
    course = course_of(row.place, kind_of(row))
    state = replay(course_of_history(course.kind), before)
    after = _said(lambda: apply(course, state, event))
    EventRow.objects.bulk_create([_event_row(account, row, event, ordinal=len(before) + 1)])
    keep_state(row, course, after, [*before, event], rulebook_now(row.place))
    row.save(update_fields=KEPT)
    return after


def state_of(row: ProgrammeCase) -> CaseState:
    """Return what the events of a case come to."""
    return replay(course_of_history(kind_of(row)), events_of(row))


def events_of(row: ProgrammeCase) -> list[CaseEvent]:
    """Return the events of a case in their order; those of many cases are read at once by a prefetch."""
    return [read_event(each) for each in sorted(row.events.all(), key=lambda each: each.ordinal)]


def locked_case(account: Account, action: Action, key: int) -> ProgrammeCase:
    """Return a case that nobody else changes until the transaction ends.

    Raises:
        NotThereError: It is not there, or not the account's.
    """
    return row_for(account, action, ProgrammeCase, lock=True, pk=key)


def tell_case(account: Account, row: ProgrammeCase, action: str, *, reason: str = "", **details: str) -> None:
    """Write down in the log what happened to a case."""
    record_event(
        account,
        action,
        subject=f"case:{row.pk}",
        place=row.place,
        reason=reason,
        after={
            "kind": row.kind,
            "phase": row.phase,
            "level": row.reached_level,
            "number": row.number,
            "valid_until": None if row.valid_until is None else row.valid_until.isoformat(),
            **details,
        },
    )


def _refuse_running(rows: Sequence[ProgrammeCase]) -> None:
    wanted = {(row.kind, row.subject_key): row for row in rows}
    pairs = list(wanted)
    for start in range(0, len(pairs), AT_ONCE):
        batch = pairs[start : start + AT_ONCE]
        running = ProgrammeCase.objects.filter(
            place=rows[0].place,
            kind__in={kind for kind, _ in batch},
            subject_key__in=[key for _, key in batch],
            phase__in=RUNNING,
        )
        for pair in running.values_list("kind", "subject_key"):
            if pair in wanted:
                raise ServiceError("cases.running", name=wanted[pair].subject_name)


def _event_row(account: Account, row: ProgrammeCase, event: CaseEvent, *, ordinal: int) -> EventRow:
    return EventRow(
        case=row,
        ordinal=ordinal,
        sort=sort_of(event),
        on=event.on,
        content=event_content(event),
        entered_by=account,
        entered_at=timezone.now(),
    )


def _said(taken: Callable[[], CaseState]) -> CaseState:
    """Return a state, or say as a service why the case cannot take the event."""
    try:
        return taken()
    except CaseError as error:
        raise ServiceError(error.code, **error.values) from error
