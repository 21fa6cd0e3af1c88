"""Commits that are on the disk before anybody is told so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def durable_commits() -> Iterator[None]:
    """Have the commits of a block survive a power cut, not only the end of a program.

    SQLite is otherwise told to sync its log now and then; PostgreSQL does so at each commit
    anyway. Inside a transaction this does nothing, for its begin has settled how it ends.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
    try:
        yield
    finally:
        if connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA synchronous=NORMAL")
