"""The enumerators of Chinese official documents: what stands before a heading or an item."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

NUMERALS = "〇零一二三四五六七八九十百"
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_STACKED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"


class Rank(IntEnum):
    """Usual depth of a style of enumerator; a smaller rank holds a greater one."""

    PART = 1
    CHAPTER = 2
    SECTION = 3
    NUMERAL = 4
    BRACKETED_NUMERAL = 5
    ARABIC = 6
    BRACKETED_ARABIC = 7
    CIRCLED = 8
    LETTER = 9
    PLAIN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Enumerator:
    """An enumerator at the start of a text (序号).

    Args:
        rank: Its style, which is also its usual depth.
        number: The words as printed, without the mark behind them (`（一）`, `3`).
        value: Its place in the row of its siblings, from 1; 0 when it has none.
        length: Characters that it takes, with its mark.
    """

    rank: Rank
    number: str
    value: int
    length: int


_BRACKETED = r"[（(〔]{0}[）)〕]"
_PATTERNS: tuple[tuple[Rank, re.Pattern[str]], ...] = (
    (Rank.PART, re.compile(rf"第([{NUMERALS}\d]{{1,4}})(?:部分|篇|编)[：:、]?")),
    (Rank.CHAPTER, re.compile(rf"第([{NUMERALS}\d]{{1,4}})章[：:、]?")),
    (Rank.SECTION, re.compile(rf"第([{NUMERALS}\d]{{1,4}})节[：:、]?")),
    (Rank.NUMERAL, re.compile(rf"([{NUMERALS}]{{1,4}})[、．.]")),
    (Rank.NUMERAL, re.compile(rf"([{_ROMAN}])[、．.]?")),
    (Rank.BRACKETED_NUMERAL, re.compile(_BRACKETED.format(rf"([{NUMERALS}]{{1,4}})") + "[、．.]?")),
    (Rank.BRACKETED_NUMERAL, re.compile(rf"([{_STACKED}])")),
    (Rank.BRACKETED_NUMERAL, re.compile(rf"([{NUMERALS}]{{1,3}})[）)]")),
    (Rank.BRACKETED_ARABIC, re.compile(_BRACKETED.format(r"(\d{1,3})") + "[、．.]?")),
    (Rank.BRACKETED_ARABIC, re.compile(r"(\d{1,3})[）)]")),
    (
        Rank.ARABIC,
        re.compile(
            r"(\d{1,2}(?:[.．]\d{1,2}){1,3})[、．.]?(?=[^\d%％万亿年月日号倍个家项处座条公立吨千米平元])"
        ),
    ),
    (Rank.ARABIC, re.compile(r"(\d{1,3})[．.、](?:(?!\d)|(?=20\d\d年))")),
    (Rank.CIRCLED, re.compile(rf"([{_CIRCLED}])[、．.]?")),
    (Rank.LETTER, re.compile(r"([A-Za-z])[．.、)）]")),
)
_BARE = re.compile(
    rf"(?:[（(]?(?:[{NUMERALS}]{{1,4}}|\d{{1,3}}(?:[.．-]\d{{1,3}}){{0,3}})[)）]?|[{_CIRCLED}{_STACKED}{_ROMAN}])[、．.]?"
)
_GLUED = re.compile(r"(\d{1,3})(?=[一-鿿“《])(?![年月日号个家项处座条所万亿公立吨千米平元倍])")


def numeral_value(words: str) -> int:
    """Return the whole number that `words` write in Chinese or Arabic numerals, 0 if none."""
    if words.isdecimal():
        return int(words)
    if not words or any(char not in NUMERALS for char in words):
        return 0
    if not any(char in "十百" for char in words):
        return int("".join(str(_DIGITS[char]) for char in words))
    total = digit = 0
    for char in words:
        if char in "十百":
            total += max(digit, 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def enumerator_of(text: str) -> Enumerator | None:
    """Return the enumerator with which `text` starts, or None (序号)."""
    for rank, pattern in _PATTERNS:
        found = pattern.match(text)
        if found is not None:
            return Enumerator(rank=rank, number=_printed(found), value=_value(found[1]), length=found.end())
    return None


def cell_enumerator(text: str) -> Enumerator | None:
    """Return the enumerator with which a table cell starts, its mark may be missing (`3城镇节水`)."""
    found = enumerator_of(text)
    if found is not None:
        return found
    glued = _GLUED.match(text)
    if glued is None:
        return None
    return Enumerator(rank=Rank.ARABIC, number=glued[1], value=int(glued[1]), length=glued.end())


def is_bare_enumerator(text: str) -> bool:
    """Return whether `text` is an enumerator and nothing else, as in a column of numbers."""
    return _BARE.fullmatch(text) is not None


def _printed(found: re.Match[str]) -> str:
    return found[0].rstrip("、．.：:") if found[0][0] in "（(〔第" else found[1]


def _value(words: str) -> int:
    for row in (_CIRCLED, _STACKED, _ROMAN):
        if words in row:
            return row.index(words) + 1
    if words.isalpha() and words.isascii():
        return ord(words.lower()) - ord("a") + 1
    return numeral_value(words.replace("．", ".").rpartition(".")[2])
