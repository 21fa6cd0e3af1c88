"""Paragraphs out of lines: where a line goes on and where a new paragraph begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from shuiheng.adapters.documents.drafts import DraftBlock
from shuiheng.adapters.documents.lines import ends_sentence, is_day_line, is_running, starts_item
from shuiheng.adapters.documents.pdf.lines import Line, first_chunk_width
from shuiheng.adapters.documents.pdf.wrapped import part_starts, unwrapped
from shuiheng.plans.document import BlockKind

_INDENT = 1.2
_SHORT = 2.5
_LARGER = 1.12
_AWAY = 2.6
_NARROW = 0.55
_SHARED_EDGE = 8
# A gap in front of a mark of an item: two paragraphs that the file set into one line.
_INNER_ITEM = re.compile(
    r"(?<=[^\s])\s+(?=（[一二三四五六七八九十]{1,3}）)|(?<=[。；）])\s+(?=[一二三四五六七八九十]{1,3}、)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a document is set: edges of its body in points, size, font and distance of its lines."""

    left: float
    right: float
    size: float
    font: str
    pitch: float
    indents: bool


def measure_of(lines: Sequence[Line], fallback: Measure | None = None, *, width: float = 0) -> Measure:
    """Return how the body of these lines is set.

    The left edge is where lines that go on begin; the right edge is where full lines end.
    Where all lines are short, the right margin is taken to be as wide as the left one.

    Args:
        lines: Lines of a page, or of one of its columns.
        fallback: How the document is set; taken when the lines are too few to tell.
        width: Width of the page.
    """
    if not lines:
        return fallback or Measure(left=0, right=0, size=12, font="", pitch=20, indents=False)
    weights: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    for line in lines:
        weights[round(line.size)] += len(line.text)
        fonts[line.font] += len(line.text)
    size = float(weights.most_common(1)[0][0]) or 12.0
    body = [line for line in lines if abs(line.size - size) <= 0.15 * size + 0.5]
    if fallback is not None and len(body) < 6:
        return fallback
    starts = sorted(line.x0 for line in body if len(line.text) > 4) or [body[0].x0]
    ends = sorted(line.x1 for line in body)
    left = starts[len(starts) // 10]
    right = ends[min(int(len(ends) * 0.85), len(ends) - 1)]
    if right - left < _NARROW * width and sum(end > right - 1.5 * size for end in ends) < _SHARED_EDGE:
        right = max(right, width - left)
    steps = sorted(
        below.top - above.top
        for above, below in pairwise(body)
        if above.page == below.page and 0 < below.top - above.top < 5 * size
    )
    indented = sum(line.x0 > left + _INDENT * size for line in body)
    return Measure(
        left=left,
        right=right,
        size=size,
        font=fonts.most_common(1)[0][0],
        pitch=steps[len(steps) // 2] if steps else 1.6 * size,
        indents=indented >= 0.12 * len(body),
    )


def is_full(line: Line, measure: Measure, *, following: str = "") -> bool:
    """Return whether the line fills the width: what comes next did not fit into it any more."""
    room = measure.right - line.x1
    if ends_sentence(line.text):
        return room < first_chunk_width(following, line.size) + 0.4 * line.size
    return room < max(first_chunk_width(following, line.size) + 0.5 * line.size, _SHORT * line.size)


def is_centred(line: Line, measure: Measure) -> bool:
    """Return whether the line stands in the middle, away from both edges."""
    middle = (measure.left + measure.right) / 2
    return (
        abs(line.middle - middle) < 1.5 * line.size
        and line.x0 > measure.left + _AWAY * line.size
        and line.x1 < measure.right - _AWAY * line.size
    )


def goes_on(before: Line, after: Line, *, above: Measure, below: Measure) -> bool:
    """Return whether `after` belongs to the paragraph of `before`.

    Args:
        before: The last line of the paragraph so far.
        after: The next line, on the same page or at the top of the next one.
        above: How the page of `before` is set.
        below: How the page of `after` is set.
    """
    if _are_apart(before, after, above) or is_day_line(after.text):
        return False
    if is_centred(before, above) or is_centred(after, below):
        return _is_long_title(before, after, above, below)
    full = is_full(before, above, following=after.text)
    indented = after.x0 > below.left + _INDENT * after.size
    if starts_item(after.text):
        # Inside a paragraph a line may begin with a mark by chance; an indent would show a new one.
        return full and below.indents and not indented and not ends_sentence(before.text)
    if full:
        return not indented
    return (
        not indented
        and is_running(before.text)
        and not ends_sentence(before.text)
        and (before.x1 > above.right - 4 * before.size)
    )


def _are_apart(before: Line, after: Line, above: Measure) -> bool:
    """Return whether two lines differ in size or stand too far from each other for one paragraph."""
    if abs(before.size - after.size) > 0.15 * max(before.size, after.size) + 0.3:
        return True
    return before.page == after.page and after.top - before.top > 1.9 * max(above.pitch, before.size)


def _is_long_title(before: Line, after: Line, above: Measure, below: Measure) -> bool:
    """Return whether two centred lines, larger than the body, are one title."""
    return (
        min(before.size, after.size) > _LARGER * above.size
        and before.font == after.font
        and (is_centred(before, above) or is_full(before, above))
        and is_centred(after, below)
        and not starts_item(after.text)
        and not ends_sentence(before.text)
    )


def paragraph_blocks(lines: Sequence[Line], measure: Measure) -> list[DraftBlock]:
    """Return the paragraph or heading that the lines are, or more where a line holds two."""
    text, page_starts = unwrapped(lines)
    first = lines[0]
    stands_out = first.size > _LARGER * measure.size or first.font != measure.font
    is_heading = stands_out and len(text) <= 60 and first.size >= 0.95 * measure.size
    if ends_sentence(text) or is_day_line(text) or "：" in text:
        is_heading = False
    kind = BlockKind.HEADING if is_heading else BlockKind.PARAGRAPH
    confidence = min(line.confidence for line in lines)
    blocks = []
    gaps = [gap.span() for gap in _INNER_ITEM.finditer(text)]
    for (_, start), (end, _) in pairwise([(0, 0), *gaps, (len(text), 0)]):
        page, inner = part_starts(page_starts, first=first.page, start=start, end=end)
        blocks.append(
            DraftBlock(kind=kind, text=text[start:end], page=page, confidence=confidence, page_starts=inner)
        )
    return blocks
