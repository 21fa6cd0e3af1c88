"""What people typed into a form, as values; a field that cannot be read is refused by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.http import QueryDict

from shuiheng.services.errors import ServiceError
from shuiheng.web.filters import plain

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
KEY_DIGITS = 12


class FieldError(ServiceError):
    """A field of a form cannot be read."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__("services.field_unread", field=field, text=text[:40])


def words_of(posted: Mapping[str, str], name: str, *, limit: int = 4000) -> str:
    """Return the words of a field without blanks around them."""
    return plain(posted.get(name, "")).strip()[:limit]


def day_of(posted: Mapping[str, str], name: str) -> date | None:
    """Return the day of a field, or None when it is empty.

    Raises:
        FieldError: The words are no day.
    """
    text = words_of(posted, name, limit=40)
    if not text:
        return None
    days = days_in(text)
    if len(days) != 1:
        raise FieldError(name, text)
    return days[0]


def wanted_day(posted: Mapping[str, str], name: str) -> date:
    """Return the day of a field that must be filled.

    Raises:
        FieldError: It is empty or no day.
    """
    day = day_of(posted, name)
    if day is None:
        raise FieldError(name, "")
    return day


def days_in(text: str) -> list[date]:
    """Return the days that stand in a text, one after another, in any usual form.

    Raises:
        FieldError: Something else stands between them, or a day does not exist.
    """
    days = []
    for year, month, day in _DAY.findall(text):
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError as error:
            raise FieldError("day", f"{year}-{month}-{day}") from error
    rest = _DAY.sub("", text).strip(" \t\r\n,，;；、")
    if re.search(r"[^\s,，;；、]", rest):
        raise FieldError("day", rest)
    return days


def key_of(posted: Mapping[str, str], name: str) -> int | None:
    """Return the key of a chosen row, or None when nothing was chosen."""
    text = posted.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= KEY_DIGITS else None


def keys_of(posted: QueryDict, name: str) -> list[int]:
    """Return the keys of the chosen rows, in the order in which they were sent."""
    chosen = posted.getlist(name)
    return [int(text) for text in chosen if text.isascii() and text.isdecimal() and len(text) <= KEY_DIGITS]
