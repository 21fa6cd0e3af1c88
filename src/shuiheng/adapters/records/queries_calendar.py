"""Everything of the register that falls on a day: tasks, targets, periods, items to mend, meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from shuiheng.adapters.records.models import (
    Meeting,
    PermitFact,
    Rectification,
    RectificationState,
    RegisterTarget,
    RegisterTask,
    ReportingPeriod,
)
from shuiheng.adapters.records.queries_chasing import period_name
from shuiheng.adapters.records.sight import Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """Something that falls on a day.

    Args:
        on: The day.
        kind: `task`, `target`, `period`, `rectification`, `meeting`, `permit`, `renewal`, `duty`, or of cases
            `case`, `case_recheck`, `case_end` and `case_public`.
        key: Key of its row, for a stable name in other calendars.
        title: What it is.
        plan: Title of the plan.
        is_provisional: Whether the workday table does not reach that far yet.
        is_moved: Whether a free day moved it.
    """

    on: date
    kind: str
    key: str
    title: str
    plan: str
    is_provisional: bool = False
    is_moved: bool = False


def register_days(seen: Sight, first: date, last: date) -> list[CalendarDay]:
    """Return due days of tasks and deadlines of targets in sight, from `first` to `last`."""
    tasks = seen(RegisterTask).filter(withdrawn_at__isnull=True, due_on__range=(first, last))
    targets = seen(RegisterTarget).filter(withdrawn_at__isnull=True, deadline__range=(first, last))
    found = [
        CalendarDay(on=row.due_on, kind="task", key=f"task-{row.pk}", title=row.text, plan=row.plan.title)
        for row in tasks.select_related("plan")
        if row.due_on is not None
    ]
    found += [
        CalendarDay(
            on=row.deadline, kind="target", key=f"target-{row.pk}", title=row.quote, plan=row.plan.title
        )
        for row in targets.select_related("plan")
        if row.deadline is not None
    ]
    return found


def period_days(seen: Sight, first: date, last: date) -> list[CalendarDay]:
    """Return the due days of reporting periods in sight."""
    rows = seen(ReportingPeriod).filter(due_on__range=(first, last)).select_related("plan")
    return [
        CalendarDay(
            on=row.due_on, kind="period", key=f"period-{row.pk}", title=period_name(row), plan=row.plan.title
        )
        for row in rows
    ]


def rectification_days(seen: Sight, first: date, last: date) -> list[CalendarDay]:
    """Return the deadlines of rectification items in sight that are not closed."""
    rows = seen(Rectification).exclude(state=RectificationState.CLOSED).filter(due_on__range=(first, last))
    return [
        CalendarDay(
            on=row.due_on,
            kind="rectification",
            key=f"rectification-{row.pk}",
            title=row.fault,
            plan=row.plan.title,
        )
        for row in rows.select_related("plan")
    ]


def meeting_days(seen: Sight, first: date, last: date) -> list[CalendarDay]:
    """Return the meetings in sight."""
    rows = seen(Meeting).filter(held_on__range=(first, last)).select_related("plan")
    return [
        CalendarDay(
            on=row.held_on, kind="meeting", key=f"meeting-{row.pk}", title=row.title, plan=row.plan.title
        )
        for row in rows
    ]


def permit_days(seen: Sight, first: date, last: date) -> list[CalendarDay]:
    """Return the last days of permits in sight that end from `first` to `last`."""
    rows = seen(PermitFact).filter(superseded_at__isnull=True, expires_on__range=(first, last))
    rows = rows.filter(valid_from__lte=F("expires_on"))
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=F("expires_on")))
    return [
        CalendarDay(
            on=row.expires_on,
            kind="permit",
            key=f"permit-{row.subject_id}",
            title=f"{row.subject.number} {row.subject.source.user.organisation.name}",
            plan="",
        )
        for row in rows.select_related("subject__source__user__organisation")
        if row.expires_on is not None
    ]
