"""The web server and the worker, side by side until one of them ends or Ctrl-C stops both."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from shuiheng.services.errors import ServiceError

STOP_SECONDS = 10


def refuse_taken_port(host: str, port: int) -> None:
    """Raise a ServiceError when another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServiceError("services.port_taken", port=str(port)) from error


def serve(*, host: str, port: int) -> int:
    """Run server and worker as child processes; end both when one ends or a signal comes."""
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    server += ["--no-ws", "--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
    server += ["shuiheng.web.wsgi:application"]
    worker = [sys.executable, "-m", "shuiheng.cli.main", "worker"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "shuiheng.web.settings"}
    signal.signal(signal.SIGTERM, _stop)
    children = [
        subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603  fixed commands
        for command in (server, worker)
    ]
    print(f"http://{host}:{port}/  (Ctrl-C)", flush=True)
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.3)
        return max(child.poll() or 0 for child in children)
    except KeyboardInterrupt:
        return 0
    finally:
        end_children(children)


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
