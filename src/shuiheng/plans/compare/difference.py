"""What changed between two versions of a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from shuiheng.plans.compare.likeness import likeness, plain
from shuiheng.plans.compare.matching import out_of_order, pairs_of
from shuiheng.plans.compare.metric_names import metric_key
from shuiheng.plans.model import Duty, Plan, Target, Task, Threshold
from shuiheng.plans.plan_json import duty_json, target_json, task_json, threshold_json

Json = dict[str, Any]
Item = TypeVar("Item", Task, Target, Duty, Threshold)
ALIKE = 0.5
PLACE_FIELDS = frozenset(
    {"id", "span", "path_spans", "page", "number", "targets", "units", "rule", "confidence", "alternatives"}
)
UNSAID_FIELDS = PLACE_FIELDS | {"task", "part_of", "indicator"}


class ChangeKind(StrEnum):
    """What became of an item."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field before and after, as text; lists are joined with 、, absence is empty."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """What became of one item.

    Args:
        sort: `task`, `target`, `duty`, `threshold` or `unit`.
        kind: What became of it.
        old_id: Its id in the old version, or None when added.
        new_id: Its id in the new version, or None when removed.
        words: Its words, of the new version where it stands there.
        fields: The fields that changed.
    """

    sort: str
    kind: ChangeKind
    old_id: str | None
    new_id: str | None
    words: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDifference:
    """All changes between two versions, and how many items are the same."""

    old: str
    new: str
    changes: tuple[ItemChange, ...]
    unchanged: int

    def of(self, kind: ChangeKind) -> tuple[ItemChange, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)


def diff_plans(old: Plan, new: Plan) -> PlanDifference:
    """Return what changed from one version of a plan to another.

    Items are recognised by their words: new numbers, places and pages are no change. A
    target that went to another task changes in the field `task`.
    """
    task_changes, same_tasks, homes = _tasks(old, new)
    target_changes, same_targets = _stated(_TARGETS, old.targets, new.targets, homes)
    duty_changes, same_duties = _stated(_DUTIES, old.duties, new.duties, homes)
    threshold_changes, same_thresholds = _stated(_THRESHOLDS, old.thresholds, new.thresholds, homes)
    unit_changes, same_units = _units(old, new)
    return PlanDifference(
        old=old.document,
        new=new.document,
        changes=(*task_changes, *target_changes, *duty_changes, *threshold_changes, *unit_changes),
        unchanged=same_tasks + same_targets + same_duties + same_thresholds + same_units,
    )


def difference_json(difference: PlanDifference) -> Json:
    """Return a difference as plain JSON values."""
    return {
        "format": "shuiheng.difference/1",
        "old": difference.old,
        "new": difference.new,
        "unchanged": difference.unchanged,
        "changes": [
            {
                "sort": change.sort,
                "kind": change.kind.value,
                "old_id": change.old_id,
                "new_id": change.new_id,
                "words": change.words,
                "fields": [{"field": f.field, "before": f.before, "after": f.after} for f in change.fields],
            }
            for change in difference.changes
        ],
    }


def _tasks(old: Plan, new: Plan) -> tuple[list[ItemChange], int, dict[str, str]]:
    """Return the changes of tasks, how many are the same, and the new id of each old one."""
    pairs = pairs_of(
        old.tasks,
        new.tasks,
        key=lambda task: plain(task.text),
        score=lambda a, b: likeness(a.text, b.text),
        least=ALIKE,
    )
    moved = out_of_order(pairs)
    changes, same = [], 0
    for a, b in pairs:
        before, after = old.tasks[a], new.tasks[b]
        fields = _field_changes(task_json(before), task_json(after), PLACE_FIELDS)
        if a in moved:
            fields = (*fields, FieldChange(field="position", before=str(a + 1), after=str(b + 1)))
        if not fields:
            same += 1
            continue
        is_only_moved = [field.field for field in fields] == ["position"]
        kind = ChangeKind.MOVED if is_only_moved else ChangeKind.CHANGED
        changes.append(
            ItemChange(
                sort="task", kind=kind, old_id=before.id, new_id=after.id, words=after.text, fields=fields
            )
        )
    changes += _one_sided("task", old.tasks, new.tasks, pairs, words=lambda task: task.text)
    homes = {old.tasks[a].id: new.tasks[b].id for a, b in pairs}
    return changes, same, homes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sort(Generic[Item]):
    """How the items of one sort are written, recognised and likened."""

    name: str
    write: Callable[[Item], Json]
    key: Callable[[Item], tuple[object, ...]]
    score: Callable[[Item, Item], float]


def _stated(
    sort: _Sort[Item], old: Sequence[Item], new: Sequence[Item], homes: dict[str, str]
) -> tuple[list[ItemChange], int]:
    """Return the changes of one sort of items, and how many are the same."""
    pairs = pairs_of(old, new, key=sort.key, score=sort.score, least=ALIKE)
    changes: list[ItemChange] = []
    for a, b in pairs:
        before, after = sort.write(old[a]), sort.write(new[b])
        fields: tuple[FieldChange, ...] = _field_changes(before, after, UNSAID_FIELDS)
        if homes.get(before["task"] or "") != after["task"]:
            task = FieldChange(field="task", before=_text(before["task"]), after=_text(after["task"]))
            fields = (*fields, task)
        if fields:
            changes.append(
                ItemChange(
                    sort=sort.name,
                    kind=ChangeKind.CHANGED,
                    old_id=before["id"],
                    new_id=after["id"],
                    words=after["quote"],
                    fields=fields,
                )
            )
    same = len(pairs) - len(changes)
    changes += _one_sided(sort.name, old, new, pairs, words=lambda item: str(sort.write(item)["quote"]))
    return changes, same


def _one_sided(
    sort: str,
    old: Sequence[Item],
    new: Sequence[Item],
    pairs: Iterable[tuple[int, int]],
    *,
    words: Callable[[Item], str],
) -> Iterator[ItemChange]:
    taken = list(pairs)
    gone = set(range(len(old))) - {a for a, _ in taken}
    come = set(range(len(new))) - {b for _, b in taken}
    for a in sorted(gone):
        yield ItemChange(
            sort=sort, kind=ChangeKind.REMOVED, old_id=old[a].id, new_id=None, words=words(old[a])
        )
    for b in sorted(come):
        yield ItemChange(sort=sort, kind=ChangeKind.ADDED, old_id=None, new_id=new[b].id, words=words(new[b]))


def _units(old: Plan, new: Plan) -> tuple[list[ItemChange], int]:
    """Return the units that came or went altogether; their tasks are changes of the tasks."""
    before, after = (
        dict.fromkeys(unit.name for task in plan.tasks for unit in task.units) for plan in (old, new)
    )
    gone = [name for name in before if name not in after]
    come = [name for name in after if name not in before]
    changes = [
        ItemChange(sort="unit", kind=ChangeKind.REMOVED, old_id=name, new_id=None, words=name)
        for name in gone
    ]
    changes += [
        ItemChange(sort="unit", kind=ChangeKind.ADDED, old_id=None, new_id=name, words=name) for name in come
    ]
    return changes, len(before) - len(gone)


def _unit(kind: ChangeKind, name: str) -> ItemChange:
    old, new = (name, None) if kind is ChangeKind.REMOVED else (None, name)
    return ItemChange(sort="unit", kind=kind, old_id=old, new_id=new, words=name)


def _field_changes(before: Json, after: Json, unsaid: frozenset[str]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(field=name, before=_text(before[name]), after=_text(after[name]))
        for name in before
        if name not in unsaid and before[name] != after[name]
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(_text(each) for each in value)
    if isinstance(value, dict):
        return " ".join(_text(each) for each in value.values())
    return str(value)


def _target_key(target: Target) -> tuple[object, ...]:
    return metric_key(target.metric), target.scope, target.kind, target.deadline, plain(target.quote)


def _target_score(one: Target, other: Target) -> float:
    """Likeness of metric and clause; another scope or kind of target is another target."""
    if one.scope != other.scope or one.kind is not other.kind:
        return 0.0
    metric = likeness(metric_key(one.metric), metric_key(other.metric))
    if metric < ALIKE:
        return 0.0
    years = 0.0 if one.deadline == other.deadline else 0.2
    return 0.6 * metric + 0.4 * likeness(one.quote, other.quote) - years


def _quote_key(item: Duty | Threshold) -> tuple[object, ...]:
    return (plain(item.quote),)


def _quote_score(one: Duty | Threshold, other: Duty | Threshold) -> float:
    return likeness(one.quote, other.quote)


_TARGETS = _Sort(name="target", write=target_json, key=_target_key, score=_target_score)
_DUTIES: _Sort[Duty] = _Sort(name="duty", write=duty_json, key=_quote_key, score=_quote_score)
_THRESHOLDS: _Sort[Threshold] = _Sort(
    name="threshold", write=threshold_json, key=_quote_key, score=_quote_score
)
