"""Reads the state folder of an installation on this machine, with the rights of an account; never writes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.db import connection

from shuiheng.notebook.source import NOTHING, Json, Query, Source

READS = ("SELECT", "WITH", "EXPLAIN", "PRAGMA", "SAVEPOINT", "RELEASE")
SETTINGS = "shuiheng.web.settings"


class WriteRefusedError(RuntimeError):
    """A statement would have changed the records; an analyst's session only reads."""


def local_source(state: Path, account: str) -> Source:
    """Return what an account may see of a state folder.

    Raises:
        FileNotFoundError: There is no installation in the folder.
        RuntimeError: This Python session has another folder open.
        LookupError: There is no such account.
    """
    _start(state.resolve())
    found: Source = import_module("shuiheng.notebook.records").account_source(account, reading)
    return found


def reading() -> AbstractContextManager[None]:
    """Return a context in which the records can only be read."""
    return connection.execute_wrapper(_only_reads)


def _start(state: Path) -> None:
    if apps.ready:
        if Path(settings.STATE).resolve() != state:
            raise RuntimeError(f"this session has {settings.STATE} open; start a new one for {state}")
        return
    if "SHUIHENG_DATABASE_URL" not in os.environ and not (state / "records.sqlite3").exists():
        raise FileNotFoundError(f"no installation in {state}")
    os.environ["SHUIHENG_STATE"] = str(state)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # a notebook has a loop, and one reader
    django.setup()


def _only_reads(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if not sql.lstrip("( \n").upper().startswith(READS):
        raise WriteRefusedError(sql[:60])
    return execute(sql, params, many, context)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalSource:
    """A state folder, read by the functions that also answer the interface for programs.

    Args:
        lists: By name, a function from a query to all rows of a list.
        answers: By name, a function from a query and a key to one answer.
        reading: A context in which nothing can be written.
    """

    lists: dict[str, Callable[[Query], list[Json]]]
    answers: dict[str, Callable[[Query, str], Json]]
    reading: Callable[[], AbstractContextManager[None]]

    def rows(self, what: str, query: Query = NOTHING) -> Iterator[Json]:
        """Return all rows of a list."""
        with self.reading():
            found = self.lists[what](query)
        yield from found

    def one(self, what: str, query: Query) -> Json:
        """Return one answer."""
        name, _, rest = what.partition("/")
        with self.reading():
            return self.answers[name](query, rest.partition("/")[0])
