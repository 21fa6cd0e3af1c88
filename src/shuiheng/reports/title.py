"""Titles in lines: broken where words stay whole, of much the same length."""

from __future__ import annotations

from itertools import pairwise
from math import ceil

_CLOSING = "》）〉」』、，：。；"
_OPENING = "《（〈「『"
_ENDING, _GOING_ON, _JOINING = "年月日的", "上下第度底初中内末报", "和与及暨"
_FAIR_BREAK, _BAD_BREAK, _BREAK_IN_NAME, _FORBIDDEN_BREAK, _MORE_LINES = 2.0, 6.0, 18.0, 60.0, 4.0
_LONGEST = 400


def title_lines(title: str, *, widest: int) -> tuple[str, ...]:
    """Return a title in lines that fit, broken beside the name of a document where that is possible.

    One line more than needed is taken when all words then stay whole, as official
    documents prefer; of equal ways the one with the most even lines.

    Args:
        title: The title; behind 400 characters it is broken anywhere.
        widest: Characters of full width that one line holds, above 1.
    """
    head, rest = title[:_LONGEST], title[_LONGEST:]
    fewest = max(1, ceil(text_width(head) / widest))
    ways = [_best_way(head, count, widest=widest) for count in (fewest, fewest + 1)]
    costs = [cost + _MORE_LINES * extra for extra, (cost, _) in enumerate(ways)]
    places = ways[costs.index(min(costs))][1]
    if places is None:
        places = tuple(range(widest, len(head), widest))
    starts = (0, *places, len(head))
    lines = [head[start:end] for start, end in pairwise(starts)]
    lines += [rest[start : start + widest] for start in range(0, len(rest), widest)]
    return tuple(lines)


def text_width(text: str) -> float:
    """Return the width of a text in characters of full width."""
    return sum(0.5 if char.isascii() else 1 for char in text)


def _best_way(text: str, count: int, *, widest: int) -> tuple[float, tuple[int, ...] | None]:
    """Return the cheapest places to break a text into `count` lines, and their cost."""
    widths = [0.0]
    for char in text:
        widths.append(widths[-1] + text_width(char))
    wanted = widths[-1] / count
    ways: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for line in range(1, count + 1):
        found: dict[int, tuple[float, tuple[int, ...]]] = {}
        ends = [len(text)] if line == count else range(1, len(text))
        for end in ends:
            costs = [
                (cost + abs(widths[end] - widths[start] - wanted), places)
                for start, (cost, places) in ways.items()
                if start < end and widths[end] - widths[start] <= widest
            ]
            if costs:
                cost, places = min(costs)
                is_last = end == len(text)
                found[end] = (cost + (0 if is_last else _break_cost(text, end)), (*places, end))
        ways = found
    cost, places = ways.get(len(text), (float("inf"), ()))
    return cost, places[:-1] if places else None


def _break_cost(text: str, place: int) -> float:
    """Return what a break costs: nothing beside the name of a document, much where it may not be."""
    before, behind = text[place - 1], text[place]
    if behind in _CLOSING or before in _OPENING or (before.isascii() and behind.isascii()):
        return _FORBIDDEN_BREAK
    if before in _CLOSING or behind in _OPENING:
        return 0.0
    is_in_name = text.rfind("《", 0, place) > text.rfind("》", 0, place)
    if is_in_name:
        return _BREAK_IN_NAME
    is_fair = (before in _ENDING and behind not in _GOING_ON) or behind in _JOINING
    return _FAIR_BREAK if is_fair else _BAD_BREAK
