"""Watches every write of the product in every test: no change without its event, no event without a change.

Each row that a statement changes is set down with the transaction in which it stands and the service
that sent it. What a test itself writes, to set a scene, does not count, and what is rolled back is
forgotten. At the end of a test each changed row must be told by an event of its own transaction that
names it (`telling.TOLD_BY`), and each event must name a changed row, or tell of an act that changes
nothing. Rows are seen on SQLite; on PostgreSQL a statement counts for its table.
"""

from __future__ import annotations

import re
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.db import connection
from django.db.backends.signals import connection_created
from django.db.models.signals import post_save
from pytest_django import DjangoDbBlocker

import shuiheng
from changed_rows import columns_of, watch_rows
from telling import PARTS, QUIET, READING, TOLD_BY, UNWATCHED

PRODUCT = str(Path(shuiheng.__file__).parent)
WRITE = re.compile(r"\s*(INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM)\s+\"?records_(\w+)\"?", re.I)
POINT = re.compile(r"\s*(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT)\s+\"?(\w+)\"?", re.I)
WAY = re.compile(r"(?:(?:([\w.]+)@)?(\w+)|([\w.]*)\[(\w+)\]):([\w.]+)")
LOG = "event"
TEST_CASE = "django.test.testcases"
TOTALS: Counter[str] = Counter()


@dataclass(frozen=True)
class Write:
    """One changed row, or a statement where rows are not seen, or an event."""

    group: str
    table: str
    verb: str
    service: str
    writer: str
    keys: dict[str, Any] | None = None
    event: Any = None


@dataclass
class Watch:
    """What the product wrote in one test."""

    writes: list[Write] = field(default_factory=list)
    open_points: list[tuple[str, int]] = field(default_factory=list)
    transactions: int = 0
    sender: tuple[str, str, str] | None = None
    thread: int = field(default_factory=threading.get_ident)

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """Run a statement and set down what it changes."""
        text = str(sql)
        if not (write := WRITE.match(text)):
            result = execute(sql, params, many, context)
            if point := POINT.match(text):
                self._take_point(point[1].upper(), point[2])
            return result
        service, writer = _senders()
        self.sender = (self._group(), service, writer) if service else None
        try:
            result = execute(sql, params, many, context)
            if connection.vendor != "sqlite" and context["cursor"].rowcount:
                self.take_row(write[2], write[1].split()[0].upper())
        finally:
            self.sender = None
        return result

    def take_row(self, table: str, verb: str, *values: Any) -> None:
        """Set down a row that the statement under way changes."""
        if self.sender is None or table == LOG or threading.get_ident() != self.thread:
            return
        keys = dict(zip(columns_of(table), values, strict=True)) if values else None
        group, service, writer = self.sender
        self.writes.append(Write(group, table, verb, service, writer, keys))

    def take_event(self, instance: Any, **_: object) -> None:
        """Set down an event that was written."""
        service, writer = _senders()
        if service and threading.get_ident() == self.thread:
            self.writes.append(Write(self._group(), LOG, "INSERT", service, writer, event=instance))

    def _group(self) -> str:
        """Name the transaction; in a test with real transactions all of them count as one."""
        blocks = connection.atomic_blocks
        own = [block for block in blocks if not getattr(block, "_from_testcase", False)]
        if not own:
            return f"alone {len(self.writes)}"
        is_real = len(own) == len(blocks)
        return "real" if is_real else f"transaction {self.transactions} {bool(self.open_points)}"

    def _take_point(self, verb: str, name: str) -> None:
        if verb == "SAVEPOINT" and _opens_a_test():
            return
        if verb == "SAVEPOINT":
            self.transactions += not self.open_points
            self.open_points.append((name, len(self.writes)))
            return
        names = [each for each, _ in self.open_points]
        if name not in names:
            return
        at = names.index(name)
        if verb == "ROLLBACK TO SAVEPOINT":
            del self.writes[self.open_points[at][1] :]
            del self.open_points[at + 1 :]
        else:
            del self.open_points[at:]

    def faults(self) -> list[str]:
        """Return what was changed without an event, and what was told without a change."""
        groups: dict[str, list[Write]] = {}
        for write in self.writes:
            if write.service.partition(".")[0] not in PARTS:
                groups.setdefault(write.group, []).append(write)
        return [fault for writes in groups.values() for fault in _faults_of(writes)]


def _faults_of(writes: list[Write]) -> list[str]:
    """Return the faults of one transaction, each sort once."""
    rows = [write for write in writes if write.table != LOG]
    told = [write for write in writes if write.table == LOG]
    found = [
        f"{row.service} changed without an event: {row.verb.lower()} {row.table}"
        for row in rows
        if row.table not in UNWATCHED
        and (row.writer, row.table) not in QUIET
        and (row.keys is not None or row.verb != "UPDATE")  # unseen rows may hold what they held
        and not any(_tells(each.event, row) for each in told)
    ]
    found += [
        f"{each.service} told of {each.event.action} without a change"
        for each in told
        if not each.event.is_refused
        and each.event.action not in READING
        and not any(_tells(each.event, row) for row in rows)
    ]
    return list(dict.fromkeys(found))


def _tells(event: Any, row: Write) -> bool:
    """Tell whether an event names this row; where the row is not seen, one of its table."""
    for way in TOLD_BY.get(row.table, ()):
        action, subject, in_field, column = _parts(way)
        if action and event.action != action and not (action[-1] == "." and event.action.startswith(action)):
            continue
        kind, _, key = event.subject.partition(":")
        said = _said(event, in_field) if in_field else [key] if kind == subject else []
        if str(row.keys[column]) in said if row.keys is not None else said:
            return True
    return False


@cache
def _parts(way: str) -> tuple[str, str, str, str]:
    """Return the action, the subject, the field and the column of a way; what it does not name is empty."""
    parts = WAY.fullmatch(way)
    if parts is None:
        raise ValueError(way)
    action, subject, of_field, in_field, column = (part or "" for part in parts.groups())
    return action or of_field, subject, in_field, column


def _said(event: Any, name: str) -> list[str]:
    """Return what the event says in a field, before or after or in its details, or its own key."""
    if name == "pk":
        return [str(event.pk)]
    said = [part[name] for part in (event.before, event.after, event.details) if part and name in part]
    return [str(each) for value in said for each in (value if isinstance(value, list) else [value])]


def _senders() -> tuple[str, str]:
    """Return the outermost function of the product among the callers and the innermost file, or nothing.

    Where a service is among them, it is the services that are meant.
    """
    frame: FrameType | None = sys._getframe()
    chain = []
    while frame is not None:
        if (path := frame.f_code.co_filename).startswith(PRODUCT):
            chain.append((path, frame.f_code.co_name))
        frame = frame.f_back
    chain = [each for each in chain if "/services/" in each[0]] or chain
    if not chain:
        return "", ""
    files = [Path(path).stem for path, _ in (chain[-1], chain[0])]
    return f"{files[0]}.{chain[-1][1]}", files[1]


def _opens_a_test() -> bool:
    """Tell whether a savepoint is that of a whole test, within what the tests of its module share."""
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        if (frame.f_code.co_name, frame.f_globals.get("__name__")) == ("_enter_atomics", TEST_CASE):
            return True
        frame = frame.f_back
    return False


_open: list[Watch] = []


def _take_row(table: str, verb: str, *values: Any) -> None:
    if _open:
        _open[-1].take_row(table, verb, *values)


def _watch_rows(**_: object) -> None:
    if connection.vendor == "sqlite" and threading.current_thread() is threading.main_thread():
        watch_rows(_take_row)


@contextmanager
def watched() -> Iterator[Watch]:
    """Watch the writes of a block."""
    watch = Watch()
    _open.append(watch)
    post_save.connect(watch.take_event, sender="records.Event", weak=False)
    try:
        with connection.execute_wrapper(watch):
            yield watch
    finally:
        post_save.disconnect(watch.take_event, sender="records.Event")
        _open.remove(watch)


@pytest.fixture(autouse=True, scope="session")
def _rows_are_seen(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the database tell of each row that changes, also after it was opened anew."""
    with django_db_blocker.unblock():
        if connection.connection is not None:  # none stands where no collected test needs the records
            _watch_rows()
    connection_created.connect(_watch_rows)
    yield
    connection_created.disconnect(_watch_rows)


@pytest.fixture(autouse=True)
def _every_change_is_an_event() -> Iterator[Watch]:
    """Watch the writes of one test, and fail it in the end when changes and events do not fit."""
    with watched() as watch:
        yield watch
    changes = sum(write.table != LOG for write in watch.writes)
    TOTALS.update(tests=1, changes=changes, events=len(watch.writes) - changes)
    if faults := watch.faults():
        pytest.fail("\n".join(faults), pytrace=False)
