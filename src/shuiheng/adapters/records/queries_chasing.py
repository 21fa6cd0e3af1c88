"""Who has not reported for a period: the first thing that the office sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from shuiheng.adapters.records.models import (
    Message,
    Organisation,
    PeriodKind,
    Progress,
    ProgressState,
    RegisterTask,
    ReportingPeriod,
    TaskParty,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.status_rows import expected_of

REPORTED = (ProgressState.FILED, ProgressState.REVIEWED, ProgressState.ACCEPTED, ProgressState.FROZEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingUnit:
    """A unit that lacks reports for a period.

    Args:
        organisation: The unit.
        period: The period.
        tasks: The tasks that it must report and has not, in the plan's order.
        returned: How many of them were filed and came back.
        last_message: When the office last wrote to it about this period, by any channel.
    """

    organisation: Organisation
    period: ReportingPeriod
    tasks: Sequence[RegisterTask]
    returned: int
    last_message: datetime | None

    @property
    def count(self) -> int:
        """How many reports are missing."""
        return len(self.tasks)

    @property
    def period_name(self) -> str:
        """The period in words, as documents print it."""
        return period_name(self.period)

    def days_late(self, today: date) -> int:
        """Return for how many days the reports are late; 0 before and on the due day."""
        return max(0, (today - self.period.due_on).days)


def period_name(period: ReportingPeriod) -> str:
    """Return a period as documents print it: 2026年上半年, 2026年第三季度, 2026年5月, 2026年."""
    year, month = period.starts_on.year, period.starts_on.month
    if period.kind == PeriodKind.HALF_YEAR:
        return f"{year}年{'上' if month == 1 else '下'}半年"
    if period.kind == PeriodKind.QUARTER:
        return f"{year}年第{'一二三四'[(month - 1) // 3]}季度"
    return f"{year}年{month}月" if period.kind == PeriodKind.MONTH else f"{year}年"


def open_periods(seen: Sight) -> list[ReportingPeriod]:
    """Return the periods that are not frozen, the newest first."""
    rows = seen(ReportingPeriod).filter(frozen_at__isnull=True).select_related("plan__place")
    return list(rows.order_by("-starts_on", "plan_id"))


def missing_reports(
    seen: Sight, period: ReportingPeriod, *, expected_roles: Sequence[str]
) -> list[MissingUnit]:
    """Return the units that must report a task and have not, those that miss most first.

    Args:
        seen: What the reader may see.
        period: The period.
        expected_roles: Parts that must report; where a task has none of them, all parts must.
    """
    missing, reports = _missing_parts(seen, period, expected_roles)
    keys = {part.task_id for parts in missing.values() for part in parts}
    tasks = {task.pk: task for task in RegisterTask.objects.filter(pk__in=keys)}
    organisations = {row.pk: row for row in Organisation.objects.filter(pk__in=missing)}
    written = (
        seen(Message)
        .filter(period=period, kind__startswith="reminder", organisation__in=missing)
        .values("organisation")
        .annotate(last=Max("created_at"))
        .values_list("organisation", "last")
    )
    last = dict(written)
    units = [
        MissingUnit(
            organisation=organisations[unit],
            period=period,
            tasks=[tasks[row.task_id] for row in rows],
            returned=sum(reports.get((row.task_id, unit)) == ProgressState.RETURNED for row in rows),
            last_message=last.get(unit),
        )
        for unit, rows in missing.items()
    ]
    return sorted(units, key=lambda unit: (-unit.count, unit.organisation.order, unit.organisation.pk))


def missing_counts(seen: Sight, period: ReportingPeriod, *, expected_roles: Sequence[str]) -> tuple[int, int]:
    """Return how many units lack reports for a period, and how many reports are missing."""
    missing, _ = _missing_parts(seen, period, expected_roles)
    return len(missing), sum(len(parts) for parts in missing.values())


def _missing_parts(
    seen: Sight, period: ReportingPeriod, expected_roles: Sequence[str]
) -> tuple[dict[int, list[TaskParty]], dict[tuple[int, int], str]]:
    """Return the parts without a report by unit, and the state of each report by task and unit."""
    parts = seen(TaskParty).filter(
        to_on__isnull=True, task__plan=period.plan_id, task__withdrawn_at__isnull=True
    )
    by_task: dict[int, list[TaskParty]] = defaultdict(list)
    for part in parts.only("task", "organisation", "role").order_by("task__order", "task_id", "order", "pk"):
        by_task[part.task_id].append(part)
    filed = seen(Progress).filter(period=period).values_list("task", "organisation", "state")
    reports = {(task, unit): state for task, unit, state in filed}
    missing: dict[int, list[TaskParty]] = defaultdict(list)
    for group in by_task.values():
        for part in expected_of(group, expected_roles):
            if reports.get((part.task_id, part.organisation_id)) not in REPORTED:
                missing[part.organisation_id].append(part)
    return missing, reports
