"""Writing the rows of a published version."""

from __future__ import annotations

from shuiheng.adapters.records.models import (
    PlanVersion,
    PublishedDuty,
    PublishedTarget,
    PublishedTask,
    PublishedThreshold,
    TaskUnit,
)
from shuiheng.adapters.records.unit_labels import UnitLabels
from shuiheng.plans import Duty, Plan, PlanKnowledge, Target, Task, Threshold

TABLES = (PublishedTarget, PublishedDuty, PublishedThreshold, PublishedTask)
Tasks = dict[str, PublishedTask]


def clear_rows(version: PlanVersion) -> None:
    """Delete the published rows of a version; its JSON and decisions stay."""
    TaskUnit.objects.filter(task__version=version).delete()
    for table in TABLES:
        table._default_manager.filter(version=version).delete()


def write_rows(version: PlanVersion, plan: Plan, knowledge: PlanKnowledge) -> None:
    """Write the rows of `plan` in place of those that stand; call it inside a transaction."""
    clear_rows(version)
    rows = [_task(version, place, task) for place, task in enumerate(plan.tasks)]
    tasks: Tasks = {row.item: row for row in PublishedTask.objects.bulk_create(rows)}
    labels = UnitLabels(version.plan.jurisdiction, knowledge)
    TaskUnit.objects.bulk_create(
        TaskUnit(
            task=tasks[task.id],
            place=place,
            name=unit.name[:200],
            label=labels.label(unit)[:200],
            organisation=unit.organisation or "",
            role=unit.role.value,
            is_inherited=unit.is_inherited,
        )
        for task in plan.tasks
        for place, unit in enumerate(task.units)
    )
    PublishedTarget.objects.bulk_create(
        _target(version, place, target, tasks) for place, target in enumerate(plan.targets)
    )
    PublishedDuty.objects.bulk_create(
        _duty(version, place, duty, tasks) for place, duty in enumerate(plan.duties)
    )
    PublishedThreshold.objects.bulk_create(
        _threshold(version, place, threshold, tasks) for place, threshold in enumerate(plan.thresholds)
    )


def _task(version: PlanVersion, place: int, task: Task) -> PublishedTask:
    path = [heading.text for heading in task.path]
    return PublishedTask(
        version=version,
        item=task.id,
        place=place,
        page=task.page,
        span_start=task.span.start,
        span_end=task.span.end,
        confidence=task.confidence,
        number=(task.number or "")[:60],
        path=path,
        path_text=" / ".join(path),
        text=task.text,
        rule=task.rule.value,
        due=task.due,
        due_text=(task.due_text or "")[:200],
    )


def _target(version: PlanVersion, place: int, target: Target, tasks: Tasks) -> PublishedTarget:
    return PublishedTarget(
        version=version,
        item=target.id,
        place=place,
        page=target.page,
        span_start=target.span.start,
        span_end=target.span.end,
        confidence=target.confidence,
        task=tasks.get(target.task or ""),
        quote=target.quote,
        metric=target.metric[:300],
        scope=(target.scope or "")[:200],
        kind=target.kind.value,
        op=target.op.value,
        value=target.value,
        value_max=target.value_max,
        unit=(target.unit or "")[:20],
        baseline_year=target.baseline_year,
        baseline_value=target.baseline_value,
        deadline=target.deadline,
        annual=target.annual,
        stretch_op=target.stretch[0].value if target.stretch else "",
        stretch_value=target.stretch[1] if target.stretch else None,
        is_hedged=target.is_hedged,
        is_binding=target.is_binding,
        part_of=target.part_of or "",
        indicator=target.indicator.id if target.indicator else "",
    )


def _duty(version: PlanVersion, place: int, duty: Duty, tasks: Tasks) -> PublishedDuty:
    rule = duty.due_rule
    return PublishedDuty(
        version=version,
        item=duty.id,
        place=place,
        page=duty.page,
        span_start=duty.span.start,
        span_end=duty.span.end,
        confidence=duty.confidence,
        task=tasks.get(duty.task or ""),
        quote=duty.quote,
        what=duty.what[:300],
        frequency=duty.frequency[:20],
        due=(duty.due or "")[:200],
        due_rule=(
            {"months_after": rule.months_after, "day": rule.day, "is_workday": rule.is_workday}
            if rule
            else None
        ),
        reporters=list(duty.by),
        receivers=list(duty.to),
    )


def _threshold(version: PlanVersion, place: int, threshold: Threshold, tasks: Tasks) -> PublishedThreshold:
    return PublishedThreshold(
        version=version,
        item=threshold.id,
        place=place,
        page=threshold.page,
        span_start=threshold.span.start,
        span_end=threshold.span.end,
        confidence=threshold.confidence,
        task=tasks.get(threshold.task or ""),
        quote=threshold.quote,
        applies_to=threshold.applies_to[:300],
        quantity=threshold.quantity[:200],
        op=threshold.op.value,
        value=threshold.value,
        unit=threshold.unit[:20],
        effect=threshold.effect[:400],
    )
