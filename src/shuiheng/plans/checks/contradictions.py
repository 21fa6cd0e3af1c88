"""Values must agree with each other, over places and over time."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from shuiheng.kernel import Finding, Severity
from shuiheng.plans.checks.context import CheckContext, finding, target_words, task_words, value_text
from shuiheng.plans.compare.likeness import plain
from shuiheng.plans.compare.metric_names import metric_key
from shuiheng.plans.model import Operator, Target, TargetKind

FLOORS = (Operator.AT_LEAST, Operator.ABOVE)
CEILINGS = (Operator.AT_MOST, Operator.BELOW)
RATES = {"%", "系数"}
SHORTEST_TEXT = 10
SHORTEST_METRIC = 5


def check_equal_metrics_have_equal_values(context: CheckContext) -> tuple[Finding, ...]:
    """Return a finding where two places give one metric, scope and deadline two values.

    A floor below a ceiling is a band, not a contradiction.
    """
    groups: dict[tuple[object, ...], list[Target]] = {}
    for target in context.plan.targets:
        if target.value is not None and target.part_of is None and _is_named_well(target):
            groups.setdefault(_same_thing(target), []).append(target)
    return tuple(
        finding(
            "plans.values_contradict",
            Severity.WARN,
            second,
            evidence=f"{first.quote}；{second.quote}",
            metric=second.metric,
            first=value_text(first),
            second=value_text(second),
            other=first.quote,
        )
        for group in groups.values()
        for first, second in pairwise(group)
        if _contradict(first, second)
    )


def check_later_targets_are_no_weaker(context: CheckContext) -> tuple[Finding, ...]:
    """Return a finding for each rate that is less strict at a later deadline.

    Only rates and coefficients: the cap of a quantity may rise with the city, and counts
    start again with each stage.
    """
    series: dict[tuple[object, ...], list[Target]] = {}
    for target in context.plan.targets:
        if target.value is not None and target.deadline is not None and target.unit in RATES:
            key = (metric_key(target.metric), target.scope, target.kind, target.unit, target.baseline_year)
            series.setdefault(key, []).append(target)
    found = []
    for group in series.values():
        ordered = sorted(group, key=lambda target: (target.deadline or context.as_of, target.id))
        for early, late in pairwise(ordered):
            if early.deadline != late.deadline and _is_weaker(context, early, late):
                found.append(_weaker(early, late))
    return tuple(found)


def check_tasks_stand_once(context: CheckContext) -> tuple[Finding, ...]:
    """Return a note for each task whose text another task has word for word."""
    seen: dict[str, str] = {}
    found = []
    for task in context.plan.tasks:
        words = plain(task.text)
        if len(words) < SHORTEST_TEXT:
            continue
        if words in seen:
            found.append(
                finding(
                    "plans.task_stands_twice", Severity.NOTE, task, evidence=task.text[:40], other=seen[words]
                )
            )
        seen.setdefault(words, task_words(task))
    return tuple(found)


def _same_thing(target: Target) -> tuple[object, ...]:
    return (
        metric_key(target.metric),
        target.scope,
        target.kind,
        target.unit,
        target.deadline,
        target.baseline_year,
        target.annual,
        bool(target.cumulative),
    )


def _is_named_well(target: Target) -> bool:
    """A bare head word (占比, 装机容量) may be of anything."""
    return target.indicator is not None or len(metric_key(target.metric)) >= SHORTEST_METRIC


def _contradict(first: Target, second: Target) -> bool:
    if first.span.meets(second.span) or first.quote == second.quote:
        return False
    if (first.value, first.value_max) == (second.value, second.value_max):
        return False
    band = _floor_and_ceiling(first, second)
    return band is None or band[0] > band[1]


def _floor_and_ceiling(first: Target, second: Target) -> tuple[Decimal, Decimal] | None:
    for low, high in ((first, second), (second, first)):
        if low.op in FLOORS and high.op in CEILINGS and low.value is not None and high.value is not None:
            return low.value, high.value
    return None


def _is_weaker(context: CheckContext, early: Target, late: Target) -> bool:
    if early.value is None or late.value is None or early.value == late.value:
        return False
    term = context.indicator_of(late)
    if late.kind is TargetKind.REDUCTION or (early.op in FLOORS and late.op in FLOORS):
        is_higher_better = True
    elif early.op in CEILINGS and late.op in CEILINGS:
        is_higher_better = False
    elif term is not None and term.better is not None:
        is_higher_better = term.better == "higher"
    else:
        return False
    return (late.value < early.value) if is_higher_better else (late.value > early.value)


def _weaker(early: Target, late: Target) -> Finding:
    return finding(
        "plans.later_target_is_weaker",
        Severity.WARN,
        late,
        evidence=f"{early.quote}；{late.quote}",
        metric=late.metric,
        early=f"{early.deadline.year if early.deadline else ''}: {value_text(early)}",
        late=f"{late.deadline.year if late.deadline else ''}: {value_text(late)}",
        other=target_words(early),
    )
