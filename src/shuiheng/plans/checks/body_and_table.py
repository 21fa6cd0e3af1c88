"""The running text and the responsibility table must say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shuiheng.kernel import Finding, Severity, Span
from shuiheng.kernel.span import hull
from shuiheng.plans.checks.body_thresholds import threshold_differences
from shuiheng.plans.checks.context import (
    CheckContext,
    about_document,
    finding,
    names,
    page_at,
    task_words,
    value_text,
)
from shuiheng.plans.checks.counterparts import Counterparts, body_clauses, counterparts_of
from shuiheng.plans.compare.likeness import pairs_in, plain, share_held
from shuiheng.plans.compare.metric_names import metric_key
from shuiheng.plans.model import Target, Task, UnitRule

TABLE_RULES = {UnitRule.TABLE_CELL, UnitRule.INHERITED_CELL}
MOSTLY_HELD = 0.6
HARDLY_HELD = 0.35
LEVELS = re.compile(r"国家级|省级|市级|县级|区级")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
SHARED_ROWS = 0.3
LIST_OF_THINGS = 2


def check_body_agrees_with_table(context: CheckContext) -> tuple[Finding, ...]:
    """Return findings where body and table differ: values, words, rows and figures on one side only.

    Nothing is said of documents that have a body or a table alone. Words and rows are
    compared only where the table is taken from the body; figures always.
    """
    tasks = [task for task in context.plan.tasks if task.rule in TABLE_RULES]
    annex = hull(tuple(task.span for task in tasks))
    if annex is None:
        return ()
    general = [target.span for target in context.plan.targets if target.task is None]
    clauses = body_clauses(context.document, annex, leave_out=general)
    body = plain("".join(clause.words for clause in clauses))
    pairs = pairs_in(body)
    held = [task for task in tasks if share_held(task.text, pairs) >= MOSTLY_HELD]
    figures = (*_mention_differences(context), *threshold_differences(context))
    if len(held) < SHARED_ROWS * len(tasks):
        return figures
    found = counterparts_of(clauses, tasks)
    return (
        *figures,
        *_wording_differences(context, found),
        *_clauses_without_row(context, found),
        *_rows_without_body(tasks, body, pairs),
        *_split_sentences(context, found, tasks),
    )


def _mention_differences(context: CheckContext) -> Iterator[Finding]:
    """Figures of the body that the table gives with another value."""
    for mention in context.plan.mentions:
        same = [t for t in context.plan.targets if t.task is not None and _is_same_figure(mention, t)]
        if same and mention.value is not None and all(_differs(mention, each) for each in same):
            yield finding(
                "plans.body_value_differs",
                Severity.WARN,
                same[0],
                span=mention.span,
                evidence=f"{mention.quote}；{same[0].quote}",
                body=value_text(mention),
                table=value_text(same[0]),
                metric=same[0].metric,
            )


def _is_same_figure(one: Target, other: Target) -> bool:
    deadlines = {one.deadline, other.deadline} - {None}
    return (
        metric_key(one.metric) == metric_key(other.metric)
        and one.scope == other.scope
        and one.kind is other.kind
        and len(deadlines) < 2
    )


def _differs(one: Target, other: Target) -> bool:
    return (one.value, one.value_max) != (other.value, other.value_max)


def _wording_differences(context: CheckContext, found: Counterparts) -> Iterator[Finding]:
    """Clauses with a figure or a level that the row puts in other words."""
    seen = {span for mention in _mention_differences(context) if (span := mention.span)}
    for clause, (task, row_words) in found.near.items():
        if any(span.meets(clause.span) for span in seen):
            continue
        ours, theirs = NUMBER.findall(clause.words), NUMBER.findall(row_words)
        if not ours and LEVELS.findall(clause.words) == LEVELS.findall(row_words):
            continue
        is_number = sorted(ours) != sorted(theirs)
        yield Finding(
            code="plans.body_number_differs" if is_number else "plans.body_words_differ",
            severity=Severity.WARN if is_number else Severity.NOTE,
            subject=task.id,
            span=clause.span,
            page=page_at(context.document, clause.span),
            evidence=f"{clause.words}；{row_words}",
            values=(("body", clause.words), ("table", row_words)),
        )


def _clauses_without_row(context: CheckContext, found: Counterparts) -> Iterator[Finding]:
    """Figures and lists of things in a paragraph that the table takes up, but without them."""
    for clause in found.alone:
        is_list = clause.words.count("、") >= LIST_OF_THINGS
        if not (is_list or NUMBER.search(re.sub(r"\d{4}年", "", clause.words))):
            continue
        yield about_document(
            "plans.body_without_row",
            Severity.NOTE,
            span=clause.span,
            evidence=clause.words,
            words=clause.words,
        )


def _rows_without_body(tasks: list[Task], body: str, pairs: frozenset[str]) -> Iterator[Finding]:
    """Rows of which the body says next to nothing."""
    for task in tasks:
        heading = plain(task.path[-1].text) if task.path else ""
        if share_held(task.text, pairs) < HARDLY_HELD or (
            heading and heading not in body and _part_held(task, body) < MOSTLY_HELD
        ):
            yield finding(
                "plans.row_without_body",
                Severity.NOTE,
                task,
                evidence=task.text[:40],
                task=task.path[-1].text if task.path else task.text[:16],
            )


def _part_held(task: Task, body: str) -> float:
    """Share of the clauses of a row that stand in the body word for word."""
    clauses = [words for words in map(plain, re.split(r"[，。；]", task.text)) if len(words) >= 6]
    return sum(words in body for words in clauses) / len(clauses) if clauses else 1.0


def _split_sentences(context: CheckContext, found: Counterparts, tasks: list[Task]) -> Iterator[Finding]:
    """Sentences whose results fall to rows under different leads."""
    by_id = {task.id: task for task in tasks}
    rows: dict[Span, list[str]] = {}
    for clause, task_id in found.rows():
        if NUMBER.search(re.sub(r"\d{4}年", "", clause.words)):
            rows.setdefault(clause.sentence, []).append(task_id)
    for sentence, ids in rows.items():
        parts = [by_id[task_id] for task_id in sorted(set(ids))]
        if len({part.lead for part in parts}) < 2:
            continue
        yield about_document(
            "plans.sentence_has_several_leads",
            Severity.NOTE,
            span=sentence,
            evidence="；".join(f"{task_words(part)}：{names(part.lead)}" for part in parts),
            leads=names(lead for part in parts for lead in part.lead),
            rows=names(task_words(part) for part in parts),
        )
