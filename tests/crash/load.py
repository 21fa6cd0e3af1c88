"""A mixed load from clients that write down what was acknowledged, and ask again when nothing came back."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any

WRITES_BEFORE_FILING = 3
PAUSE_SECONDS, ANSWER_SECONDS = 0.1, 30
LETTERS_EACH = 8
BOUND_SECONDS = 300
NOT_DONE = (500, 502, 503, 504)
BROKEN = (OSError, http.client.HTTPException)


@dataclass
class Journal:
    """What the clients know: what was acknowledged, and what may or may not have been done.

    Args:
        writes: How many different writes of each task were acknowledged.
        last: The words of the last acknowledged write of each task.
        filed: Tasks whose filing was acknowledged.
        reminded: Units for which a reminder was acknowledged.
        runs: How many runs of letters were acknowledged.
        runs_in_doubt: How many runs were asked for without an answer.
        refused: Answers that no client should ever see.
    """

    writes: dict[int, int] = field(default_factory=dict)
    last: dict[int, str] = field(default_factory=dict)
    filed: set[int] = field(default_factory=set)
    reminded: set[int] = field(default_factory=set)
    runs: int = 0
    runs_in_doubt: int = 0
    refused: list[str] = field(default_factory=list)


class Load:
    """Two filers over the interface and an officer over the pages, until they are told to stop."""

    def __init__(self, address: str, settled: Mapping[str, Any]) -> None:
        self.address, self.settled = address, settled
        self.journal = Journal()
        self.is_over = threading.Event()
        works: list[Callable[[], None]] = [self._remind, self._write_letters]
        works += [lambda filer=filer: self._file(filer) for filer in settled["filers"]]
        self.threads = [threading.Thread(target=work, daemon=True) for work in works]

    def start(self) -> None:
        """Begin; return when each client has had its first answer."""
        for thread in self.threads:
            thread.start()
        deadline = time.monotonic() + BOUND_SECONDS
        while not (self.journal.writes and self.journal.reminded and self.journal.runs):
            assert time.monotonic() < deadline, f"a client had no answer: {self.journal}"
            time.sleep(0.05)

    def stop(self) -> None:
        """Let every client finish what it is at."""
        self.is_over.set()
        for thread in self.threads:
            thread.join(timeout=BOUND_SECONDS)
            assert not thread.is_alive(), "a client hangs"

    def _file(self, filer: Mapping[str, Any]) -> None:
        """Write each task several times, then file it; each call carries a key and is repeated."""
        for task in filer["tasks"]:
            path = f"/api/v1/periods/{self.settled['period']}/tasks/{task}/progress/{filer['unit']}"
            for number in range(WRITES_BEFORE_FILING):
                if self.is_over.is_set():
                    return
                words = f"第{number + 1}次填写"
                saved = self._until_answered(filer, "PUT", path, f"{task}-{number}", {"done_text": words})
                if saved is None:
                    return
                self.journal.writes[task], self.journal.last[task] = number + 1, words
            if self._until_answered(filer, "POST", f"/api/v1/progress/{saved['id']}/file", f"{task}-f", {}):
                self.journal.filed.add(task)

    def _until_answered(
        self, filer: Mapping[str, Any], method: str, path: str, key: str, body: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        """Return the answer; the same call is sent until there is one."""
        head = {"Authorization": f"Bearer {filer['token']}", "Idempotency-Key": key}
        while True:
            request = urllib.request.Request(  # noqa: S310  the site of the test
                self.address + path,
                data=json.dumps(body).encode(),
                headers=head | {"Content-Type": "application/json"},
                method=method,
            )
            try:
                with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:  # noqa: S310
                    return dict(json.load(answer))
            except urllib.error.HTTPError as error:
                if error.code not in NOT_DONE:
                    self.journal.refused.append(f"{method} {path} {error.code} {error.read()[:200]!r}")
                    return None
            except (*BROKEN, ValueError):
                pass
            time.sleep(PAUSE_SECONDS)

    def _remind(self) -> None:
        """Remind one unit after another; a unit is asked for again until an answer comes."""
        officer = Officer(self.address, self.settled["password"])
        address = f"/chasing/{self.settled['period']}/remind/"
        for unit in self.settled["silent"]:
            while unit not in self.journal.reminded:
                if self.is_over.is_set():
                    return
                if officer.post("/chasing/", address, [("unit", unit), ("channel", "site")]) is True:
                    self.journal.reminded.add(unit)
                time.sleep(PAUSE_SECONDS)

    def _write_letters(self) -> None:
        """Ask for runs of letters; a run without an answer is not asked for again."""
        officer = Officer(self.address, self.settled["password"])
        address = f"/letters/run/{self.settled['period']}/"
        units = [("unit", unit) for unit in self.settled["silent"][:LETTERS_EACH]]
        while not self.is_over.is_set():
            done = officer.post(address, address, [*units, ("mark", "青节水"), ("answer_by", "2099-12-31")])
            self.journal.runs += done is True
            self.journal.runs_in_doubt += done is None
            time.sleep(20 * PAUSE_SECONDS)


class Officer:
    """A browser of the officer without a screen."""

    def __init__(self, address: str, password: str) -> None:
        self.address, self.password = address, password
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def post(self, page: str, target: str, fields: list[tuple[str, object]]) -> bool | None:
        """Send a form of a page; True: it was done, None: nobody knows, False: it was not done."""
        try:
            text, _ = self._open(page)
            if 'name="password"' in text:
                sign_in = [("username", "officer"), ("password", self.password)]
                self._open("/login/", [("csrfmiddlewaretoken", _token(text)), *sign_in])
                text, _ = self._open(page)
            token = _token(text)
        except BROKEN:
            return False
        if 'name="password"' in text or not token:
            return False
        try:
            text, shown = self._open(target, [("csrfmiddlewaretoken", token), *fields])
        except BROKEN:
            return None
        if shown.endswith(target):
            return False  # the form came back with the reason why nothing was done
        return 'class="messages"' in text or None

    def _open(self, path: str, fields: list[tuple[str, object]] | None = None) -> tuple[str, str]:
        content = urllib.parse.urlencode(fields).encode() if fields is not None else None
        with self.opener.open(self.address + path, content, timeout=ANSWER_SECONDS) as answer:
            return answer.read().decode("utf-8"), answer.url


def _token(html: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    return found[1] if found else ""
