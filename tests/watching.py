"""Watches every write of the services in every test: no change without its event, no event without a change.

Each statement that writes to a table of the records is set down with the transaction in which it
stands and the service that sent it. What a test itself writes, to set a scene, does not count, and
what is rolled back is forgotten. At the end of a test each transaction of a service that changed a row
must hold an event, and each event must stand beside a change, or tell of an act that changes nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import pytest
from django.db import connection

SERVICES = "/shuiheng/services/"
WRITE = re.compile(r"\s*(INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM)\s+\"?records_(\w+)\"?", re.I)
POINT = re.compile(r"\s*(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT)\s+\"?(\w+)\"?", re.I)
COLUMNS = re.compile(r"\(([^)]*)\)\s+VALUES", re.I)

UNWATCHED = {
    "event": "the log itself",
    "seal": "the log itself",
    "sealedevent": "the log itself",
    "failedlogin": "counts attempts under a keyed mark; what comes of an attempt is an event",
    "accountsession": "traces of a session; signing in and ending a session are events",
    "apicall": "keys that keep a call from being done twice",
    "job": "how far work in the background is; asking, cancelling, repeating and its end are events",
}
QUIET = {
    ("compile_version", "planversion"): "the phase in which a job is; its end is an event",
    ("background", "planversion"): "the phase in which a job is, set back when the worker was killed",
    ("renew_findings", "planfinding"): "findings follow from plan and day; nobody changes them",
    ("renew_findings", "planversion"): "the day for which the findings hold",
    ("deliver_messages", "message"): "attempts of the outbox; writing and repeating a message are events",
    ("read_message", "message"): "the mark that its own reader has seen it",
    ("second_factor", "secondfactor"): "the step of the last code, so that it is not used twice",
    ("api_token", "apitoken"): "when a token was last used",
    ("load_demo", "place"): "the demo marks its city as made up",
}
PARTS = {
    "events": "a test that writes events of its own",
    "sync_parties": "a part of what syncs and matches, which tell",
    "write_message": "a part of what reminds and sends, which tell",
    "end_sessions": "a part of what changes a password or rights, which tell",
}
READING = {
    "events.exported": "takes rows of the log out of the office",
    "contact.revealed": "shows a value in clear",
    "evidence.opened": "shows a file",
    "form.issued": "gives out a form to fill in",
    "log.verified": "reads the whole log",
    "personal.unmasked": "shows a value in clear",
    "sign_in.failed": "changes counters only",
    "table.exported": "takes rows out of the office",
}


@dataclass(frozen=True)
class Write:
    """One statement that wrote to a table."""

    group: str
    table: str
    verb: str
    service: str
    writer: str
    action: str = ""
    is_refused: bool = False


@dataclass
class Watch:
    """What the services wrote in one test."""

    writes: list[Write] = field(default_factory=list)
    open_points: list[tuple[str, int]] = field(default_factory=list)
    transactions: int = 0

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """Set a statement down and run it."""
        result = execute(sql, params, many, context)
        text = str(sql)
        if point := POINT.match(text):
            self._take_point(point[1].upper(), point[2])
        elif write := WRITE.match(text):
            self._take_write(write[1].split()[0].upper(), write[2], text, params)
        return result

    def _take_point(self, verb: str, name: str) -> None:
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

    def _take_write(self, verb: str, table: str, sql: str, params: Any) -> None:
        service, writer = _services()
        if not service:
            return
        group = f"transaction {self.transactions}" if self.open_points else f"alone: {service}"
        action, is_refused = _told(sql, params) if table == "event" else ("", False)
        self.writes.append(Write(group, table, verb, service, writer, action, is_refused))

    def faults(self) -> list[str]:
        """Return what was changed without an event, and what was told without a change."""
        found = []
        for group in dict.fromkeys(write.group for write in self.writes):
            writes = [write for write in self.writes if write.group == group]
            name = writes[0].service
            if name.partition(".")[0] in PARTS:
                continue
            rows = [write for write in writes if write.table not in UNWATCHED]
            changes = [write for write in rows if (write.writer, write.table) not in QUIET]
            events = [write for write in writes if write.table == "event"]
            if changes and not events:
                tables = sorted({f"{write.verb.lower()} {write.table}" for write in changes})
                found.append(f"{name} changed without an event: {', '.join(tables)}")
            told = [each.action for each in events if not each.is_refused and each.action not in READING]
            if told and all(write.table == "event" for write in writes):
                found.append(f"{name} told of {told[0]} without a change")
        return found


@pytest.fixture(autouse=True)
def _every_change_is_an_event() -> Iterator[Watch]:
    """Watch the writes of one test, and fail it in the end when changes and events do not fit."""
    watch = Watch()
    with connection.execute_wrapper(watch):
        yield watch
    assert not watch.faults()


def _services() -> tuple[str, str]:
    """Return the outermost function of a service among the callers and the innermost file, or nothing."""
    frame: FrameType | None = sys._getframe()
    outermost, innermost = "", ""
    while frame is not None:
        if SERVICES in frame.f_code.co_filename:
            file = frame.f_code.co_filename.rsplit("/", 1)[1].removesuffix(".py")
            outermost, innermost = f"{file}.{frame.f_code.co_name}", innermost or file
        frame = frame.f_back
    return outermost, innermost


def _told(sql: str, params: Any) -> tuple[str, bool]:
    """Return the action that an event tells of, and whether it was refused."""
    columns = COLUMNS.search(sql)
    names = [name.strip().strip('"') for name in columns[1].split(",")] if columns else []
    values = dict(zip(names, params or (), strict=False))
    return str(values.get("action", "")), bool(values.get("is_refused"))
