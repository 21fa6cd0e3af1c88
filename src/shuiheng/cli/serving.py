"""The web server and the worker, side by side until one of them ends or Ctrl-C stops both."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

from shuiheng.services.errors import ServiceError

STOP_SECONDS = 10
LOOK_SECONDS = 0.3
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 60.0
STEADY_SECONDS = 120.0


def refuse_taken_port(host: str, port: int) -> None:
    """Raise a ServiceError when another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServiceError("services.port_taken", port=str(port)) from error


def serve(*, host: str, port: int, beside: Sequence[str] = ()) -> int:
    """Run server and worker as child processes until the server ends or a signal comes.

    A worker that dies is started again, after a pause that grows while it keeps dying; the
    job that it was at runs again.

    Args:
        host: Where the server listens.
        port: On which port.
        beside: A command that runs once beside them, of lower urgency; none when empty.
    """
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    server += ["--no-ws", "--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
    server += ["shuiheng.web.wsgi:application"]
    signal.signal(signal.SIGTERM, _stop)
    site = _start(server)
    worker = RestartedChild([sys.executable, "-m", "shuiheng.cli.main", "worker"])
    others = [_start(["nice", *beside])] if beside else []
    print(f"http://{host}:{port}/  (Ctrl-C)", flush=True)
    try:
        while site.poll() is None:
            worker.look_after(now=time.monotonic())
            time.sleep(LOOK_SECONDS)
        return site.returncode
    except KeyboardInterrupt:
        return 0
    finally:
        end_children([site, worker.child, *others])


class RestartedChild:
    """A child process that is started again when it dies, each time after a longer pause."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.child = _start(command)
        self.started_at = time.monotonic()
        self.pause_seconds = FIRST_PAUSE_SECONDS
        self.start_again_at: float | None = None

    def look_after(self, *, now: float) -> None:
        """Start the child again when it is dead and its pause is over."""
        if self.child.poll() is None:
            return
        if self.start_again_at is None:
            if now - self.started_at >= STEADY_SECONDS:
                self.pause_seconds = FIRST_PAUSE_SECONDS
            self.start_again_at = now + self.pause_seconds
            said = f"worker ended ({self.child.returncode}); again in {self.pause_seconds:g} s"
            print(said, file=sys.stderr, flush=True)
            self.pause_seconds = min(2 * self.pause_seconds, LONGEST_PAUSE_SECONDS)
        elif now >= self.start_again_at:
            self.child, self.started_at, self.start_again_at = _start(self.command), now, None


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "shuiheng.web.settings"}
    return subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603  fixed commands


def end_children(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask the children to end and end those that do not."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
