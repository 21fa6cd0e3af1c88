"""What must hold for any input: a named refusal, or a document and a plan whose parts all hold together."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from types import FrameType

from shuiheng.adapters.documents import DocumentRefusedError, ReadingLimits, read_document
from shuiheng.adapters.documents.drafts import document_of
from shuiheng.adapters.documents.gate import admit
from shuiheng.adapters.documents.readers import draft_of
from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.kernel import Span
from shuiheng.plans import Plan, PlanKnowledge, SourceDocument
from shuiheng.plans.compare import diff_plans
from shuiheng.plans.compiler import compile_plan
from shuiheng.plans.document_json import document_from_json, document_json
from shuiheng.plans.plan_json import plan_json
from shuiheng.plans.plan_reading import plan_from_json
from shuiheng.plans.wording import squeeze

AS_OF = date(2024, 1, 1)
LIMITS = ReadingLimits()
SECONDS = 20


class TooSlow(BaseException):
    """An input took longer than any may; no reader can catch this by accident."""


class BrokenRuleError(AssertionError):
    """Something that must hold for any input does not."""


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raise TooSlow in this process after `seconds`."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlow(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@cache
def knowledge() -> PlanKnowledge:
    """Return what the rulebook knows."""
    return load_knowledge()


def check_file(name: str, content: bytes) -> str:
    """Read and compile a file in this process; return what became of it in one word."""
    try:
        form = admit(content, name=name, limits=LIMITS).form
        if form.is_converted or form.is_picture:
            return "left"
        draft = draft_of(form, content, recognise=False, fence=lambda: None, on_page=lambda _done, _all: None)
        document = document_of(draft, name=name, media_type=form.media_type)
    except DocumentRefusedError as refused:
        _must(refused.code.startswith("documents."), f"a refusal without a code: {refused}")
        return "refused"
    except RecursionError:  # the reading process names it documents.too_deep
        return "refused"
    check_document(document)
    return "read"


def check_file_in_child(name: str, content: bytes) -> str:
    """Read a file as users do, through the reading process, and compile it."""
    try:
        document = read_document(content, name=name, limits=LIMITS)
    except DocumentRefusedError as refused:
        _must(refused.code.startswith("documents."), f"a refusal without a code: {refused}")
        _must("reader_died" not in refused.code, f"the reading process died: {refused}")
        return "refused"
    check_document(document)
    return "read"


def check_document(document: SourceDocument) -> None:
    """Check a read document, compile it, and check the plan."""
    size = len(document.text)
    for block in document.blocks:
        _inside(block.span, size, "block")
        covered = 0
        for cell in block.cells:
            _inside(cell.span, size, "cell")
            fits = cell.row + cell.row_span <= block.row_count and (
                cell.column + cell.column_span <= block.column_count
            )
            _must(fits, "a cell stands outside its table")
            covered += cell.row_span * cell.column_span
        _must(covered == block.row_count * block.column_count, "cells do not cover their table once")
    _must(document_from_json(document_json(document)) == document, "a document changes through JSON")
    check_plan_of(document)


def check_plan_of(document: SourceDocument) -> None:
    """Compile a document and check that everything found stands where it says."""
    plan = compile_plan(document, knowledge(), as_of=AS_OF)
    size = len(document.text)
    for span in _spans(plan):
        _inside(span, size, "plan")
    for item in (*plan.targets, *plan.duties, *plan.thresholds, *plan.mentions):
        words = squeeze(document.words(item.span)).text
        _must(bool(item.quote) and _stands_in(item.quote, words), f"{item.id}: {item.quote!r} in {words!r}")
        _must(0 <= item.confidence <= 1, f"{item.id}: confidence {item.confidence}")
    known = {task.id for task in plan.tasks}
    _must(len(known) == len(plan.tasks), "two tasks have one id")
    for target in plan.targets:
        _must(target.task is None or target.task in known, f"{target.id}: unknown task {target.task}")
        _must((target.value is None) == (target.kind == "milestone"), f"{target.id}: value and kind differ")
    changes = diff_plans(plan, plan).changes
    _must(not changes, f"a plan differs from itself: {changes[:1]}")
    told = json.loads(json.dumps(plan_json(plan), ensure_ascii=False, allow_nan=False))
    _must(plan_json(plan_from_json(told)) == told, "a plan changes through JSON")


def _stands_in(quote: str, words: str) -> bool:
    """Whether the words are the quote, or hold it around a bracket that is no part of the task's text."""
    left = iter(words)
    is_there = all(char in left for char in quote)
    return is_there and quote[0] == words[0] and quote[-1] == words[-1]


def _spans(plan: Plan) -> Iterator[Span]:
    for task in plan.tasks:
        yield task.span
        yield from (heading.span for heading in task.path)
        yield from (unit.span for unit in task.units)
    for item in (*plan.targets, *plan.duties, *plan.thresholds, *plan.sources, *plan.conventions):
        yield item.span
    yield from (finding.span for finding in plan.findings if finding.span)


def _inside(span: Span, size: int, what: str) -> None:
    _must(0 <= span.start <= span.end <= size, f"{what}: {span} is outside a text of {size}")


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise BrokenRuleError(otherwise)
