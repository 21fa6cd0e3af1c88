"""Asks for pages as the server does: through its application, with the cookie of somebody signed in."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass, field
from typing import Any
from wsgiref.util import setup_testing_defaults

OLDEST = 2


@dataclass(slots=True, kw_only=True)
class Pauses:
    """What the collector of garbage took of the processor, in seconds: each time it walked all objects."""

    seconds: list[float] = field(default_factory=list)
    begun: float = 0.0

    def __call__(self, phase: str, told: dict[str, int]) -> None:
        """Take down when the collector began and ended."""
        if told["generation"] == OLDEST:
            if phase == "start":
                self.begun = time.process_time()
            else:
                self.seconds.append(time.process_time() - self.begun)


def watched() -> Pauses:
    """Return the pauses of this process from now on; what a server loads first is loaded."""
    import shuiheng.web.wsgi  # noqa: F401

    pauses = Pauses()
    gc.callbacks.append(pauses)
    return pauses


def cookie_of(account: Any) -> str:
    """Return the cookie of a session of somebody."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(account)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def page(path: str, cookie: str) -> tuple[int, int]:
    """Open a page to its end, as the server is asked for it; return its status and how many bytes came."""
    from shuiheng.web.wsgi import application

    asked: dict[str, Any] = {"PATH_INFO": path, "HTTP_HOST": "localhost", "HTTP_COOKIE": cookie}
    asked["HTTP_ACCEPT_ENCODING"] = "gzip"
    setup_testing_defaults(asked)
    told: list[str] = []
    answer = application(asked, lambda status, _headers: told.append(status))
    try:
        size = sum(len(part) for part in answer)
    finally:
        answer.close()
    return int(told[0].split()[0]), size


def queries_of(path: str, cookie: str) -> int:
    """Return how many queries a page sends."""
    from django.db import connection

    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        page(path, cookie)
    return len(asked)


def seconds_of(path: str, cookie: str, *, times: int, patience: float) -> list[float]:
    """Return the seconds of the processor that a page takes, each time; fewer times where it is slow."""
    took: list[float] = []
    while len(took) < times and (len(took) < 2 or sum(took) < patience):
        begun = time.process_time()
        page(path, cookie)
        took.append(time.process_time() - begun)
    return took
