"""Let the register follow what is published of a plan: tasks, targets, and the units that answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    PlanDocument,
    PublishedTarget,
    PublishedTask,
    RegisterTarget,
    RegisterTask,
    TaskOrigin,
)
from shuiheng.services.events import record_event
from shuiheng.services.name_initials import name_initials
from shuiheng.services.pair_items import Known, pair_items
from shuiheng.services.sync_parties import sync_parties

Row = TypeVar("Row", RegisterTask, RegisterTarget)
TASK_FIELDS = [
    "version",
    "item",
    "published",
    "number",
    "path_text",
    "text",
    "initials",
    "due_on",
    "order",
    "withdrawn_at",
]
TARGET_FIELDS = [
    "task",
    "item",
    "published",
    "quote",
    "metric",
    "scope",
    "kind",
    "op",
    "value",
    "value_max",
    "unit",
    "baseline_year",
    "deadline",
    "is_annual",
    "order",
    "withdrawn_at",
]


@dataclass(slots=True)
class Followed:
    """What a run did to the tasks of the register, by their keys."""

    new: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)
    revived: list[int] = field(default_factory=list)


@transaction.atomic
def sync_register(plan: PlanDocument, *, by: Account | None) -> Followed:
    """Make the register hold what is published of a plan now, in one transaction.

    A published item becomes a task or target of the register, or stays the one that it was
    in an earlier version, by its words. What is no longer published is withdrawn: it keeps
    its reports and comes back as the same row when it is published again. A due day that a
    person set with a reason, and units that a person assigned, stay.

    Args:
        plan: The plan; none of its versions need be published.
        by: Who caused it, for the log.

    Returns:
        Which tasks are new, changed, withdrawn and back again.
    """
    PlanDocument.objects.select_for_update().get(pk=plan.pk)
    followed, tasks = _sync_tasks(plan)
    targets = _sync_targets(plan, tasks)
    sync_parties(plan, by=by)
    if not (tasks or targets or followed.withdrawn):
        return followed
    record_event(
        by,
        "register.synced",
        subject=f"plan:{plan.pk}",
        place=plan.place,
        after={
            "new": followed.new,
            "changed": followed.changed,
            "withdrawn": followed.withdrawn,
            "revived": followed.revived,
        },
    )
    return followed


def _sync_tasks(plan: PlanDocument) -> tuple[Followed, dict[int, RegisterTask]]:
    """Return what was done, and the task of the register for each published task."""
    rows = list(
        PublishedTask.objects.filter(version__plan=plan)
        .annotate(first_deadline=Min("target_rows__deadline"))
        .order_by("version_id", "place")
    )
    standing = {row.pk: row for row in RegisterTask.objects.filter(plan=plan, origin=TaskOrigin.PLAN)}
    before = {key: (row.text, row.path_text, row.due_on, row.withdrawn_at) for key, row in standing.items()}
    pairs = pair_items(
        [_known_task(row.pk, row, is_live=True) for row in rows],
        [_known_task(row.pk, row, is_live=row.withdrawn_at is None) for row in standing.values()],
    )
    followed, tasks, kept = Followed(), {}, []
    for row in rows:
        key = pairs.get(row.pk)
        task = standing[key] if isinstance(key, int) else RegisterTask(plan=plan, origin=TaskOrigin.PLAN)
        _fill_task(task, row)
        tasks[row.pk] = task
        if task.pk is not None:
            kept.append(task)
            followed.revived += [task.pk] if before[task.pk][3] is not None else []
            now = (task.text, task.path_text, task.due_on, None)
            followed.changed += [task.pk] if before[task.pk][:3] != now[:3] else []
    gone = _withdraw(standing.values(), {task.pk for task in kept}, timezone.now())
    followed.withdrawn = [row.pk for row in gone]
    _free(RegisterTask, standing)
    RegisterTask.objects.bulk_update([*kept, *gone], TASK_FIELDS)
    for row in rows:
        if tasks[row.pk].pk is None:
            tasks[row.pk].save()
            followed.new.append(tasks[row.pk].pk)
    return followed, tasks


def _known_task(key: int, row: PublishedTask | RegisterTask, *, is_live: bool) -> Known:
    return Known(key=key, item=row.item, words=(row.text,), path=row.path_text, is_live=is_live)


def _fill_task(task: RegisterTask, row: PublishedTask) -> None:
    first: date | None = getattr(row, "first_deadline", None)
    task.version_id, task.item, task.published = row.version_id, row.item, row
    task.number, task.path_text, task.text = row.number, row.path_text, row.text
    task.initials, task.order, task.withdrawn_at = name_initials(row.text), row.place, None
    if not task.due_reason:
        task.due_on = row.due or first


def _sync_targets(plan: PlanDocument, tasks: dict[int, RegisterTask]) -> int:
    """Return how many targets of the register were written."""
    rows = list(PublishedTarget.objects.filter(version__plan=plan).order_by("version_id", "place"))
    standing = {row.pk: row for row in RegisterTarget.objects.filter(plan=plan)}
    pairs = pair_items(
        [_known_target(row.pk, row, is_live=True) for row in rows],
        [_known_target(row.pk, row, is_live=row.withdrawn_at is None) for row in standing.values()],
    )
    kept: list[RegisterTarget] = []
    new: list[RegisterTarget] = []
    for row in rows:
        key = pairs.get(row.pk)
        target = standing[key] if isinstance(key, int) else RegisterTarget(plan=plan)
        _fill_target(target, row, tasks)
        (new if target.pk is None else kept).append(target)
    gone = _withdraw(standing.values(), {target.pk for target in kept}, timezone.now())
    _free(RegisterTarget, standing)
    RegisterTarget.objects.bulk_update([*kept, *gone], TARGET_FIELDS)
    RegisterTarget.objects.bulk_create(new)
    return len(kept) + len(gone) + len(new)


def _known_target(key: int, row: PublishedTarget | RegisterTarget, *, is_live: bool) -> Known:
    year = row.deadline.year if row.deadline else ""
    named = f"{row.metric}{row.scope}{row.kind}{row.unit}{year}"
    value = "" if row.value is None else f"{row.value.normalize():f}"
    return Known(key=key, item=row.item, words=(named, row.quote, f"{row.op}{value}"), is_live=is_live)


def _fill_target(target: RegisterTarget, row: PublishedTarget, tasks: dict[int, RegisterTask]) -> None:
    target.task = tasks.get(row.task_id) if row.task_id is not None else None
    target.item, target.published, target.quote = row.item, row, row.quote
    target.metric, target.scope, target.kind, target.op = row.metric, row.scope, row.kind, row.op
    target.value, target.value_max, target.unit = row.value, row.value_max, row.unit
    target.baseline_year, target.deadline, target.is_annual = row.baseline_year, row.deadline, row.annual
    target.order, target.withdrawn_at = row.place, None


def _withdraw(standing: Iterable[Row], kept: set[int], now: datetime) -> Sequence[Row]:
    """Return the rows that are withdrawn now; those withdrawn before keep their moment."""
    gone = [row for row in standing if row.pk not in kept and row.withdrawn_at is None]
    for row in gone:
        row.published, row.withdrawn_at = None, now
    return gone


def _free(table: type[RegisterTask] | type[RegisterTarget], standing: Iterable[int]) -> None:
    """Free the ids and published rows for a moment, so that rows can change places."""
    table._default_manager.filter(pk__in=list(standing), withdrawn_at__isnull=True).update(item="")
    table._default_manager.filter(pk__in=list(standing)).update(published=None)
