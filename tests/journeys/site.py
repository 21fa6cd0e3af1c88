"""A whole installation for one test: state folder, server, worker, browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
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
def running_site(state: Path) -> Iterator[Site]:
    """Make an installation in `state`, serve it on a free port, and stop it in the end."""
    environment = {**os.environ, "SHUIHENG_STATE": str(state), "PYTHONUNBUFFERED": "1"}
    environment["SHUIHENG_POLICY"] = "demo"
    for name in ("SHUIHENG_JOBS", "SHUIHENG_DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "shuiheng.cli.main"]
    subprocess.run([*command, "db", "migrate"], env=environment, check=True, capture_output=True)
    added = subprocess.run(
        [*command, "user", "add", "officer", "--role", "office_clerk", "--name", "节水办"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    port = _free_port()
    with (state / "served.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log
        )
        try:
            _wait(f"http://127.0.0.1:{port}/login/", server)
            yield Site(
                address=f"http://127.0.0.1:{port}", password=added.stdout.split()[-1], process=server.pid
            )
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310  a fixed address on this machine
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not answer in time")
