"""One thing that is counted on the first page: the right, the rows, the words, the page that it opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from shuiheng.adapters.records.queries_home import Rows
from shuiheng.adapters.records.sight import Sight
from shuiheng.metering.civil_time import month_after, months_before
from shuiheng.services.permission import Action
from shuiheng.web.pages.home.box import PLAIN, Words

LAST_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Something that waits for whoever holds a right.

    Args:
        box: The box in which it stands.
        action: The right.
        words: What it is.
        rows: Its rows, of what the holder may see, on a day.
        page: Name of the page that it opens.
        asked: What the page is asked for.
        tone: How urgent it is.
        unless: Who holds this right is not told.
        is_lack: Whether it stands when there is none, in place of when there is one.
    """

    box: str
    action: Action
    words: Words
    rows: Callable[[Sight, date], Rows]
    page: str
    asked: str = ""
    tone: str = PLAIN
    unless: Action | None = None
    is_lack: bool = False


def last_month(on: date) -> tuple[date, date]:
    """Return the month before, with its last day."""
    first = months_before(on.replace(day=1), 1)
    return first, month_after(first) - timedelta(days=1)


def since_days_ago(on: date) -> datetime:
    """Return the beginning of the days that count as the last ones."""
    return timezone.make_aware(datetime.combine(on - timedelta(days=LAST_DAYS), time.min))
