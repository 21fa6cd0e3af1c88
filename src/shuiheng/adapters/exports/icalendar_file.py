"""Days as an iCalendar file that other calendars subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEntry:
    """Something that falls on a day.

    Args:
        key: Stable name; the same key is the same entry at each reading.
        on: The day.
        title: What it is.
        text: More about it.
        is_tentative: Whether the day may still move.
    """

    key: str
    on: date
    title: str
    text: str = ""
    is_tentative: bool = False


def write_calendar(name: str, entries: Iterable[DayEntry], *, at: datetime, host: str) -> bytes:
    """Return an iCalendar file (RFC 5545) of whole-day entries.

    Args:
        name: Name of the calendar.
        entries: What falls on which day.
        at: When the file was made, UTC.
        host: Host name that makes the keys unique in the world.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Shuiheng//zh-Hans//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.key}@{host}")
        event.add("dtstamp", at)
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(days=1))
        event.add("summary", entry.title)
        if entry.text:
            event.add("description", entry.text)
        event.add("status", "TENTATIVE" if entry.is_tentative else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
