"""Civil days and months of Asia/Shanghai as runs of UTC seconds.

A run is (start, end]: a reading at 00:00 closes the day before. The offset has been
fixed since 1992; the summer times of 1986 to 1991 are not modelled.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

HOUR = 3600
DAY = 24 * HOUR
WEEK = 7 * DAY
OFFSET = 8 * HOUR
EPOCH = date(1970, 1, 1).toordinal()
MONDAY_SHIFT = 3 * DAY
"""1970-01-01 was a Thursday."""


def day_of(instant: int) -> date:
    """Return the day that an instant belongs to; 00:00 belongs to the day before."""
    return date.fromordinal(EPOCH + (instant + OFFSET - 1) // DAY)


def start_of(day: date) -> int:
    """Return the instant at which a day begins, which is not part of it."""
    return (day.toordinal() - EPOCH) * DAY - OFFSET


def end_of(day: date) -> int:
    """Return the instant at which a day ends, which is part of it."""
    return start_of(day) + DAY


def month_after(day: date) -> date:
    """Return the first day of the month behind that of `day`."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def months_before(day: date, count: int) -> date:
    """Return the first day of the month `count` months before that of `day`."""
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def midnights_inside(start_at: int, end_at: int) -> range:
    """Return the local midnights that lie strictly between two instants."""
    first = ((start_at + OFFSET) // DAY + 1) * DAY - OFFSET
    return range(first, end_at, DAY)


def month_starts_inside(start_at: int, end_at: int) -> Iterator[int]:
    """Yield the begins of local months that lie strictly between two instants."""
    following = start_of(month_after(day_of(start_at + 1)))
    while following < end_at:
        yield following
        following = start_of(month_after(day_of(following + 1)))


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield the days from `first` to `last`, both included."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def hour_of_week(instant: int) -> int:
    """Return the local hour of the week, from Monday 00:00, that begins at or runs at an instant."""
    return (instant + OFFSET + MONDAY_SHIFT) % WEEK // HOUR


def month_index(instant: int) -> int:
    """Return the local month, 0 for January, that begins at or runs at an instant."""
    return day_of(instant + 1).month - 1


def local_words(instant: int) -> str:
    """Return an instant as local day and time, `2026-05-01 14:30`, with seconds where there are any."""
    local = datetime.fromtimestamp(instant, UTC) + timedelta(seconds=OFFSET)
    return local.strftime("%Y-%m-%d %H:%M:%S" if instant % 60 else "%Y-%m-%d %H:%M")


def cut_at(cuts: tuple[int, ...], instant: int) -> int:
    """Return the index of the piece between neighbouring cuts in which an instant lies, end included."""
    return min(max(bisect_right(cuts, instant - 1) - 1, 0), len(cuts) - 2)
