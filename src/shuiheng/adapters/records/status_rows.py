"""What is recorded about tasks of the register, as the facts from which their status is computed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.models import (
    Progress,
    ProgressState,
    ProgressValue,
    RegisterTarget,
    RegisterTask,
    ReportingPeriod,
    TaskParty,
    TaskStep,
)
from shuiheng.plans.task_status import MilestoneFact, TargetFact, TaskFacts

GOOD = (ProgressState.ACCEPTED, ProgressState.FROZEN)
CLAIMED = (*GOOD, ProgressState.FILED, ProgressState.REVIEWED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """The columns of a report that a status needs."""

    period: int
    ends_on: date
    organisation: int
    state: str
    is_complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """All rows about some tasks, by the key of the task or plan."""

    parties: dict[int, list[TaskParty]]
    reports: dict[int, list[ReportRow]]
    targets: dict[int, list[RegisterTarget]]
    values: dict[int, Decimal]
    steps: dict[int, list[TaskStep]]
    periods: dict[int, list[ReportingPeriod]]


def task_facts(
    tasks: Sequence[RegisterTask], *, today: date, expected_roles: Sequence[str]
) -> dict[int, TaskFacts]:
    """Return the facts about each task by its key, in a fixed number of queries.

    Args:
        tasks: Tasks; whoever asks has seen to it that they may be seen.
        today: The day for which they hold.
        expected_roles: The parts in a task that must report.
    """
    keys = [task.pk for task in tasks]
    recorded = Recorded(
        parties=_parties(keys),
        reports=_reports(keys),
        targets=_targets(keys),
        values=_values(keys),
        steps=_steps(keys),
        periods=_periods({task.plan_id for task in tasks}),
    )
    return {task.pk: _facts(task, recorded, today=today, expected_roles=expected_roles) for task in tasks}


def expected_of(parties: Iterable[TaskParty], expected_roles: Sequence[str]) -> list[TaskParty]:
    """Return the parts that must report: those of the expected roles, or all where there are none."""
    rows = list(parties)
    return [party for party in rows if party.role in expected_roles] or rows


def _facts(
    task: RegisterTask, recorded: Recorded, *, today: date, expected_roles: Sequence[str]
) -> TaskFacts:
    expected = expected_of(recorded.parties.get(task.pk, ()), expected_roles)
    reports = recorded.reports.get(task.pk, [])
    units = {party.organisation_id for party in expected}
    started = timezone.localdate(task.created_at)
    return TaskFacts(
        due_on=task.due_on,
        started_on=started,
        is_complete=_all_say(reports, units, GOOD),
        is_claimed=_all_say(reports, units, CLAIMED),
        has_reports=any(row.state in GOOD for row in reports),
        missed=_missed(recorded.periods.get(task.plan_id, ()), expected, reports, today),
        targets=tuple(_target(row, recorded.values.get(row.pk)) for row in recorded.targets.get(task.pk, ())),
        milestones=tuple(
            MilestoneFact(name=step.title, due_on=step.due_on, done_on=step.done_on)
            for step in recorded.steps.get(task.pk, ())
        ),
    )


def _all_say(reports: list[ReportRow], units: set[int], states: Iterable[str]) -> bool:
    """Whether the last report of every unit, among those in `states`, says that its part is complete."""
    last = {row.organisation: row for row in reports if row.state in states}
    return bool(units) and all(unit in last and last[unit].is_complete for unit in units)


def _missed(
    periods: Iterable[ReportingPeriod], expected: Sequence[TaskParty], reports: list[ReportRow], today: date
) -> tuple[date, ...]:
    """Due days of the periods for which a unit that had its part then has filed nothing."""
    filed = {(row.period, row.organisation) for row in reports if row.state in CLAIMED}
    finished = {row.organisation: row.ends_on for row in reports if row.state in GOOD and row.is_complete}
    missed = []
    for period in periods:
        if period.due_on >= today:
            continue
        owing = [party.organisation_id for party in expected if party.from_on <= period.ends_on]
        owing = [unit for unit in owing if unit not in finished or finished[unit] >= period.ends_on]
        if any((period.pk, unit) not in filed for unit in owing):
            missed.append(period.due_on)
    return tuple(sorted(missed))


def _target(row: RegisterTarget, reached: Decimal | None) -> TargetFact:
    return TargetFact(
        name=row.metric,
        op=row.op,
        value=row.value if row.value is not None else Decimal(0),
        value_max=row.value_max,
        deadline=row.deadline,
        is_count=row.kind == "count",
        reached=reached,
        unit=row.unit,
        quote=row.quote,
    )


def _parties(keys: list[int]) -> dict[int, list[TaskParty]]:
    found: dict[int, list[TaskParty]] = defaultdict(list)
    for row in TaskParty.objects.filter(task__in=keys, to_on__isnull=True):
        found[row.task_id].append(row)
    return found


def _reports(keys: list[int]) -> dict[int, list[ReportRow]]:
    """Reports by task, the latest period last."""
    found: dict[int, list[ReportRow]] = defaultdict(list)
    rows = Progress.objects.filter(task__in=keys).order_by("period__ends_on", "period", "pk")
    wanted = ("task_id", "period_id", "period__ends_on", "organisation_id", "state", "is_complete")
    for task, period, ends_on, organisation, state, is_complete in rows.values_list(*wanted):
        found[task].append(
            ReportRow(
                period=period,
                ends_on=ends_on,
                organisation=organisation,
                state=state,
                is_complete=is_complete,
            )
        )
    return found


def _targets(keys: list[int]) -> dict[int, list[RegisterTarget]]:
    found: dict[int, list[RegisterTarget]] = defaultdict(list)
    for row in RegisterTarget.objects.filter(task__in=keys, withdrawn_at__isnull=True, value__isnull=False):
        if row.task_id is not None:
            found[row.task_id].append(row)
    return found


def _values(keys: list[int]) -> dict[int, Decimal]:
    """The value of each target that was accepted last."""
    rows = ProgressValue.objects.filter(progress__task__in=keys, progress__state__in=GOOD)
    rows = rows.order_by("progress__period__ends_on", "progress__accepted_at", "pk")
    return dict(rows.values_list("target_id", "value"))


def _steps(keys: list[int]) -> dict[int, list[TaskStep]]:
    found: dict[int, list[TaskStep]] = defaultdict(list)
    for row in TaskStep.objects.filter(task__in=keys, removed_at__isnull=True):
        found[row.task_id].append(row)
    return found


def _periods(plans: set[int]) -> dict[int, list[ReportingPeriod]]:
    found: dict[int, list[ReportingPeriod]] = defaultdict(list)
    for row in ReportingPeriod.objects.filter(plan__in=plans):
        found[row.plan_id].append(row)
    return found
