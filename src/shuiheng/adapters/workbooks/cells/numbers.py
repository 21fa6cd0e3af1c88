"""Numbers as people type them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final

from shuiheng.adapters.workbooks.cells.fault import Fault
from shuiheng.adapters.workbooks.cells.plain import plain_word
from shuiheng.adapters.workbooks.printing import printed_number
from shuiheng.adapters.workbooks.table import Cell

_PLAIN = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3}){1,9}(?:\.[0-9]{0,30})?")
_SPACED = re.compile(r"[+-]?[0-9]{1,3}(?:[ \u00a0\u2009\u202f]+[0-9]{3}){1,9}(?:\.[0-9]{1,30})?")
_BROKEN = re.compile(r"[0-9][ \u00a0\u3000\t]+[0-9]")
_FORMULA = re.compile(r"=.{1,60}")
_SCIENTIFIC = re.compile(r"[+-]?[0-9](?:\.[0-9]{1,30})?[eE][+-]?[0-9]{1,3}")
_BRACKETED = re.compile(r"\(([0-9][0-9,.]{0,30})\)")
_SPAN = re.compile(r"[0-9][0-9.,]{0,20}[^0-9.,~至到-]{0,9}(?:[-~]|至|到)[^0-9]{0,3}[0-9].{0,30}")
_SEVERAL = re.compile(r"[0-9][^、;/+]{0,30}[、;/+].{0,30}[0-9].{0,9}")
_ABOUT = re.compile(r"(?:约|近|大约|大概|左右|余|多|上下|将近|接近)")
_BOUND = re.compile(r"(?:[<>≤≥＜＞]|不低于|不少于|不超过|以上|以下|以内|超过|大于|小于)")
_MULTIPLE = re.compile(r"([+-]?[0-9]{1,15}(?:\.[0-9]{1,10})?)(十|百|千|万|亿|百万|千万|万亿)(.{0,12})")
_WORDS = re.compile(r"[零〇一二三四五六七八九十百千万亿两点]{1,20}")
_LETTERS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "i": "1", "S": "5", "B": "8", "Z": "2"})
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_LONGEST: Final = 60
_COMMAS = re.compile(r"[+-]?[0-9.,]{0,40},[0-9.,]{0,40}")
_UNIT = re.compile(r"[+-]?[0-9][0-9,.]{0,30}([^0-9,.]{1,12}[0-9]?)")


def number_of(cell: Cell, *, units: Iterable[str] = ()) -> Decimal | Fault:
    """Return the number of a cell that may have a value, or what is wrong with it.

    Args:
        cell: The cell.
        units: Spellings of the unit of its column, which a cell may carry.
    """
    if isinstance(cell, str):
        return _number_of_text(cell.strip(), [plain_word(unit).lower() for unit in units])
    if isinstance(cell, float) and not isinstance(cell, bool):
        return Decimal(format(cell, ".15g"))
    return Fault("number_is_truth" if isinstance(cell, bool) else "number_is_day")


def _number_of_text(text: str, units: list[str]) -> Decimal | Fault:
    if _SPACED.fullmatch(text):
        return Decimal("".join(text.split()))
    word = plain_word(text).removeprefix("'")
    bare = _without_unit(word, units)
    if len(word) > _LONGEST or _BROKEN.search(text):
        return Fault("not_a_number" if len(word) > _LONGEST else "number_is_broken")
    if _PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    return next((fault for look in _LOOKS if (fault := look(word, bare)) is not None), Fault("not_a_number"))


def _without_unit(word: str, units: list[str]) -> str:
    for unit in sorted((unit for unit in units if unit), key=len, reverse=True):
        if word.lower().endswith(unit) and word[: -len(unit)]:
            return word[: -len(unit)]
    return word


def _looks_like(pattern: re.Pattern[str], cause: str) -> Callable[[str, str], Fault | None]:
    """Return the look for a whole text of this pattern."""
    return lambda word, bare: Fault(cause) if pattern.fullmatch(word) or pattern.fullmatch(bare) else None


def _says(pattern: re.Pattern[str], cause: str) -> Callable[[str, str], Fault | None]:
    """Return the look for a text with a digit in which this pattern stands."""
    return lambda word, _: (
        Fault(cause) if pattern.search(word) and any(char.isdigit() for char in word) else None
    )


def _in_brackets(_: str, bare: str) -> Fault | None:
    found = _BRACKETED.fullmatch(bare)
    return Fault("number_in_brackets", (("suggestion", f"-{found[1].replace(',', '')}"),)) if found else None


def _with_multiple(word: str, _: str) -> Fault | None:
    found = _MULTIPLE.fullmatch(word)
    if found is None:
        return None
    meant = printed_number(Decimal(found[1]).scaleb(_POWERS[found[2]]))
    return Fault("number_has_multiple", (("found", found[2] + found[3]), ("suggestion", meant + found[3])))


def _with_letters(_: str, bare: str) -> Fault | None:
    guess = bare.translate(_LETTERS)
    is_number = _PLAIN.fullmatch(guess) and any(char.isdigit() for char in bare)
    return Fault("number_has_letters", (("suggestion", guess),)) if is_number else None


def _with_unit(word: str, _: str) -> Fault | None:
    found = _UNIT.fullmatch(word)
    return Fault("number_has_unit", (("found", found[1]),)) if found else None


_LOOKS: Final = (
    _looks_like(_FORMULA, "number_is_formula"),
    _looks_like(_SCIENTIFIC, "number_scientific"),
    _in_brackets,
    _says(_BOUND, "number_is_bound"),
    _says(_ABOUT, "number_is_about"),
    _looks_like(_SPAN, "number_is_range"),
    _looks_like(_SEVERAL, "number_is_several"),
    _with_multiple,
    _looks_like(_WORDS, "number_in_words"),
    _looks_like(_COMMAS, "number_comma"),
    _with_letters,
    _with_unit,
)
