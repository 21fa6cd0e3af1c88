"""Every target and task must have a unit that answers for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shuiheng.kernel import Finding, Severity, Span
from shuiheng.plans.checks.context import CheckContext, about_document, finding, names, value_text
from shuiheng.plans.compare.likeness import likeness, plain
from shuiheng.plans.compare.metric_names import metric_key
from shuiheng.plans.model import Target, TargetKind, Task, UnitMention, UnitRole

SAME_METRIC = 0.8
MOSTLY = 0.4
WORDS_OF_A_METRIC = 4
AFTER_SEPARATOR = re.compile(r"\s*[、，,；;]\s*")
END_OF_LIST = re.compile(r"[\t\n）〕)\]】]|$")


def check_general_targets_have_an_owner(context: CheckContext) -> tuple[Finding, ...]:
    """Return a finding for each main target whose metric no task carries.

    The task that speaks of the metric without its value is named, as the likeliest owner.
    """
    tasks = [task for task in context.plan.tasks if task.units]
    if not tasks:
        return ()
    carried = [t for t in context.plan.targets if t.task is not None]
    orphans: dict[str, list[Target]] = {}
    for target in context.plan.targets:
        if target.task is not None or target.kind is TargetKind.MILESTONE:
            continue
        if not any(same_metric(target, other) for other in carried):
            orphans.setdefault(metric_key(target.metric), []).append(target)
    return tuple(_ownerless(group, tasks) for group in orphans.values())


def same_metric(one: Target, other: Target) -> bool:
    """Return whether two targets are about the same thing, by indicator or by their words."""
    if one.indicator and other.indicator and one.indicator.id == other.indicator.id:
        return True
    first, second = metric_key(one.metric), metric_key(other.metric)
    return first == second or likeness(first, second) >= SAME_METRIC


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
                evidence=", ".join(task.id for task in shared),
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


def _ownerless(group: list[Target], tasks: list[Task]) -> Finding:
    first = group[0]
    likely = _likely_owner(first, tasks)
    return finding(
        "plans.target_without_owner",
        Severity.WARN,
        first,
        evidence="；".join(target.quote for target in group),
        metric=first.metric,
        values="；".join(f"{t.deadline.year if t.deadline else '—'}: {value_text(t)}" for t in group),
        likely=f"{likely.id}（{names(likely.lead)}）" if likely else "—",
    )


def _likely_owner(target: Target, tasks: list[Task]) -> Task | None:
    """Return the task whose text or headings hold most of the metric's words, or None."""
    metric = plain(metric_key(target.metric))
    pairs = {metric[index : index + 2] for index in range(len(metric) - 1)}
    if len(metric) < WORDS_OF_A_METRIC:
        return None
    best, held = None, len(pairs) * 0.6
    for task in tasks:
        words = plain(task.text + "".join(step.text for step in task.path))
        count = sum(1 for pair in pairs if pair in words)
        if count > held and task.lead:
            best, held = task, count
    return best
