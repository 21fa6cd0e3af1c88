"""Text must be whole: nothing left over from a bad conversion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from shuiheng.kernel import Finding, Severity, Span
from shuiheng.plans.checks.context import CheckContext, about_document, page_at
from shuiheng.plans.document import SourceDocument

HAN = "[一-鿿]"
FOREIGN_WORD = re.compile(
    rf"(?<={HAN})[ \t]*\b(?:and|or|the|of|to|in|for|with|by|on|at)\b[ \t]*(?={HAN})", re.I
)
FOREIGN_GLUED = re.compile(rf"(?<={HAN})(?:and|or|the|of|for|with)(?={HAN})")
DOUBLED = re.compile(r"([一-鿿]{2,4})\1")
MEANT_TWICE = re.compile(r"一|[的了着]|(.)\1")
BROKEN = re.compile(r"�+|\(cid:\d{1,6}\)")


def check_text_is_whole(context: CheckContext) -> tuple[Finding, ...]:
    """Return a finding for each leftover of conversion: `量 and 水`, a word twice, broken characters."""
    found = []
    for span in _stretches(context.document):
        found += list(_leftovers(context.document, span))
    return tuple(found)


def _leftovers(document: SourceDocument, span: Span) -> Iterator[Finding]:
    words = document.words(span)
    for pattern in (FOREIGN_WORD, FOREIGN_GLUED):
        for match in pattern.finditer(words):
            if pattern is FOREIGN_WORD or not FOREIGN_WORD.search(words):
                yield _found(document, span, match, "plans.foreign_word_left", Severity.NOTE)
    for match in DOUBLED.finditer(words):
        if not MEANT_TWICE.search(match.group(1)):
            yield _found(document, span, match, "plans.word_comes_twice", Severity.NOTE)
    for match in BROKEN.finditer(words):
        yield _found(document, span, match, "plans.characters_are_broken", Severity.WARN)


def _found(
    document: SourceDocument, span: Span, match: re.Match[str], code: str, severity: Severity
) -> Finding:
    start, end = span.start + match.start(), span.start + match.end()
    around = document.text[max(span.start, start - 8) : min(span.end, end + 8)]
    made = about_document(
        code,
        severity,
        span=Span(start, end),
        evidence="".join(around.split("\n")),
        words=match.group().strip(),
    )
    return replace(made, page=page_at(document, made.span))


def _stretches(document: SourceDocument) -> Iterator[Span]:
    """Yield each cell and each paragraph; words of two cells never make one."""
    for block in document.blocks:
        if block.cells:
            yield from (cell.span for cell in block.cells)
        else:
            yield block.span
