"""Every target and task must have a unit that answers for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from shuiheng.kernel import Finding, Severity, Span
from shuiheng.plans.checks.context import CheckContext, about_document, finding, names, task_words, value_text
from shuiheng.plans.compare.likeness import LikenessIndex, pairs_in
from shuiheng.plans.compare.metric_names import metric_key
from shuiheng.plans.model import Target, TargetKind, Task, UnitMention, UnitRole

SAME_METRIC = 0.8
MOSTLY = 0.4
FEWEST_PAIRS = 3
MOSTLY_HELD = 0.6
AFTER_SEPARATOR = re.compile(r"\s*[、，,；;]\s*")
END_OF_LIST = re.compile(r"[\t\n）〕)\]】]|$")


class _Carried:
    """The metrics that tasks carry."""

    def __init__(self, targets: list[Target]) -> None:
        self.indicators = {target.indicator.id for target in targets if target.indicator}
        self.metrics = sorted({metric_key(target.metric) for target in targets})
        self.index = LikenessIndex(self.metrics)

    def holds(self, target: Target) -> bool:
        """Return whether some task carries the metric, by indicator or by its words."""
        if target.indicator is not None and target.indicator.id in self.indicators:
            return True
        return self.index.nearest(metric_key(target.metric), least=SAME_METRIC) is not None


def check_general_targets_have_an_owner(context: CheckContext) -> tuple[Finding, ...]:
    """Return a finding for each main target whose metric no task carries.

    The task that speaks of the metric without its value is named, as the likeliest owner.
    """
    tasks = [task for task in context.plan.tasks if task.units]
    if not tasks:
        return ()
    owned = _Carried([t for t in context.plan.targets if t.task is not None])
    orphans: dict[str, list[Target]] = {}
    for target in context.plan.targets:
        if target.task is None and target.kind is not TargetKind.MILESTONE and not owned.holds(target):
            orphans.setdefault(metric_key(target.metric), []).append(target)
    likely = _LikelyOwners(tasks)
    return tuple(_ownerless(group, likely.of(group[0].metric)) for group in orphans.values())


def check_tasks_have_one_lead(context: CheckContext) -> tuple[Finding, ...]:
    """Return a finding for each task that nobody leads, and a note for each that several lead.

    A single unit answers alone. A plan that mostly lists its units without a lead gives one
    note in all.
    """
    tasks = [task for task in context.plan.tasks if task.units]
    if not tasks:
        return ()
    leaderless = [t for t in context.plan.tasks if not t.lead and len(set(t.participants)) != 1]
    shared = [task for task in leaderless if task.units]
    is_custom = len(shared) > len(tasks) * MOSTLY
    found = [_several_leads(task) for task in tasks if len(set(task.lead)) > 1]
    found += [_leaderless(task) for task in leaderless if not (is_custom and task.units)]
    if is_custom:
        found.append(
            about_document(
                "plans.leads_are_not_named",
                Severity.NOTE,
                span=shared[0].span,
                evidence=names(task_words(task) for task in shared),
                count=str(len(shared)),
                all=str(len(tasks)),
            )
        )
    return tuple(found)


def _several_leads(task: Task) -> Finding:
    leads = list(dict.fromkeys(task.lead))
    return finding(
        "plans.task_with_several_leads",
        Severity.NOTE,
        task,
        evidence=task.text[:40],
        leads=names(leads),
        count=str(len(leads)),
    )


def _leaderless(task: Task) -> Finding:
    return finding(
        "plans.task_without_lead",
        Severity.WARN,
        task,
        evidence=task.text[:40],
        participants=names(task.participants) or "—",
    )


def check_unit_lists_are_whole(context: CheckContext) -> tuple[Finding, ...]:
    """Return a note for each list of units that ends in a separator, as if one were lost."""
    text = context.document.text
    found: dict[Span, Finding] = {}
    for task in context.plan.tasks:
        for unit in _last_of_lists(task):
            gap = AFTER_SEPARATOR.match(text, unit.span.end)
            if gap is None or unit.span in found:
                continue
            if END_OF_LIST.match(text, gap.end()) or "\n" in gap.group() or "\t" in gap.group():
                found[unit.span] = finding(
                    "plans.unit_list_breaks_off",
                    Severity.NOTE,
                    task,
                    span=Span(unit.span.start, gap.start() + 1),
                    evidence=text[unit.span.start : gap.end()].strip(),
                    unit=unit.name,
                )
    return tuple(found.values())


def _last_of_lists(task: Task) -> Iterator[UnitMention]:
    """Yield the last unit of each part; those behind it in the text belong to another list."""
    for role in (UnitRole.LEAD, UnitRole.JOINT):
        named = [unit for unit in task.units if unit.role is role]
        if named:
            yield max(named, key=lambda unit: unit.span.end)


def _ownerless(group: list[Target], likely: Task | None) -> Finding:
    first = group[0]
    return finding(
        "plans.target_without_owner",
        Severity.WARN,
        first,
        evidence="；".join(target.quote for target in group),
        metric=first.metric,
        values="；".join(f"{t.deadline.year if t.deadline else '—'}: {value_text(t)}" for t in group),
        likely=f"{task_words(likely)}（{names(likely.lead)}）" if likely else "—",
    )


class _LikelyOwners:
    """The led tasks by the pairs of characters in their text and headings."""

    def __init__(self, tasks: list[Task]) -> None:
        self.tasks = [task for task in tasks if task.lead]
        self._holders: dict[str, list[int]] = {}
        for position, task in enumerate(self.tasks):
            for pair in pairs_in(task.text + "".join(step.text for step in task.path)):
                self._holders.setdefault(pair, []).append(position)

    def of(self, metric: str) -> Task | None:
        """Return the task that holds most of the metric's words, if it holds most of them."""
        pairs = pairs_in(metric_key(metric))
        if len(pairs) < FEWEST_PAIRS:
            return None
        votes: Counter[int] = Counter()
        for pair in pairs:
            votes.update(self._holders.get(pair, ()))
        best = max(votes.items(), key=lambda each: (each[1], -each[0]), default=(0, 0))
        return self.tasks[best[0]] if best[1] > MOSTLY_HELD * len(pairs) else None
