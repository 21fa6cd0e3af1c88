"""What a page costs: queries, seconds of the processor, bytes; and which pages are asked for.

The seconds are those of the processor, so that what else the machine does is not counted.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from unittest.mock import patch

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shuiheng.adapters.records.models import Role
from shuiheng.web import idle_session
from web.addresses import Visitors, addresses

FILTERS = (
    "/tasks/?by=path",
    "/tasks/?by=deadline&q=水",
    "/search/?q=水利局",
    "/targets/?year=2027",
    "/duties/?year=2027",
    "/compare/?way=align",
    "/register/?page=2",
    "/progress/?period=all",
    "/progress/?period=all&page=2",
    "/organisations/?page=2",
    "/events/?person=a",
)

NEVER_SECONDS = 10**9  # that a session is in use is noted once a minute, on whichever page it falls
PATIENCE_SECONDS = 2.0  # a slow page is not opened again and again


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one page costs."""

    queries: int
    seconds: float
    size: int
    status: int


def asked_paths(visitors: Visitors) -> Iterator[tuple[str, Client]]:
    """Return every page of the site that is read, and some with filters, with who may open it."""
    for address in addresses(visitors.city):
        if "GET" in address.methods and not address.name.startswith("api."):
            yield address.path, visitors.at(address)
    for path in FILTERS:
        yield path, visitors.of(Role.AUDITOR if path.startswith("/events") else Role.OFFICE_CLERK)


def cost_of(who: Client, path: str, *, times: int = 1) -> Cost:
    """Return what a page costs that was opened before; the time is the median of up to so many."""
    status, size = read(who, path)  # what is worked out once, and kept, is not the price of a page
    with patch.object(idle_session, "NOTED_EVERY_SECONDS", NEVER_SECONDS):
        with CaptureQueriesContext(connection) as queries:
            seconds = [_seconds(who, path)]
        while len(seconds) < times and sum(seconds) < PATIENCE_SECONDS:
            seconds.append(_seconds(who, path))
    return Cost(queries=len(queries), seconds=median(seconds), size=size, status=status)


def _seconds(who: Client, path: str) -> float:
    started = time.process_time()
    read(who, path)
    return time.process_time() - started


def read(who: Client, path: str) -> tuple[int, int]:
    """Open a page and read it to its end; return its status and how many bytes it has."""
    answer = who.get(path)
    size = len(b"".join(answer)) if answer.streaming else len(answer.content)
    answer.close()
    return answer.status_code, size
