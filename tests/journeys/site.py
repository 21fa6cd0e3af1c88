"""A whole installation for one test: state folder, server, worker, browser."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from journeys.serving import free_port, wait_for_answer
from tables import make_tables

needs_chromium = pytest.mark.skipif(
    shutil.which("chromium") is None, reason="Chromium is not installed (Debian: apt-get install chromium)"
)
START_SECONDS = 300  # a bound against hanging for ever


@dataclass(frozen=True)
class Site:
    """A running site: its address, the password of its officer, its server process."""

    address: str
    password: str
    process: int


@contextmanager
def running_site(state: Path, *, around: Mapping[str, str] | None = None) -> Iterator[Site]:
    """Make an installation in `state`, serve it on a free port, and stop it in the end.

    Args:
        state: Its folder.
        around: Further variables of its environment.
    """
    environment = {**os.environ, "SHUIHENG_STATE": str(state), "PYTHONUNBUFFERED": "1", **(around or {})}
    environment["SHUIHENG_POLICY"] = "demo"
    for name in ("SHUIHENG_JOBS", "SHUIHENG_DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "shuiheng.cli.main"]
    make_tables(state, environment)
    added = subprocess.run(
        [*command, "user", "add", "officer", "--role", "office_clerk", "--name", "节水办"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    port = free_port()
    with (state / "served.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log
        )
        try:
            wait_for_answer(f"http://127.0.0.1:{port}/login/", server, seconds=START_SECONDS)
            yield Site(
                address=f"http://127.0.0.1:{port}", password=added.stdout.split()[-1], process=server.pid
            )
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
