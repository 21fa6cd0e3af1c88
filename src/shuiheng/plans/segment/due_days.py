"""The day of a deadline in a cell or bracket of its own (完成时限)."""

from __future__ import annotations

import calendar
import re
from datetime import date

_YEAR = re.compile(r"(20\d\d)年?")
_MONTH = re.compile(r"(1[0-2]|0?[1-9])月")
_DAY = re.compile(r"月([12]\d|3[01]|0?[1-9])日")
_DOTTED = re.compile(r"(20\d\d)[.\-/．](1[0-2]|0?[1-9])(?:[.\-/．]([12]\d|3[01]|0?[1-9]))?")
_SEGMENT = re.compile(
    r"(?:^|[，,；;。])((?:于|到|至)?(?:(?:20\d\d年?[—－\-–~至到]{1,2})?20\d\d年|(?:1[0-2]|[1-9])月|每年|全年|长期|持续)[^，,；;。、：:]{0,18})(?=[，,；;。]|$)"
)


def due_segment(text: str) -> tuple[int, int] | None:
    """Return where a deadline stands between the commas of a clause (`…配合，2025年底前完成`)."""
    found = _SEGMENT.search(text)
    return found.span(1) if found is not None else None


def due_day(text: str) -> date | None:
    """Return the last day that the words of a deadline allow, None when they state no year.

    `2025年底前`, `2023—2025年` and `2025年` end on 31 December; `2024年6月底` on 30 June;
    a month without a year (`6月底`) has no day of its own.
    """
    dotted = _DOTTED.findall(text)
    if dotted:
        year, month, day = dotted[-1]
        return _day(int(year), int(month), int(day) if day else None)
    years = list(_YEAR.finditer(text))
    if not years:
        return None
    last = years[-1]
    rest = text[last.end() :]
    month = _MONTH.search(rest)
    if month is None:
        half = re.search(r"上半年|第?([一二三])季度", rest)
        if half is None:
            return date(int(last[1]), 12, 31)
        return _day(int(last[1]), 6 if half[1] is None else 3 * ("一二三".index(half[1]) + 1), None)
    day = _DAY.search(rest)
    return _day(int(last[1]), int(month[1]), int(day[1]) if day else None)


def _day(year: int, month: int, day: int | None) -> date:
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day or last, last))
