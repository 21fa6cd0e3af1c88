"""A listener in a process of its own beside a running site, and what is told to it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from adapters.telemetry.broker import Broker, until

BOUND_SECONDS = 120.0  # a bound against hanging for ever

MAKE_METERS = """
import json, sys, django
django.setup()
from datetime import date
from shuiheng.adapters.records.models import Account, Organisation
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
officer = Account.objects.get(username="officer")
unit = Organisation.objects.order_by("pk").first()
fields = MeterFields(register_digits=8, grid_minutes=60)
made = {}
for number in json.loads(sys.argv[1]):
    new = NewMeter(number=number, keeper=unit.pk)
    made[number] = add_meter(officer, new, fields, valid_from=date(2025, 1, 1)).pk
print(json.dumps({"keeper": unit.slug, "meters": made}))
"""


def environment_of(state: Path) -> dict[str, str]:
    """Return what every program of an installation is told."""
    found = {**os.environ, "SHUIHENG_STATE": str(state), "SHUIHENG_POLICY": "demo", "PYTHONUNBUFFERED": "1"}
    for name in ("SHUIHENG_JOBS", "SHUIHENG_DATABASE_URL"):
        found.pop(name, None)
    return found | {"DJANGO_SETTINGS_MODULE": "shuiheng.web.settings"}


def make_meters(state: Path, numbers: Sequence[str]) -> tuple[str, dict[str, int]]:
    """Put meters into the ledger; return the slug of their keeper and their keys."""
    command = [sys.executable, "-c", MAKE_METERS, json.dumps(numbers)]
    done = subprocess.run(command, env=environment_of(state), check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    return found["keeper"], found["meters"]


class ListenerProcess:
    """`shuiheng readings listen` on a broker; it can be killed and started again.

    Args:
        state: State folder of the site.
        broker: The broker.
        keeper: Slug of the organisation whose meters are heard.
        seconds: How long messages are gathered.
    """

    def __init__(self, state: Path, broker: Broker, *, keeper: str, seconds: int) -> None:
        self._environment = environment_of(state)
        self._settings, self._log = state / "mqtt.yaml", state / "listener.log"
        self._settings.write_text(
            f"broker: {{host: 127.0.0.1, port: {broker.port}, client_id: reader}}\n"
            f"keepers: [{keeper}]\ngather: {{seconds: {seconds}}}\n",
            "utf-8",
        )
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def said(self) -> str:
        """What it said so far."""
        return self._log.read_text("utf-8") if self._log.exists() else ""

    def start(self, *, is_up: bool = True) -> None:
        """Start it and wait until it is connected."""
        before = self.said.count("connected\n")
        command = [sys.executable, "-m", "shuiheng.cli.main", "readings", "listen"]
        with self._log.open("ab") as log:
            self._child = subprocess.Popen(
                [*command, "--settings", str(self._settings)], env=self._environment, stdout=log, stderr=log
            )
        if is_up:
            until(lambda: self.said.count("connected\n") > before, BOUND_SECONDS)

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it and return its exit code."""
        assert self._child is not None
        self._child.send_signal(how)
        code = self._child.wait(BOUND_SECONDS)
        self._child = None
        return code

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run it for the length of a block."""
        self.start()
        try:
            yield
        finally:
            if self._child is not None:
                self.end()


HELD = """
import json, sys, django
django.setup()
from shuiheng.services.readings.reading_store import reading_store
with reading_store().snapshot() as reader:
    table = reader.readings(int(sys.argv[1]), 0, 2**40)
print(json.dumps([table["read_at"].to_pylist(), table["register"].to_pylist()]))
"""


def readings_held(state: Path, meter: int) -> dict[int, int]:
    """Return the readings of a meter that hold, litres by instant."""
    command = [sys.executable, "-c", HELD, str(meter)]
    done = subprocess.run(command, env=environment_of(state), check=True, capture_output=True, text=True)
    return dict(zip(*json.loads(done.stdout), strict=True))


def rows(state: Path, query: str) -> list[tuple[object, ...]]:
    """Return what the records of an installation hold."""
    records = sqlite3.connect(state / "records.sqlite3", timeout=20)
    try:
        return records.execute(query).fetchall()
    finally:
        records.close()
