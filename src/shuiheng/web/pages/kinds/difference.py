"""What changed between two texts, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffLine:
    """A line of a difference.

    Args:
        text: What it says.
        old: Its number in the old text, or None when it is new.
        new: Its number in the new text, or None when it is gone.
        is_gap: Whether it stands for lines that are left out, which are the same.
    """

    text: str
    old: int | None = None
    new: int | None = None
    is_gap: bool = False


def text_difference(old: str, new: str) -> list[DiffLine]:
    """Return the lines that differ with two lines around each; nothing when the texts are the same."""
    before, after = old.splitlines(), new.splitlines()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found: list[DiffLine] = []
    for number, group in enumerate(matcher.get_grouped_opcodes(AROUND)):
        if number:
            found.append(DiffLine(text="", is_gap=True))
        for tag, begin, end, start, stop in group:
            if tag == "equal":
                found += _same(before, begin, end, start)
                continue
            found += [DiffLine(text=before[place], old=place + 1) for place in range(begin, end)]
            found += [DiffLine(text=after[place], new=place + 1) for place in range(start, stop)]
    return found


def _same(lines: list[str], begin: int, end: int, start: int) -> Iterator[DiffLine]:
    for place in range(begin, end):
        yield DiffLine(text=lines[place], old=place + 1, new=start + place - begin + 1)
