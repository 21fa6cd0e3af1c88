"""Tasks in groups: by unit, by path, by deadline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import PublishedTask

WAYS = ("unit", "path", "deadline")


@dataclass(slots=True, kw_only=True)
class TaskGroup:
    """Tasks under one heading; `unit` is the label of the unit when grouped so.

    `count` is the number of all tasks under the heading, on this page and on others.
    """

    title: str
    tasks: list[PublishedTask] = field(default_factory=list)
    unit: str = ""
    is_late: bool = False
    count: int = 0


def deadline_of(task: PublishedTask) -> date | None:
    """Return the deadline of a task: its own, else the earliest of its targets."""
    first = getattr(task, "first_deadline", None)
    return task.due or first


def grouped(rows: Iterable[PublishedTask], way: str, *, today: date, unit: str = "") -> list[TaskGroup]:
    """Return tasks in groups; by unit a task stands under each unit that leads it."""
    groups: dict[str, TaskGroup] = {}
    for task in rows:
        for key, title, label in _places(task, way):
            if way == "unit" and unit and label and label != unit and _leads(task, unit):
                continue
            group = groups.setdefault(key, TaskGroup(title=title, unit=label))
            group.tasks.append(task)
            if way == "deadline" and (day := deadline_of(task)):
                group.is_late = day < today
    if way == "unit":
        return sorted(groups.values(), key=lambda group: (not group.unit, -len(group.tasks)))
    if way == "deadline":
        return [groups[key] for key in sorted(groups)]
    return list(groups.values())


def as_lines(groups: Iterable[TaskGroup]) -> list[tuple[TaskGroup, PublishedTask]]:
    """Return one line for each task under each heading, in order, for paging."""
    return [(group, task) for group in groups for task in group.tasks]


def as_groups(lines: Iterable[tuple[TaskGroup, PublishedTask]]) -> list[TaskGroup]:
    """Return the groups of the lines of one page; `count` stays that of the whole group."""
    found: dict[int, TaskGroup] = {}
    for group, task in lines:
        part = found.setdefault(
            id(group),
            TaskGroup(title=group.title, unit=group.unit, is_late=group.is_late, count=len(group.tasks)),
        )
        part.tasks.append(task)
    return list(found.values())


def _leads(task: PublishedTask, unit: str) -> bool:
    return any(each.role == "lead" and each.label == unit for each in task.units.all())


def _places(task: PublishedTask, way: str) -> Iterator[tuple[str, str, str]]:
    """Yield key, title and unit of each group in which a task stands."""
    if way == "path":
        path = task.path[:2] or [_("未归入章节")]
        yield f"{task.version_id}:" + "/".join(path), " › ".join(path), ""
    elif way == "deadline":
        day = deadline_of(task)
        yield (day.isoformat(), day.isoformat(), "") if day else ("9999", _("未注明期限"), "")
    else:
        leads = [unit for unit in task.units.all() if unit.role == "lead"]
        if not leads:
            yield "", _("未注明牵头单位"), ""
        for unit in leads:
            yield unit.label, unit.label, unit.label
