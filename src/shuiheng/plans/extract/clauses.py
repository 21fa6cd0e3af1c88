"""Sentences, clauses and list items of a passage, never cut inside a bracket or quotation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from shuiheng.plans.extract.quantities import Quantity

_SENTENCE = re.compile(r"[。！？]+")
_CLAUSE = re.compile(r"(?<!其中)[，：]|[；。！？]")
_LIST_SIGN = re.compile(r"[、]|以及|(?:和|及|与|并)(?=[▦▢]*(?:不少于|不低于|至少)?\d)")
_LEADING_MARKS = re.compile(
    r"^(?:[-—•·*]+|[①-⑳]|（?\d{1,2}[）.、](?!\d)|"
    r"（[一二三四五六七八九十]{1,3}）|其中[，：]?|同时|并且|而且|此外|另外|且|"
    r"并(?!网)|[一二三四五六七八九十]是)+"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two punctuation marks.

    Args:
        start: First character.
        end: Behind the last character, the mark not counted.
        mark: The mark behind it, or an empty string at the end.
        sentence: Number of its sentence in the passage, from 0.
    """

    start: int
    end: int
    mark: str
    sentence: int


def clauses_of(masked: str) -> list[Clause]:
    """Return the clauses of a passage in order."""
    clauses: list[Clause] = []
    sentence, start = 0, 0
    for match in _CLAUSE.finditer(masked):
        if match.start() > start:
            clauses.append(Clause(start, match.start(), match[0], sentence))
        if _SENTENCE.match(match[0]):
            sentence += 1
        start = match.end()
    if start < len(masked):
        clauses.append(Clause(start, len(masked), "", sentence))
    return clauses


def without_leading_marks(masked: str, start: int, end: int) -> int:
    """Return where the clause begins behind list marks and conjunctions."""
    match = _LEADING_MARKS.match(masked[start : min(end, start + 12)])
    return start + match.end() if match else start


def items_of(masked: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[tuple[int, int]]:
    """Return the list items of a clause that hold a quantity each.

    A part without a quantity joins the item behind it when the list names things before
    numbers (`A、B3个`), and the item before it when numbers come first (`3个A、B`).
    A sign inside a chain of values (`10%、9%`) does not cut.
    """
    starts = [quantity.start for quantity in quantities]
    cuts = [start]
    for sign in _LIST_SIGN.finditer(masked, start, end):
        at = bisect_right(starts, sign.start())
        between = 0 < at < len(quantities)
        if not (between and _is_link(masked, quantities[at - 1], quantities[at])):
            cuts.extend((sign.start(), sign.end()))
    cuts.append(end)
    parts = [(cuts[i], cuts[i + 1]) for i in range(0, len(cuts), 2) if cuts[i + 1] > cuts[i]]
    return _joined_parts(parts, quantities, starts)


def is_chain_link(masked: str, left: Quantity, right: Quantity) -> bool:
    """Return whether two quantities follow each other in one list of values."""
    return _is_link(masked, left, right)


def _is_link(masked: str, left: Quantity, right: Quantity) -> bool:
    gap = masked[left.end : right.start]
    return (
        left.unit == right.unit
        and gap in {"、", "和", "及", "与", "以及", "，", ""}
        and left.end <= right.start
    )


def _joined_parts(
    parts: list[tuple[int, int]], quantities: Sequence[Quantity], starts: Sequence[int]
) -> list[tuple[int, int]]:
    items: list[tuple[int, int]] = []
    waiting: int | None = None
    number_first = False
    for start, end in parts:
        inside = quantities[bisect_left(starts, start) : bisect_left(starts, end)]
        if inside:
            items.append((start if waiting is None else waiting, end))
            waiting = None
            number_first = inside[-1].end < end - 1
        elif items and number_first:
            items[-1] = (items[-1][0], end)
        elif waiting is None:
            waiting = start
    if waiting is not None and items:
        items[-1] = (items[-1][0], parts[-1][1])
    return items
