"""A server that takes entries of an outbox, and can lose, refuse and turn away what comes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from places import PACKAGE
from shuiheng.programmes.receipts import ChangedEntryError, Receipt, SentEntry, receipt_json, take_entry

PAGE = b'<!doctype html><meta charset="utf-8"><title>outbox</title><script src="/outbox.js"></script>'
SCRIPT = (PACKAGE / "web" / "static" / "outbox.js").read_bytes()
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"


@dataclass
class Receiving:
    """What a server was sent, and what it does with the next calls.

    Args:
        address: Where it listens.
        moods: What it does with each coming call, in order: `take`, `lose_answer`, `refuse`, `sign_in`,
            `page`, `busy`; when they are used up it takes.
    """

    address: str = ""
    moods: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    receipts: dict[str, Receipt] = field(default_factory=dict)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, sent: SentEntry, kind: str) -> tuple[int, dict[str, object]]:
        """Take an entry; return status and answer."""
        known = self.receipts.get(sent.key)
        try:
            receipt = take_entry(sent, known=known, at=datetime.now(UTC))
        except ChangedEntryError as error:
            return 409, {"code": error.code}
        if known is None:
            self.taken.append((kind, sent.content))
            self.receipts[sent.key] = receipt
        return 200, dict(receipt_json(receipt))


class _Handler(BaseHTTPRequestHandler):
    room: Receiving

    def do_GET(self) -> None:
        is_script = self.path == "/outbox.js"
        self._answer(200, SCRIPT if is_script else PAGE, "text/javascript" if is_script else "text/html")

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        sent = SentEntry(
            key=self.headers["X-Entry-Key"], sha256=self.headers["X-Entry-Sha256"], content=content
        )
        with self.room.lock:
            self.room.calls.append(sent.key)
            mood = self.room.moods.pop(0) if self.room.moods else "take"
            if mood == "refuse":
                return self._json(422, {"code": "programmes.entry_key"})
            if mood == "busy":
                return self._json(503, {})
            if mood == "page":
                return self._answer(200, PAGE, "text/html")
            if mood == "sign_in":
                return self._answer(302, b"", "text/html")
            status, answer = self.room.take(sent, self.headers["X-Entry-Kind"])
        if mood == "lose_answer":
            self.close_connection = True
            return self.connection.close()
        return self._json(status, answer)

    def _json(self, status: int, answer: dict[str, object]) -> None:
        self._answer(status, json.dumps(answer).encode(), "application/json")

    def _answer(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", POLICY)
        if status == 302:
            self.send_header("Location", "/")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def receiving() -> Iterator[Receiving]:
    """Serve on a free port of this machine until the end of the block."""
    room = Receiving()
    handler = type("Handler", (_Handler,), {"room": room})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    room.address = f"http://127.0.0.1:{server.server_address[1]}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield room
    finally:
        server.shutdown()
        server.server_close()
