"""Category cells of a table as steps of a path."""

from __future__ import annotations

import re

from shuiheng.plans.model import Heading
from shuiheng.plans.segment.enumerators import cell_enumerator
from shuiheng.plans.wording import Wording

_LEVEL_INSIDE = re.compile(r"(?<=[一-鿿”》）)])(?=[（(][一二三四五六七八九十]{1,3}[)）][一-鿿“])")


def heading_of(words: Wording) -> Heading:
    """Return the words as a heading without their enumerator."""
    found = cell_enumerator(words.text)
    bare = (
        words.part(found.length if found else 0, len(words)) if found and found.length < len(words) else words
    )
    return Heading(text=bare.text.rstrip("。：:"), span=bare.span_of(0, len(bare)))


def headings_of_cell(words: Wording) -> tuple[Heading, ...]:
    """Return the path steps that a category cell holds: two when it prints two levels.

    A cell that repeats its words, as after a page break, gives them once.
    """
    text = words.text
    half = len(text) // 2
    if half and text[:half] == text[half:]:
        words = words.part(0, half)
    cut = _LEVEL_INSIDE.search(words.text, 1)
    parts = [words] if cut is None else [words.part(0, cut.start()), words.part(cut.start(), len(words))]
    return tuple(heading_of(part) for part in parts if part.text)
