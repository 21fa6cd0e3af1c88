"""Everything that is counted on the first page, asked in one question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from shuiheng.adapters.records.count_together import count_together
from shuiheng.web.pages.home.box import Desk, Line
from shuiheng.web.pages.home.waits_of_state import STATE_WAITS
from shuiheng.web.pages.home.waits_of_work import DECIDE_WAITS, LATE_WAITS, OWN_WAITS

WAITS = (*LATE_WAITS, *OWN_WAITS, *DECIDE_WAITS, *STATE_WAITS)


def counted(desk: Desk) -> Mapping[str, Sequence[Line]]:
    """Return the lines of everything that waits for the reader, by box, counted in one question."""
    asked = {
        str(place): wait
        for place, wait in enumerate(WAITS)
        if desk.may(wait.action) and not (wait.unless and desk.may(wait.unless))
    }
    numbers = count_together(
        {place: wait.rows(desk.seen(wait.action), desk.today) for place, wait in asked.items()}
    )
    found: dict[str, list[Line]] = {}
    for place, wait in asked.items():
        if bool(numbers[place]) != wait.is_lack:
            found.setdefault(wait.box, []).append(
                Line(
                    address=reverse(wait.page) + wait.asked,
                    words=wait.words,
                    count=None if wait.is_lack else numbers[place],
                    tone=wait.tone,
                )
            )
    return found
