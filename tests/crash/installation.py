"""An installation whose parts are killed and started again one by one."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crash.server import Postgres
from tables import make_tables

BOUND_SECONDS = 300
SCRIPTS = Path(__file__).parent / "scripts"


@dataclass
class Installation:
    """Site, worker and database in one state folder."""

    state: Path
    database: Postgres | None = None
    port: int = 0
    parts: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the site answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What every program of the installation is told."""
        found = {**os.environ, "SHUIHENG_STATE": str(self.state), "SHUIHENG_POLICY": "demo"}
        for name in ("SHUIHENG_JOBS", "SHUIHENG_DATABASE_URL"):
            found.pop(name, None)
        if self.database is not None:
            found["SHUIHENG_DATABASE_URL"] = self.database.address
        return found | {"DJANGO_SETTINGS_MODULE": "shuiheng.web.settings", "PYTHONUNBUFFERED": "1"}

    def run(self, script: str, *arguments: str) -> Any:
        """Run a script of this folder in the installation and return the JSON that it prints."""
        command = [sys.executable, str(SCRIPTS / f"{script}.py"), *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def prepare(self) -> None:
        """Make the tables and choose a port."""
        make_tables(self.state, self.environment)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])

    def start(self, part: str) -> None:
        """Start `site` or `worker`; return when the site answers."""
        site = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port), "--no-ws"]
        site += ["--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
        worker = [sys.executable, "-m", "shuiheng.cli.main", "worker"]
        command = worker if part == "worker" else [*site, "shuiheng.web.wsgi:application"]
        with (self.state / f"{part}.log").open("ab") as log:
            self.parts[part] = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        if part == "site":
            self._wait()

    def kill(self, part: str) -> None:
        """Kill a part with all its processes, at once."""
        if part == "database" and self.database is not None:
            self.database.kill()
            return
        os.killpg(self.parts[part].pid, signal.SIGKILL)
        self.parts[part].wait()

    def revive(self, part: str) -> None:
        """Start a part that was killed."""
        if part == "database" and self.database is not None:
            self.database.start()
        else:
            self.start(part)

    def stop(self) -> None:
        """End what runs."""
        for each in self.parts.values():
            if each.poll() is None:
                os.killpg(each.pid, signal.SIGKILL)
                each.wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + BOUND_SECONDS
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.address}/login/", timeout=5):  # noqa: S310  this machine
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the site did not answer in time")
