"""Enumerations must count on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from shuiheng.kernel import Finding, Severity, Span
from shuiheng.plans.checks.context import CheckContext, about_document
from shuiheng.plans.document import BlockKind, SourceDocument

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
STYLES = (
    ("part", re.compile(r"\s*第([一二三四五六七八九十]{1,3})[编篇]")),
    ("chapter", re.compile(r"\s*第([一二三四五六七八九十]{1,3})章")),
    ("section", re.compile(r"\s*第([一二三四五六七八九十]{1,3})节")),
    ("comma", re.compile(r"\s*([一二三四五六七八九十]{1,3})、")),
    ("bracket", re.compile(r"\s*[（(]\s*([一二三四五六七八九十]{1,3})\s*[）)]")),
    ("point", re.compile(r"\s*(\d{1,2})\s*[.．、](?!\s?\d)")),
    ("digit_bracket", re.compile(r"\s*[（(]\s*(\d{1,2})\s*[）)](?!年)")),
    ("half_bracket", re.compile(r"\s*(\d{1,2})\s*[）)]")),
)
POINT_BEFORE_DIGIT = re.compile(r"\s*(\d{1,2})[.．、]\s?\d")


@dataclass(frozen=True, slots=True)
class _Enumerator:
    """An enumerator that begins a line: style, number, the words behind it, sign and place."""

    style: str
    number: int
    words: str
    sign: str
    at: Span


@dataclass(slots=True)
class _Counting:
    """Last number of each style, and the styles that are open, outermost first."""

    last: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)


def check_numbers_count_on(context: CheckContext) -> tuple[Finding, ...]:
    """Return a finding for each enumerator that jumps (（三）→（五）) or comes twice.

    Starting again at one is fine, and so is counting on across the headings above. A
    heading that a page break repeats keeps its number.
    """
    counting = _Counting()
    return tuple(
        found
        for span, line in _lines(context.document)
        if (found := _judge(counting, span, line)) is not None
    )


def numeral(text: str) -> int:
    """Return the value of a Chinese or Arabic numeral below one hundred."""
    if text.isdigit():
        return int(text)
    tens, has_ten, ones = text.rpartition("十")
    value = DIGITS.get(ones, 0)
    return value + 10 * (DIGITS.get(tens, 1) if tens else 1) if has_ten else value


def _judge(counting: _Counting, span: Span, line: str) -> Finding | None:
    for style, pattern in STYLES:
        match = pattern.match(line)
        if match is not None:
            number, words = numeral(match.group(1)), "".join(line[match.end() :].split())
            at = Span(span.start + match.start(), span.start + match.end())
            return _step(counting, _Enumerator(style, number, words, match.group().strip(), at))
    _count_on_quietly(counting, line)
    return None


def _count_on_quietly(counting: _Counting, line: str) -> None:
    """Take `3.5月召开` for item 3 where item 3 is due; elsewhere it is a number."""
    match = POINT_BEFORE_DIGIT.match(line)
    if match is None:
        return
    number, before = int(match.group(1)), counting.last.get("point", 0)
    if number == 1 or ("point" in counting.open and number == before + 1):
        counting.last["point"], counting.words["point"] = number, ""
        if "point" not in counting.open:
            counting.open.append("point")


def _step(counting: _Counting, item: _Enumerator) -> Finding | None:
    style, number, words, sign, at = item.style, item.number, item.words, item.sign, item.at
    before, said = counting.last.get(style), counting.words.get(style, "")
    is_inside = style in counting.open
    if is_inside:
        del counting.open[counting.open.index(style) + 1 :]
    else:
        counting.open.append(style)
    counting.last[style], counting.words[style] = number, words
    if before is None or number in (1, before + 1):
        return None
    if number == before:
        if not is_inside or words == said or not words or not said:
            return None
        return about_document(
            "plans.number_comes_twice", Severity.NOTE, span=at, evidence=f"{sign}{words[:20]}", number=sign
        )
    if number > before + 1 and is_inside:
        return about_document(
            "plans.number_jumps",
            Severity.WARN,
            span=at,
            evidence=f"{sign}{words[:20]}",
            number=sign,
            before=str(before),
            expected=str(before + 1),
        )
    return None


def _lines(document: SourceDocument) -> Iterator[tuple[Span, str]]:
    """Yield every line that an author began, and the first line of every cell."""
    for block in document.blocks:
        spans = [cell.span for cell in block.cells] if block.kind is BlockKind.TABLE else [block.span]
        for span in spans:
            start = span.start
            for line in document.words(span).split("\n"):
                yield Span(start, start + len(line)), line
                start += len(line) + 1
