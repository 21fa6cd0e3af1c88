"""Batches of cases (事项批次): whose they are, how the log tells them, and how one is taken back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    CaseAnswer,
    CaseBatch,
    CaseComment,
    Organisation,
    ProgrammeCase,
)
from shuiheng.adapters.records.models import CaseEvent as EventRow
from shuiheng.programmes.case_state import apply, replay
from shuiheng.programmes.events import CaseEvent, Withdrawn
from shuiheng.services.cases.case_course import course_of, course_of_history, kind_of
from shuiheng.services.cases.event_rows import event_content, read_event, sort_of
from shuiheng.services.cases.kept_case import KEPT, keep_state
from shuiheng.services.errors import ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, reaches, require
from shuiheng.services.rules.rulebook_now import rulebook_now
from shuiheng.services.scope import row_for

CHECKED, QUEUED, TAKEN, UNDONE = "checked", "queued", "taken", "undone"
OPEN_WORK, TAKE_WORK = "open", "take"
MADE = "made"  # in the content of a batch: how many events it brought to each of its cases
REASON, AT_ONCE = 300, 500


def own_unit(account: Account) -> Organisation:
    """Return the unit for which an account keeps cases."""
    unit: Organisation = reaches(account, Action.CASES_KEEP)[0][0].organisation
    return unit


def tell_batch(
    account: Account,
    batch: CaseBatch,
    action: str,
    *,
    cases: Sequence[int] = (),
    reason: str = "",
) -> None:
    """Write down in the log what became of a batch, and of which cases."""
    after = {"kind": batch.kind, "state": batch.state} | ({"cases": list(cases)} if cases else {})
    subject = f"case_batch:{batch.pk}"
    record_event(account, action, subject=subject, place=batch.place, reason=reason, after=after)


def untouched_cases(batch: CaseBatch) -> tuple[list[ProgrammeCase], int]:
    """Return the cases of a batch to which nothing happened since, and how many others there are."""
    said = Q(Exists(CaseComment.objects.filter(case=OuterRef("pk")))) | Q(
        Exists(CaseAnswer.objects.filter(case=OuterRef("pk")))
    )
    rows = ProgrammeCase.objects.filter(batch=batch).select_related("place").order_by("pk")
    made = batch.content.get(MADE, {})
    untouched = [row for row in rows.exclude(said) if row.event_count == made.get(str(row.pk), 1)]
    return untouched, rows.count() - len(untouched)


@transaction.atomic
def undo_batch(actor: Actor, key: int, *, reason: str) -> CaseBatch:
    """Give up every case of a batch, while nothing has happened in any of them.

    The cases stay to be looked at as given up, for nothing of their history goes; they count nowhere.

    Raises:
        WrongStateError: It was not taken in, or undone already.
        ServiceError: `case_batches.in_use`: something happened in some of its cases;
            `case_batches.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CASES_KEEP)
    batch = row_for(account, Action.CASES_KEEP, CaseBatch, lock=True, pk=key)
    words = reason.replace("\x00", "").strip()[:REASON]
    if batch.state != TAKEN:
        raise WrongStateError(batch.state)
    if not words:
        raise ServiceError("case_batches.reason_needed")
    list(ProgrammeCase.objects.select_for_update(of=("self",)).filter(batch=batch).order_by("pk"))
    cases, touched = untouched_cases(batch)
    if touched:
        raise ServiceError("case_batches.in_use", count=str(touched))
    _withdraw(account, batch, cases, words)
    batch.state, batch.undone_by, batch.undone_at = UNDONE, account, timezone.now()
    batch.save(update_fields=["state", "undone_by", "undone_at"])
    tell_batch(account, batch, "case_batch.undone", cases=[row.pk for row in cases], reason=words)
    return batch


def _withdraw(account: Account, batch: CaseBatch, cases: Sequence[ProgrammeCase], reason: str) -> None:
    if not cases:
        return
    kind = kind_of(cases[0])
    course, history, book = course_of(batch.place, kind), course_of_history(kind), rulebook_now(batch.place)
    now, on = timezone.now(), timezone.localdate()
    told: dict[int, list[CaseEvent]] = {}
    for each in EventRow.objects.filter(case__batch=batch).order_by("case", "ordinal"):
        told.setdefault(each.case_id, []).append(read_event(each))
    event = Withdrawn(on=on, by=str(account.pk), reason=reason, is_mistake=True)
    written = []
    for row in cases:
        events = told[row.pk]
        keep_state(row, course, apply(course, replay(history, events), event), [*events, event], book)
        written.append(
            EventRow(
                case=row,
                ordinal=len(events) + 1,
                sort=sort_of(event),
                on=on,
                content=event_content(event),
                entered_by=account,
                entered_at=now,
            )
        )
    EventRow.objects.bulk_create(written, batch_size=AT_ONCE)
    ProgrammeCase.objects.bulk_update(cases, KEPT, batch_size=AT_ONCE)
