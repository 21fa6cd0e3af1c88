"""Asks what a cell says and tells what is wrong with the answer; the world is left as it was."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, urlencode

from django.db import transaction
from django.test import Client

from access.cells import ASKED, CITY, NOTHING, OWN, UNIT, Cell, guarded, path
from access.oracle import strange_words
from access.rows import HEAD
from access.ties import foreign_ties, picture
from access.world import World
from shuiheng.adapters.records import models as tables
from shuiheng.adapters.records.models import Role
from shuiheng.adapters.rulebook import Reach, role_rules
from shuiheng.adapters.rulebook.routes import ACCOUNT

_CHANGING = (
    re.compile(r'(csrf[^>]{0,40}?(?:value|content)=")[^"]*'),
    re.compile(r'("X-CSRFToken": ?")[^"]*'),
    re.compile(r"(/)\d+(?=/)"),
    re.compile(r"()\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?"),
)
TELLING = ("Content-Type", "Content-Disposition", "Location", "ETag", "HX-Redirect", "HX-Push-Url")
LED_ON, NO_SUCH_METHOD, NOT_THERE, UNREAD, FAILED = 302, 405, 404, 422, 500


@dataclass(frozen=True)
class Answer:
    """What came back, with packed files opened."""

    status: int
    text: str

    def plain(self, address: str) -> str:
        """Return the text without what differs between any two answers."""
        text = self.text
        for said in (address, escape(address), quote(address, safe=""), quote(address)):
            text = text.replace(said, "")
        for pattern in _CHANGING:
            text = pattern.sub(r"\1", text)
        return text


class Asking:
    """A browser of each role, and the questions of the matrix."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clients = {role: Client(raise_request_exception=False) for role in Role}
        for role, client in self.clients.items():
            client.force_login(world.accounts[role])
        self.foreign = {
            "plan": world.other.row(tables.PlanDocument).slug,  # type: ignore[attr-defined]
            "place": world.other.row(tables.Place).slug,  # type: ignore[attr-defined]
            "text": "x",
            "words": "x",
            "title": "x",
            "reason": "x",
            "due_on": "2026-09-01",
            "on": "2026-03-01",
        }
        for name, table in {
            "organisation": tables.Organisation,
            "organisations": tables.Organisation,
            "unit": tables.Organisation,
            "task": tables.RegisterTask,
            "tasks": tables.RegisterTask,
            "keys": tables.RegisterTask,
            "key": tables.RegisterTask,
            "period": tables.ReportingPeriod,
            "target": tables.RegisterTarget,
            "account": tables.Account,
            "parent": tables.Organisation,
        }.items():
            self.foreign[name] = str(world.other.row(table).pk)

    def faults(self, cell: Cell) -> list[str]:
        """Return what is wrong with the answer to a cell."""
        rule, address = guarded()[cell.route], path(self.world, cell)
        with transaction.atomic():
            answer = self._ask(cell, address)
            found = self._judged(cell, answer, address)
            if cell.method == "POST" and answer.status < NOT_THERE and cell.method in rule.methods:
                found += self._harm()
            transaction.set_rollback(True)
        return [f"{cell.role} {cell.method} {address} ({cell.relation}): {fault}" for fault in found]

    def _judged(self, cell: Cell, answer: Answer, address: str) -> list[str]:
        rule = guarded()[cell.route]
        if answer.status >= FAILED:
            return [f"failed with {answer.status}"]
        strange = strange_words(cell.role, answer.plain(address), other_city=self.world.other.name)
        found = [f"shows {word}" for word in sorted(strange)]
        if cell.method not in rule.methods:
            is_led_on = rule.needs == ACCOUNT and answer.status == LED_ON
            is_refused = answer.status in (NO_SUCH_METHOD, NOT_THERE)
            return found + ([] if is_refused or is_led_on else [f"answered {answer.status}"])
        if self._reach(cell) is None:
            is_refused = answer.status == NOT_THERE or (
                cell.route.startswith("api.") and answer.status == UNREAD
            )
            return found + ([] if is_refused else [f"answered {answer.status} without right"])
        if answer.status == 302 and "/login/" in answer.text:
            found.append("was sent to sign in")
        if self._is_hidden(cell):
            missing = path(self.world, cell, NOTHING)
            nothing = self._ask(cell, missing)
            if (answer.status, answer.plain(address)) != (nothing.status, nothing.plain(missing)):
                found.append(f"{answer.status} is not what nothing gives ({nothing.status})")
        return found

    def _reach(self, cell: Cell) -> Reach | None:
        """Return how far the right reaches that the address needs, or None without it."""
        needs = guarded()[cell.route].needs
        return Reach.SELF if needs == ACCOUNT else role_rules()[cell.role].reaches.get(needs)

    def _is_hidden(self, cell: Cell) -> bool:
        """Return whether the object of a cell must look as if it did not exist."""
        reach = self._reach(cell)
        if reach is Reach.SYSTEM:
            return False
        return cell.relation == CITY or (cell.relation == UNIT and reach is not Reach.CITY)

    def _ask(self, cell: Cell, address: str) -> Answer:
        self.clients[cell.role].cookies.pop("messages", None)  # what another cell was told
        sent = self.foreign if cell.relation == ASKED and cell.method == "POST" else None
        with transaction.atomic():
            response = self.clients[cell.role].generic(
                cell.method,
                address,
                _form(sent),
                content_type="application/x-www-form-urlencoded",
            )
            whole = b"".join(response) if response.streaming else response.content
            transaction.set_rollback(True) if cell.method != "POST" else None
            response.close()
        headers = " ".join(response.get(name, "") for name in TELLING)
        return Answer(response.status_code, f"{headers} {opened(whole)}")

    def _harm(self) -> list[str]:
        """Return what a request changed in the other city, or tied to it."""
        return [*foreign_ties(self.world), *self._changed()]

    def _changed(self) -> list[str]:
        now = picture(self.world)
        return [f"changed {name} of the other city" for name in now if now[name] != self.before[name]]

    @property
    def before(self) -> dict[str, object]:
        """The other city as it was made."""
        if not hasattr(self, "_before"):
            self._before = picture(self.world)
        return self._before


def _form(fields: dict[str, str] | None) -> bytes:
    return urlencode(fields).encode("ascii") if fields else b""


def opened(content: bytes) -> str:
    """Return the words of a file; those of a packed one part by part."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", errors="replace") for name in packed.namelist())


__all__ = ["HEAD", "OWN", "Answer", "Asking", "opened"]
