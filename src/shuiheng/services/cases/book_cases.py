"""Write the cases that a workbook tells: the cases, their events, and their evidence that lies on paper."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.models import CaseBatch, CaseEvidence, ProgrammeCase
from shuiheng.adapters.records.models import CaseEvent as EventRow
from shuiheng.programmes.events import EvidenceAdded, EvidenceReviewed
from shuiheng.services.cases import case_form as form
from shuiheng.services.cases.book_check import NewCase
from shuiheng.services.cases.case_rows import Persons
from shuiheng.services.cases.event_rows import event_content, sort_of
from shuiheng.services.cases.keep_case import AT_ONCE, Desk, Opening, keep_new, new_case
from shuiheng.services.cases.kept_case import keep_state


def write_cases(
    batch: CaseBatch, desk: Desk, cases: Sequence[NewCase], persons: Persons
) -> list[ProgrammeCase]:
    """Write new cases with all that happened to them, inside the transaction of the caller.

    Args:
        batch: The batch; who sent it opened them.
        desk: By what they are judged.
        cases: The cases.
        persons: Who sent the workbook and who takes it in.

    Raises:
        ServiceError: One of them cannot be opened.
    """
    made = [(new_case(batch.made_by, desk, _opening(batch, each), batch=batch), each) for each in cases]
    for (row, _), each in made:
        keep_state(row, desk.course, each.state, each.events, desk.book)
        _keep_score(desk, row, each)
    keep_new(batch.made_by, [opened for opened, _ in made])
    rows = [(row, each) for (row, _), each in made]
    EventRow.objects.bulk_create(
        [event for row, each in rows for event in _later_events(row, each)], batch_size=AT_ONCE
    )
    CaseEvidence.objects.bulk_create(
        [piece for row, each in rows for piece in _evidence(row, each, persons)], batch_size=AT_ONCE
    )
    return [row for row, _ in rows]


def _opening(batch: CaseBatch, case: NewCase) -> Opening:
    return Opening(
        kind=batch.kind,
        subject=case.subject,
        district=case.district,
        on=case.state.opened.on,
        level=case.state.opened.level,
        note=str(case.row.get(form.NOTE) or ""),
    )


def _keep_score(desk: Desk, row: ProgrammeCase, case: NewCase) -> None:
    score = case.row.get(form.SCORE)
    scored = (step.id for step in desk.course.kind.steps if step.needs_score)
    days = [case.state.ended[name].on for name in scored if name in case.state.ended]
    if isinstance(score, Decimal) and days:
        row.score_lowest = row.score_highest = score
        row.scored_on = max(days)


def _later_events(row: ProgrammeCase, case: NewCase) -> list[EventRow]:
    now = timezone.now()
    return [
        EventRow(
            case=row,
            ordinal=ordinal,
            sort=sort_of(event),
            on=event.on,
            content=event_content(event),
            entered_by_id=int(event.by),
            entered_at=now,
        )
        for ordinal, event in enumerate(case.events, start=1)
        if ordinal > 1
    ]


def _evidence(row: ProgrammeCase, case: NewCase, persons: Persons) -> list[CaseEvidence]:
    now = timezone.now()
    accepted = {event.key for event in case.events if isinstance(event, EvidenceReviewed)}
    return [
        CaseEvidence(
            case=row,
            key=event.key,
            step=event.step,
            kind=event.kind,
            title=str(case.row.get(form.PAPER) or ""),
            is_paper=True,
            submitted_by_id=int(event.by),
            submitted_at=now,
            is_accepted=True if event.key in accepted else None,
            reviewed_by_id=int(persons.second) if event.key in accepted else None,
            reviewed_at=now if event.key in accepted else None,
        )
        for event in case.events
        if isinstance(event, EvidenceAdded)
    ]
