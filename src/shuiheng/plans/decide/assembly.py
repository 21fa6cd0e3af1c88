"""Putting the items of the desk together to a plan in which all links hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from shuiheng.plans.decide.anchoring import id_of, kind_of, words_of
from shuiheng.plans.decide.desk import Slot, key_of
from shuiheng.plans.decide.model import DecidedPlan, ItemKind, ItemState, ItemStatus, Orphan
from shuiheng.plans.model import Duty, Plan, Target, Task, Threshold, UnitMention

Stated = TypeVar("Stated", Target, Duty, Threshold)


def decided_plan(
    plan: Plan, slots: Sequence[Slot], *, applied: tuple[int, ...], orphans: tuple[Orphan, ...]
) -> DecidedPlan:
    """Return the plan that the slots make, with states, removed items and orphans."""
    by_key = {slot.key: slot for slot in slots}
    tasks = _in_place(slots)
    homes = _homes(slots, by_key)
    standing = {task.id for task in tasks}
    targets = [
        replace(target, part_of=_after(target.part_of, homes))
        for target in _standing(slots, Target, homes=homes, tasks=standing)
    ]
    targets = _moved_to_parts(targets, slots)
    made = replace(
        plan,
        tasks=tuple(_with_links(task, targets, by_key) for task in tasks),
        targets=tuple(targets),
        duties=tuple(_moved_to_parts(_standing(slots, Duty, homes=homes, tasks=standing), slots)),
        thresholds=tuple(_moved_to_parts(_standing(slots, Threshold, homes=homes, tasks=standing), slots)),
    )
    return DecidedPlan(
        plan=made,
        statuses=tuple(_status(slot) for slot in slots if _is_listed(slot)),
        removed=tuple(slot.compiled for slot in slots if slot.is_out),
        applied=applied,
        orphans=orphans,
    )


def _in_place(slots: Sequence[Slot]) -> list[Task]:
    """Return the tasks that stand; added and split ones go where their words stand."""
    standing = [slot for slot in slots if isinstance(slot.current, Task) and not slot.is_out]
    tasks = [slot.current for slot in standing if isinstance(slot.current, Task)]
    if not any(slot.split_from or slot.state is ItemState.ADDED for slot in standing):
        return tasks
    return sorted(tasks, key=lambda task: task.span.start)


def _homes(slots: Sequence[Slot], by_key: dict[str, Slot]) -> dict[str, str | None]:
    """Return for the id of every item that is out the id of the one it was merged into."""
    homes: dict[str, str | None] = {}
    for slot in slots:
        if slot.is_out and not isinstance(slot.current, UnitMention):
            target, seen = slot, {slot.key}
            while target.into is not None and target.into not in seen:
                seen.add(target.into)
                target = by_key[target.into]
            homes[slot.current.id] = None if target.is_out else id_of(target.current)
    return homes


def _after(item_id: str | None, homes: dict[str, str | None]) -> str | None:
    return homes.get(item_id, item_id) if item_id is not None else None


def _standing(
    slots: Sequence[Slot], sort: type[Stated], *, homes: dict[str, str | None], tasks: set[str]
) -> list[Stated]:
    """Return the items of one sort that stand, each linked to a task that stands, or to none."""
    found = []
    for slot in slots:
        item = slot.current
        if isinstance(item, sort) and not slot.is_out:
            task = _after(item.task, homes)
            found.append(replace(item, task=task if task in tasks else None))
    return found


def _moved_to_parts(items: list[Stated], slots: Sequence[Slot]) -> list[Stated]:
    """Link the items of a split task to the part whose text holds their quote."""
    parts: dict[str, list[Task]] = {}
    for slot in slots:
        if slot.split_from and isinstance(slot.current, Task) and not slot.is_out:
            parts.setdefault(slot.split_from, []).append(slot.current)
    tasks = {slot.current.id: slot for slot in slots if isinstance(slot.current, Task)}
    return [_moved_to_part(item, tasks, parts) for item in items] if parts else items


def _moved_to_part(item: Stated, tasks: dict[str, Slot], parts: dict[str, list[Task]]) -> Stated:
    own = tasks.get(item.task or "")
    if own is None or words_of(item) in words_of(own.current):
        return item
    pieces = [part for part in parts.get(own.key, []) if words_of(item) in words_of(part)]
    return replace(item, task=pieces[0].id) if pieces else item


def _with_links(task: Task, targets: Sequence[Target], by_key: dict[str, Slot]) -> Task:
    own = [target.id for target in targets if target.task == task.id]
    kept = [target for target in task.targets if target in own]
    units = []
    for unit in task.units:
        slot = by_key.get(key_of(unit))
        if slot is None:
            units.append(unit)
        elif not slot.is_out:
            units.append(_changed_unit(unit, slot))
    return replace(task, units=tuple(units), targets=(*kept, *(each for each in own if each not in kept)))


def _changed_unit(unit: UnitMention, slot: Slot) -> UnitMention:
    """Lay what was decided on the words of a unit over its mention in one row."""
    was, now = slot.compiled, slot.current
    if was == now or not isinstance(was, UnitMention) or not isinstance(now, UnitMention):
        return unit
    names = ("name", "role", "full_name", "organisation", "score")
    return replace(
        unit, **{name: getattr(now, name) for name in names if getattr(now, name) != getattr(was, name)}
    )


def _is_listed(slot: Slot) -> bool:
    return kind_of(slot.current) is not ItemKind.UNIT or slot.state is not ItemState.OPEN


def _status(slot: Slot) -> ItemStatus:
    return ItemStatus(
        kind=kind_of(slot.current), id=id_of(slot.current), state=slot.state, orders=tuple(slot.orders)
    )
