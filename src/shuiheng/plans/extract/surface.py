"""The face of a passage that rules look at: plain forms, with brackets and quotations masked."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from shuiheng.plans.plain_form import plain_form
from shuiheng.plans.wording import Wording

BRACKET = "▢"
QUOTATION = "▣"
DATE = "▦"

_PAIRS = {"）": "（", "〕": "〔", "】": "【", "]": "["}
_QUOTES = {"”": "“", "》": "《", "」": "「", "’": "‘"}
_LONGEST_BRACKET = 400
_LONGEST_QUOTATION = 80


@dataclass(frozen=True, slots=True)
class Surface:
    """A passage with one character for each of the wording, in three degrees of plainness.

    Args:
        wording: The words with their offsets.
        plain: The words with one form for each digit and punctuation mark.
        masked: `plain` where brackets, quotations and titles are blanked out.
        brackets: Ranges of the outermost round and square brackets, marks included.
        quotations: Ranges of the outermost quotations and titles, marks included.
    """

    wording: Wording
    plain: str
    masked: str
    brackets: tuple[tuple[int, int], ...]
    quotations: tuple[tuple[int, int], ...]

    def brackets_between(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the outermost brackets that lie wholly from `start` up to `end`."""
        first = bisect_left(self.brackets, (start, 0))
        last = bisect_left(self.brackets, (end, 0))
        return tuple(pair for pair in self.brackets[first:last] if pair[1] <= end)

    def words(self, start: int, end: int) -> str:
        """Return the words of the document from `start` up to `end`, without white space."""
        return self.wording.text[start:end]


def surface_of(wording: Wording) -> Surface:
    """Return the surface of a wording, in one pass over its characters."""
    plain = plain_form(wording.text)
    brackets = _outermost(_pairs(plain, _PAIRS, _LONGEST_BRACKET))
    quotations = _outermost(_pairs(plain, _QUOTES, _LONGEST_QUOTATION))
    masked = list(plain)
    for ranges, mark in ((quotations, QUOTATION), (brackets, BRACKET)):
        for start, end in ranges:
            masked[start:end] = mark * (end - start)
    return Surface(wording, plain, "".join(masked), brackets, quotations)


def with_dates_masked(masked: str, ranges: list[tuple[int, int]]) -> str:
    """Return `masked` with the given ranges blanked out as dates."""
    characters = list(masked)
    for start, end in ranges:
        characters[start:end] = DATE * (end - start)
    return "".join(characters)


def _pairs(text: str, closers: dict[str, str], longest: int) -> list[tuple[int, int]]:
    openers: dict[str, list[int]] = {opener: [] for opener in closers.values()}
    found = []
    for at, char in enumerate(text):
        if char in openers:
            openers[char].append(at)
        elif char in closers and openers[closers[char]]:
            start = openers[closers[char]].pop()
            if at - start < longest:
                found.append((start, at + 1))
    return found


def _outermost(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(ranges, key=lambda pair: (pair[0], -pair[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
