"""What a use case is part of: the request, command or job on whose behalf it writes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_REQUEST: ContextVar[str] = ContextVar("shuiheng_request", default="")


def current_request() -> str:
    """Return the id of the request, command or job that runs now, or nothing."""
    return _REQUEST.get()


@contextmanager
def in_request(key: str | None = None) -> Iterator[str]:
    """Give everything inside one request id, a new one unless told; events carry it."""
    token = _REQUEST.set(key or str(uuid.uuid4()))
    try:
        yield _REQUEST.get()
    finally:
        _REQUEST.reset(token)
