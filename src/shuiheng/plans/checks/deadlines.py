"""Deadlines must lie ahead and be plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from shuiheng.kernel import Finding, Severity, Span
from shuiheng.plans.checks.context import CheckContext, about_document, finding, item_words, names, page_at
from shuiheng.plans.model import Operator, Target, Task
from shuiheng.plans.wording import squeeze

BEFORE_A_YEAR = re.compile(r"(?:19|20)\d\d年(?:之|以)?前(?![后期半一二三四五六七八九十\d]|(?:季度|阶段))")


def check_deadlines_lie_ahead(context: CheckContext) -> tuple[Finding, ...]:
    """Return a finding for each item whose deadline had passed when the plan was issued."""
    issued = context.issue_day
    if issued is None:
        return ()
    return tuple(
        finding(
            "plans.deadline_passed_at_issue",
            Severity.WARN,
            item,
            evidence=item.quote if isinstance(item, Target) else (item.due_text or ""),
            deadline=deadline.isoformat(),
            issued=issued.isoformat(),
        )
        for item, deadline in _dated(context)
        if deadline < issued
    )


def check_deadlines_have_not_passed_since(context: CheckContext) -> tuple[Finding, ...]:
    """Return one note for each deadline between the issue of the plan and the day of the check."""
    issued = context.issue_day
    passed: dict[date, list[Target | Task]] = {}
    for item, deadline in _dated(context):
        if deadline < context.as_of and (issued is None or deadline >= issued):
            passed.setdefault(deadline, []).append(item)
    return tuple(
        about_document(
            "plans.deadline_passed",
            Severity.NOTE,
            span=items[0].span,
            evidence=names(item_words(item) for item in items),
            deadline=deadline.isoformat(),
            count=str(len(items)),
            as_of=context.as_of.isoformat(),
        )
        for deadline, items in sorted(passed.items(), key=lambda pair: pair[0])
    )


def check_dates_are_plain(context: CheckContext) -> tuple[Finding, ...]:
    """Return a finding for each `2020年前`: in the course of the year, or by the end of the one before."""
    return tuple(_unclear_dates(context))


def check_ranges_are_plain(context: CheckContext) -> tuple[Finding, ...]:
    """Return a note for each target with two values: which of them counts as met is open."""
    found = []
    for target in context.plan.targets:
        if target.op is not Operator.RANGE or target.value_max is None:
            continue
        is_shared = target.scope is not None and target.scope.startswith(("各", "每"))
        code = "plans.range_for_each_or_all" if is_shared else "plans.range_is_open"
        found.append(
            finding(
                code,
                Severity.NOTE,
                target,
                evidence=target.quote,
                metric=target.metric,
                scope=target.scope or "全域",
            )
        )
    return tuple(found)


def _dated(context: CheckContext) -> Iterator[tuple[Target | Task, date]]:
    for target in context.plan.targets:
        if target.deadline is not None:
            yield target, target.deadline
    for task in context.plan.tasks:
        if task.due is not None:
            yield task, task.due


def _unclear_dates(context: CheckContext) -> Iterator[Finding]:
    """Dates that govern a target or a task; `2000年前建成的小区` and visions govern none."""
    whole = squeeze(context.document.text)
    for match in BEFORE_A_YEAR.finditer(whole.text):
        span = whole.span_of(match.start(), match.end())
        words, year = match.group(), int(match.group()[:4])
        item = _governed_by(context, span, year)
        if item is None:
            continue
        yield Finding(
            code="plans.date_is_ambiguous",
            severity=Severity.WARN,
            subject=item.id,
            span=span,
            page=item.page or page_at(context.document, span),
            evidence=words,
            values=(("words", words), ("first", f"{year - 1}-12-31"), ("second", f"{year}-12-31")),
        )


def _governed_by(context: CheckContext, span: Span, year: int) -> Target | Task | None:
    """Return the target or task whose deadline a date says: the one it stands in, or the next."""
    due = [t for t in context.plan.targets if t.deadline is not None and t.deadline.year == year]
    for target in due:
        if target.span.holds(span):
            return target
    for task in context.plan.tasks:
        if not task.span.holds(span):
            continue
        if task.due is not None and task.due.year == year:
            return task
        own = [t for t in due if t.task == task.id and t.span.start >= span.start]
        return min(own, key=lambda t: t.span.start) if own else None
    return None
