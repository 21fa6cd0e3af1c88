"""Clauses that give each numbered item its own units (`第1项由A负责，第2项由B负责`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuiheng.plans.segment.brackets import LABEL
from shuiheng.plans.segment.enumerators import NUMERALS, numeral_value
from shuiheng.plans.segment.pieces import Piece
from shuiheng.plans.wording import Wording, joined

_NUMBER = rf"(?:\d{{1,2}}|[{NUMERALS}]{{1,3}})"
_NUMBERS = rf"{_NUMBER}(?:(?:[、，,和及]|至|到|[—－\-~～])第?{_NUMBER}){{0,9}}"
_BEFORE = re.compile(
    rf"(?:^|(?<=[，,；;。：:]))第(?P<numbers>{_NUMBERS})[项条款](?:任务|工作|措施)?(?:由|[：:])?"
)
_BEHIND = re.compile(rf"[（(](?:第(?P<numbers>{_NUMBERS})[项条款]?|(?P<bare>{_NUMBERS})[项条款])[）)]")
_RANGE = re.compile(rf"({_NUMBER})(?:至|到|[—－\-~～])第?({_NUMBER})")


@dataclass(frozen=True, slots=True)
class ItemShare:
    """The items that some words of a clause are about, and these words."""

    values: frozenset[int]
    words: Wording


def item_shares(clause: Wording) -> tuple[ItemShare, ...]:
    """Return what a clause says of each item, empty when it does not name items."""
    label = LABEL.match(clause.text)
    head = clause.part(0, label.end()) if label is not None else clause.part(0, 0)
    marks = list(_BEFORE.finditer(clause.text))
    if marks:
        ends = [*(mark.start() for mark in marks[1:]), len(clause)]
        return tuple(
            ItemShare(_values(mark["numbers"]), joined((head, _bare(clause, mark.end(), end))))
            for mark, end in zip(marks, ends, strict=True)
        )
    marks = list(_BEHIND.finditer(clause.text))
    starts = [len(head), *(mark.end() for mark in marks)]
    return tuple(
        ItemShare(
            _values(mark["numbers"] or mark["bare"]), joined((head, _bare(clause, start, mark.start())))
        )
        for mark, start in zip(marks, starts, strict=False)
    )


def words_for(clause: Wording, item: Piece | None) -> Wording | None:
    """Return what a clause says of one item, None when it does not name it."""
    if item is None or item.enumerator is None:
        return None
    said = [share.words for share in item_shares(clause) if item.enumerator.value in share.values]
    return joined(said) if said else None


def _bare(words: Wording, start: int, end: int) -> Wording:
    while start < end and words.text[start] in "，,；;。、":
        start += 1
    while start < end and words.text[end - 1] in "，,；;。、":
        end -= 1
    return words.part(start, end)


def _values(numbers: str) -> frozenset[int]:
    values = {numeral_value(number) for number in re.findall(_NUMBER, numbers)}
    for first, last in _RANGE.findall(numbers):
        values.update(range(numeral_value(first), min(numeral_value(last), 99) + 1))
    return frozenset(values)
