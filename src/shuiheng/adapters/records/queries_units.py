"""Units of published plans: how much each has to do, and what."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min, Q

from shuiheng.adapters.records.models import PublishedTarget, PublishedTask, TaskUnit
from shuiheng.adapters.records.queries_items import ItemFilter, duties, targets, tasks
from shuiheng.adapters.records.sight import Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLoad:
    """How much one unit has to do in all published plans."""

    label: str
    lead: int
    joint: int
    bound: int
    plans: int
    jurisdiction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitWork:
    """Everything that one unit leads or joins."""

    label: str
    spellings: tuple[str, ...]
    lead: tuple[PublishedTask, ...]
    joint: tuple[PublishedTask, ...]
    bound: tuple[PublishedTask, ...]
    targets: tuple[PublishedTarget, ...]


def unit_loads(seen: Sight, *, plan: str = "", words: str = "") -> list[UnitLoad]:
    """Return the load of every unit, plan by plan, those that lead most first."""
    rows = seen(TaskUnit).all()
    if plan:
        rows = rows.filter(task__version__plan__slug=plan)
    for word in words.split():
        rows = rows.filter(Q(label__icontains=word) | Q(name__icontains=word))
    counted = rows.values("label").annotate(
        lead=Count("task", filter=Q(role="lead"), distinct=True),
        joint=Count("task", filter=Q(role="joint"), distinct=True),
        bound=Count("task", filter=Q(role="bound"), distinct=True),
        plans=Count("task__version", distinct=True),
        place=Min("task__version__plan__jurisdiction"),
    )
    return [
        UnitLoad(
            label=row["label"],
            lead=row["lead"],
            joint=row["joint"],
            bound=row["bound"],
            plans=row["plans"],
            jurisdiction=row["place"] or "",
        )
        for row in counted.order_by("-lead", "-joint", "label")
    ]


def unit_work(seen: Sight, label: str) -> UnitWork | None:
    """Return everything that the unit with this label has to do, or None when no plan names it."""
    spellings = seen(TaskUnit).filter(label=label).values_list("name", flat=True)
    names = tuple(dict.fromkeys(spellings.order_by("pk")))
    if not names:
        return None
    parts = {
        role: tuple(tasks(seen, ItemFilter(unit=label, role=role))) for role in ("lead", "joint", "bound")
    }
    lead_keys = {task.pk for task in parts["lead"]}
    own = [target for target in targets(seen, ItemFilter(unit=label)) if target.task_id in lead_keys]
    return UnitWork(label=label, spellings=names, targets=tuple(own), **parts)


def duty_count(seen: Sight, label: str) -> int:
    """Return how many duties stand in tasks that the unit leads or joins."""
    return duties(seen, ItemFilter()).filter(task__units__label=label).distinct().count()
