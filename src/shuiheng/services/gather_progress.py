"""Gather what a half-year report says from the register: tasks, targets, districts, who is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.models import (
    Organisation,
    Progress,
    RegisterTarget,
    RegisterTask,
    ReportingPeriod,
    TaskParty,
)
from shuiheng.adapters.records.queries_reports import ReportRows, report_rows
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.status_rows import expected_of
from shuiheng.kernel.period import Period
from shuiheng.plans import Operator, TargetKind
from shuiheng.plans.task_status import TaskStatus as ComputedStatus
from shuiheng.reports.model import Quality
from shuiheng.reports.progress import (
    Demand,
    DistrictProgress,
    HalfYearProgress,
    MissingFiling,
    TargetProgress,
    TargetVerdict,
    TaskProgress,
    TaskStatus,
)
from shuiheng.services.missing_units import missing_units
from shuiheng.services.progress_rules import expected_roles
from shuiheng.services.task_status import status_sentence, statuses_of

NAME_LENGTH = 60
Statuses = dict[int, ComputedStatus]


def gather_progress(seen: Sight, period: ReportingPeriod, *, as_of: date | None = None) -> HalfYearProgress:
    """Return everything that the progress report of a period says, within sight.

    Only what was accepted is told; what was filed and not accepted counts as missing data.

    Args:
        seen: What the writer of the report may see.
        period: The period.
        as_of: The day for which it holds; today unless told.
    """
    day = as_of or timezone.localdate()
    rows = report_rows(seen, period)
    statuses = statuses_of(rows.tasks, today=day)
    missing = missing_units(seen, period)
    return HalfYearProgress(
        plan_title=period.plan.title,
        period=Period(period.starts_on, period.ends_on),
        as_of=day,
        tasks=tuple(_task(task, rows, statuses) for task in rows.tasks),
        targets=tuple(_target(target, rows, day) for target in rows.targets),
        districts=tuple(_districts(rows, statuses)),
        missing=tuple(
            MissingFiling(
                unit=unit.organisation.name,
                due_on=period.due_on,
                days_late=unit.days_late(day),
                task_ids=tuple(f"task:{task.pk}" for task in unit.tasks),
            )
            for unit in missing
        ),
        filing_units=tuple(
            dict.fromkeys(
                part.organisation.name
                for task in rows.tasks
                for part in expected_of(_parts(task), expected_roles())
            )
        ),
    )


def _task(
    task: RegisterTask, rows: ReportRows, statuses: Statuses, *, unit: Organisation | None = None
) -> TaskProgress:
    """Return one task as its units reported it, or as one unit did."""
    wanted = [unit.pk] if unit else [part.organisation_id for part in _parts(task)]
    reports = [rows.reports[task.pk, key] for key in wanted if (task.pk, key) in rows.reports]
    status = statuses[task.pk]
    value, measure = _one_value(reports)
    filed = [timezone.localdate(report.filed_at) for report in reports if report.filed_at]
    return TaskProgress(
        task_id=f"task:{task.pk}",
        name=_short(task.text),
        path=tuple(part for part in task.path_text.split(" / ") if part),
        lead=_units(task, "lead"),
        status=TaskStatus(status.status.value),
        reason=status_sentence(status, language="zh").says,
        due_on=task.due_on,
        done=_joined(reports, "done_text"),
        value=value,
        unit=measure,
        obstacle=_joined(reports, "obstacles"),
        next_step=_joined(reports, "next_step"),
        filed_on=max(filed) if filed else None,
    )


def _joined(reports: Sequence[Progress], field: str) -> str:
    """Return what the units said, each with its name when there is more than one."""
    said = [(report.organisation.name, getattr(report, field).strip()) for report in reports]
    said = [(name, text) for name, text in said if text]
    if len(said) == 1:
        return " ".join(said[0][1].split())
    return "；".join(f"{name}：{' '.join(text.split()).rstrip('。；;')}" for name, text in said)


def _one_value(reports: Iterable[Progress]) -> tuple[Decimal | None, str | None]:
    """Return the value when the reports state exactly one, else none: two cannot be one figure."""
    values = [(row.value, row.target.unit) for report in reports for row in report.values.all()]
    return values[0] if len(values) == 1 else (None, None)


def _target(
    target: RegisterTarget,
    rows: ReportRows,
    day: date,
    *,
    unit: Organisation | None = None,
    share: Decimal | None = None,
) -> TargetProgress:
    value, report = _stated(target, rows, unit)
    demand = Demand(
        kind=TargetKind(target.kind),
        op=Operator(target.op),
        value=share if share is not None else target.value,
        upper=target.value_max if share is None else None,
        unit=target.unit or None,
        base_year=target.baseline_year,
        words="" if target.value is not None else target.quote,
    )
    return TargetProgress(
        target_id=f"target:{target.pk}" if unit is None else f"target:{target.pk}:{unit.pk}",
        name=f"{target.metric}（{target.scope}）" if target.scope else target.metric,
        demand=demand,
        verdict=_verdict(demand, value, target.deadline, day),
        deadline=target.deadline,
        value=value,
        quality=Quality.DECLARED if value is not None else Quality.MISSING,
        sources=(f"progress:{report.pk}",) if report is not None else (),
    )


def _stated(
    target: RegisterTarget, rows: ReportRows, unit: Organisation | None
) -> tuple[Decimal, Progress] | tuple[None, None]:
    """Return the value that a target has reached: that of a leading unit before that of others.

    Two units that state different values for the same target in the same part leave it unknown.
    """
    leads = {
        (task.pk, part.organisation_id) for task in rows.tasks for part in _parts(task) if part.role == "lead"
    }
    stated = [
        (row.value, report, key in leads)
        for key, report in rows.reports.items()
        if unit is None or key[1] == unit.pk
        for row in report.values.all()
        if row.target_id == target.pk
    ]
    best = [each for each in stated if each[2]] or stated
    if len({value for value, _, _ in best}) != 1:
        return None, None
    return best[0][0], best[0][1]


def _verdict(demand: Demand, value: Decimal | None, deadline: date | None, day: date) -> TargetVerdict:
    """Return whether a declared value reaches the demand; before the deadline nothing else is judged."""
    if value is None or demand.value is None:
        return TargetVerdict.UNKNOWN
    upper = demand.upper if demand.upper is not None else demand.value
    is_met = {
        Operator.AT_LEAST: value >= demand.value,
        Operator.ABOVE: value > demand.value,
        Operator.AT_MOST: value <= demand.value,
        Operator.BELOW: value < demand.value,
        Operator.EQUAL: value == demand.value,
        Operator.RANGE: demand.value <= value <= upper,
    }[demand.op]
    if is_met:
        return TargetVerdict.MET
    return TargetVerdict.BEHIND if deadline is not None and deadline < day else TargetVerdict.UNKNOWN


def _districts(rows: ReportRows, statuses: Statuses) -> Iterable[DistrictProgress]:
    for district in rows.districts:
        tasks = [
            _task(task, rows, statuses, unit=district)
            for task in rows.tasks
            if any(part.organisation_id == district.pk for part in _parts(task))
        ]
        shares = [
            _target(share.target, rows, timezone.localdate(), unit=district, share=share.value)
            for share in rows.shares.get(district.place_id, ())
        ]
        if tasks or shares:
            yield DistrictProgress(name=district.name, tasks=tuple(tasks), shares=tuple(shares))


def _parts(task: RegisterTask) -> list[TaskParty]:
    return list(getattr(task, "current_parties", ()))


def _units(task: RegisterTask, role: str) -> tuple[str, ...]:
    return tuple(part.organisation.name for part in _parts(task) if part.role == role)


def _short(text: str) -> str:
    """Return the first clause of a task, as the office calls it."""
    first = text.split("。", maxsplit=1)[0].strip()
    return first if len(first) <= NAME_LENGTH else f"{first[:NAME_LENGTH]}…"
