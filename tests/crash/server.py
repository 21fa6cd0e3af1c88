"""A PostgreSQL server of a test's own, which can be killed and started again."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BOUND_SECONDS = 120


class Postgres:
    """A server on a free port of this machine that keeps what it has confirmed."""

    def __init__(self, folder: Path) -> None:
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name))
        self.tool, self.folder = programs[-1], folder
        self.owner = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        self.run_as = ["runuser", "-u", self.owner, "--"] if os.getuid() == 0 else []
        self.process: subprocess.Popen[bytes] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    @property
    def address(self) -> str:
        """The address for SHUIHENG_DATABASE_URL."""
        return f"postgresql://{self.owner}@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Make an empty cluster."""
        if self.run_as:
            shutil.chown(self.folder, self.owner, self.owner)
        data = str(self.folder / "data")
        make = [str(self.tool / "initdb"), "-D", data, "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8"]
        subprocess.run([*self.run_as, *make], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def start(self) -> None:
        """Start the server and wait until it answers; after a crash it recovers first.

        It is a child of the test, which takes note of its death: a dead server that nobody took
        note of would look alive to the next one.
        """
        command = [str(self.tool / "postgres"), "-D", str(self.folder / "data")]
        for setting in (
            "listen_addresses=127.0.0.1",
            f"port={self.port}",
            f"unix_socket_directories={self.folder}",
        ):
            command += ["-c", setting]
        user = self.owner if self.run_as else None
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, user=user, stdout=log, stderr=log, cwd="/")
        ready = [str(self.tool / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        deadline = time.monotonic() + BOUND_SECONDS
        while subprocess.run(ready, check=False).returncode:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the database did not start")
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill the server and all its processes at once, without a word."""
        if self.process is None:
            return
        first = self.process.pid
        os.kill(first, signal.SIGSTOP)  # so that it starts no further process now
        children = Path(f"/proc/{first}/task/{first}/children").read_text("ascii").split()
        for process in (first, *map(int, children)):
            _kill(process)
        self.process.wait()
        deadline = time.monotonic() + BOUND_SECONDS
        while any(_is_alive(int(process)) for process in children):
            if time.monotonic() > deadline:
                raise RuntimeError("the database did not die")
            time.sleep(0.02)

    def stop(self) -> None:
        """End the server."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(timeout=BOUND_SECONDS)


def _kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def _is_alive(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False


@contextmanager
def own_postgres() -> Iterator[Postgres]:
    """Start a server and remove it in the end."""
    folder = Path(tempfile.mkdtemp(prefix="shuiheng-crash-"))
    server = Postgres(folder)
    try:
        server.make()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
