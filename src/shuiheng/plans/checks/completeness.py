"""A target must say what, how much, by when, since when; a task must have a result."""

from __future__ import annotations

import re

from shuiheng.kernel import Finding, Severity
from shuiheng.plans.checks.context import (
    CheckContext,
    about_document,
    finding,
    names,
    target_words,
    title_year,
)
from shuiheng.plans.compare.metric_names import metric_key
from shuiheng.plans.model import Target, TargetKind
from shuiheng.plans.wording import squeeze

VAGUE = re.compile(r"一批|若干|一定数量|一定比例|大批|部分(?=企业|单位|小区|学校|项目)")
PURE_NUMBER = re.compile(r"(?:比|比值|系数|指数|倍数|容积率)$")
FALLS = re.compile(r"降低|下降|减少|减低|削减")
RATES = (TargetKind.LEVEL, TargetKind.REDUCTION, TargetKind.INCREMENT)


def check_targets_have_a_unit_of_measure(context: CheckContext) -> tuple[Finding, ...]:
    """Return a finding for each value without a unit of measure."""
    return tuple(
        finding(
            "plans.target_without_unit", Severity.WARN, target, evidence=target.quote, metric=target.metric
        )
        for target in context.plan.targets
        if target.value is not None and not target.unit and not PURE_NUMBER.search(target.metric)
    )


def check_reductions_have_a_base_year(context: CheckContext) -> tuple[Finding, ...]:
    """Return a finding for each decline that does not say against which year."""
    return tuple(
        finding(
            "plans.target_without_base_year",
            Severity.WARN,
            target,
            evidence=target.quote,
            metric=target.metric,
        )
        for target in context.plan.targets
        if target.baseline_year is None and _needs_base_year(context, target)
    )


def check_targets_have_a_deadline(context: CheckContext) -> tuple[Finding, ...]:
    """Return a note for each task with targets that say no day; one for all in a plan of one year."""
    undated = [t for t in context.plan.targets if t.deadline is None and not _has_task_due(context, t)]
    year = title_year(context.plan)
    if year is not None and undated:
        return (
            about_document(
                "plans.deadlines_only_in_title",
                Severity.NOTE,
                span=undated[0].span,
                evidence=names(target_words(target) for target in undated),
                count=str(len(undated)),
                year=str(year),
            ),
        )
    by_task: dict[str | None, list[Target]] = {}
    for target in undated:
        by_task.setdefault(target.task, []).append(target)
    return tuple(
        finding(
            "plans.target_without_deadline",
            Severity.NOTE,
            group[0],
            evidence=names(target.quote for target in group),
            metrics=names(target.metric for target in group),
        )
        for group in by_task.values()
    )


def check_targets_have_a_source_of_facts(context: CheckContext) -> tuple[Finding, ...]:
    """Return one note with the rates that no indicator of the rulebook computes from facts.

    Things that are counted (企业, 小区) are counted from cases and need no indicator.
    """
    if not context.knowledge.indicators:
        return ()
    bare: dict[str, Target] = {}
    for target in context.plan.targets:
        term = context.indicator_of(target)
        if target.kind in RATES and (term is None or not term.facts):
            bare.setdefault(metric_key(target.metric), target)
    if not bare:
        return ()
    return (
        about_document(
            "plans.target_without_facts",
            Severity.NOTE,
            span=next(iter(bare.values())).span,
            evidence=names(target_words(target) for target in bare.values()),
            metrics=names(bare),
            count=str(len(bare)),
        ),
    )


def check_tasks_have_a_result(context: CheckContext) -> tuple[Finding, ...]:
    """Return a note for each task without target, duty or threshold: nothing shows that it is done."""
    stated = {
        item.task
        for items in (context.plan.targets, context.plan.duties, context.plan.thresholds)
        for item in items
    }
    return tuple(
        finding(
            "plans.task_without_result",
            Severity.NOTE,
            task,
            evidence=task.text[:40],
            task=task.path[-1].text if task.path else task.text[:16],
        )
        for task in context.plan.tasks
        if task.id not in stated and task.due is None
    )


def check_amounts_are_measured(context: CheckContext) -> tuple[Finding, ...]:
    """Return a note for each task that asks for `一批` or `若干` of something."""
    found = []
    for task in context.plan.tasks:
        wording = squeeze(context.document.words(task.span), start=task.span.start)
        match = VAGUE.search(wording.text)
        if match is not None:
            start, end = match.span()
            found.append(
                finding(
                    "plans.amount_is_vague",
                    Severity.NOTE,
                    task,
                    span=wording.span_of(start, end),
                    evidence=wording.text[max(0, start - 10) : end + 16],
                    words=match.group(),
                )
            )
    return tuple(found)


def _needs_base_year(context: CheckContext, target: Target) -> bool:
    if target.kind is TargetKind.REDUCTION:
        return True
    term = context.indicator_of(target)
    is_share = target.kind is TargetKind.LEVEL and target.unit == "%"
    return bool(term and term.has_base_year and is_share and FALLS.search(target.quote))


def _has_task_due(context: CheckContext, target: Target) -> bool:
    task = context.task_of(target.task)
    return task is not None and task.due is not None
