"""Days as people type them; an order of month and day that could be either is asked back."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from shuiheng.adapters.workbooks.cells.fault import Fault
from shuiheng.adapters.workbooks.cells.plain import plain_word
from shuiheng.adapters.workbooks.table import Cell

_WHOLE = re.compile(
    r"([0-9]{4})(?:[-/.年])([0-9]{1,2})(?:[-/.月])([0-9]{1,2})[日号]?(?:T?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.0{1,6})?)?"
)
_PACKED = re.compile(r"((?:19|20|21)[0-9]{2})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"[0-9]{4}(?:[-/.年])[0-9]{1,2}月?(?:[上中下]旬|底|初|末|中)?")
_YEAR = re.compile(r"[0-9]{4}年?(?:底|初|末|上半年|下半年|第?[一二三四1-4]季度)?")
_NO_YEAR = re.compile(r"[0-9]{1,2}(?:月)[0-9]{1,2}[日号]?|[0-9]{1,2}[-/.][0-9]{1,2}")
_SHORT = re.compile(r"[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}[日号]?|[0-9]{2}\.[0-9]{1,2}\.[0-9]{1,2}")
_EITHER = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}")
_SPAN = re.compile(r"[0-9].{2,20}(?:至|到|~|—|--|-)[0-9].{2,20}")
_WORDS = re.compile(r"[二一][〇零○九0-9一二三四五六七八]{3}年.{2,12}")
_NUMBER = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,9})?")
_LOOKS = (
    (_MONTH, "day_incomplete"),
    (_YEAR, "day_incomplete"),
    (_SHORT, "day_short_year"),
    (_NO_YEAR, "day_without_year"),
    (_EITHER, "day_ambiguous"),
    (_WORDS, "day_in_words"),
    (_SPAN, "day_is_range"),
    (_NUMBER, "day_number"),
)
_LONGEST = 40
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_SERIALS = (18_264, 91_314)  # 1950 to 2149; beyond, a bare number is more likely something else


def day_of(cell: Cell, *, is_1904: bool = False) -> date | Fault:
    """Return the day of a cell that may have a value, or what is wrong with it."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float) and not isinstance(cell, bool):
        return _day_of_number(cell, is_1904=is_1904)
    return _day_of_text(cell) if isinstance(cell, str) else Fault("day_unreadable")


def _day_of_number(number: float, *, is_1904: bool) -> date | Fault:
    if number == int(number) and (packed := _PACKED.fullmatch(str(int(number)))):
        return _made(packed)
    low, high = _SERIALS
    if number != int(number) or not low <= number <= high:
        return Fault("day_incomplete" if _FIRST_YEAR <= number < _LAST_YEAR else "day_number")
    return (_EPOCH_1904 if is_1904 else _EPOCH) + timedelta(days=int(number))


def _day_of_text(text: str) -> date | Fault:
    word = plain_word(text).removeprefix("'")
    if len(word) > _LONGEST:
        return Fault("day_unreadable")
    whole = _WHOLE.fullmatch(word) or _PACKED.fullmatch(word)
    if whole is not None:
        return _made(whole)
    return Fault(next((cause for pattern, cause in _LOOKS if pattern.fullmatch(word)), "day_unreadable"))


def _made(found: re.Match[str]) -> date | Fault:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return Fault("day_impossible")
