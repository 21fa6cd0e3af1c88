"""Lines that were wrapped, as running words that know where a further page begins."""

from __future__ import annotations

from collections.abc import Sequence

from shuiheng.adapters.documents.characters import glued
from shuiheng.adapters.documents.drafts import PageStarts
from shuiheng.adapters.documents.lines import ends_sentence, starts_item
from shuiheng.adapters.documents.pdf.lines import Line


def unwrapped(lines: Sequence[Line], *, items_apart: bool = False) -> tuple[str, PageStarts]:
    """Return the lines as one text, and at which of its offsets a further page begins.

    Args:
        lines: Lines in reading order, over one page or more.
        items_apart: Whether an item of a list begins a line of its own.
    """
    text = ""
    starts: list[tuple[int, int]] = []
    page: int | None = None
    for line in lines:
        if items_apart and text and starts_item(line.text) and ends_sentence(text):
            text = f"{text}\n{line.text}"
        else:
            text = glued(text, line.text)
        if page is not None and line.page != page:
            starts.append((len(text) - len(line.text), line.page))
        page = line.page
    return text, tuple(starts)


def part_starts(starts: PageStarts, *, first: int, start: int, end: int) -> tuple[int, PageStarts]:
    """Return on which page the part of a text from `start` to `end` begins, and its own page starts.

    Args:
        starts: Where further pages begin in the whole text.
        first: Page on which the whole text begins.
        start: First character of the part.
        end: End of the part.
    """
    page = max((place for place in starts if place[0] <= start), default=(0, first))[1]
    return page, tuple((offset - start, number) for offset, number in starts if start < offset < end)
