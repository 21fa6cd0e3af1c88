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
        """Start the server and wait until it answers; after a crash it recovers first."""
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories={self.folder}"
        )
        command = [str(self.tool / "pg_ctl"), "-D", str(self.folder / "data"), "-w", "-t", str(BOUND_SECONDS)]
        command += ["-l", str(self.folder / "log"), "-o", options, "start"]
        subprocess.run([*self.run_as, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def kill(self) -> None:
        """Kill the server and all its processes at once, without a word."""
        mark = self.folder / "data" / "postmaster.pid"
        first = int(mark.read_text("ascii").split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text("ascii").split()
        for process in (first, *map(int, children)):
            _kill(process)
        deadline = time.monotonic() + BOUND_SECONDS
        while any(_is_alive(process) for process in (first, *map(int, children))):
            if time.monotonic() > deadline:
                raise RuntimeError("the database did not die")
            time.sleep(0.02)

    def stop(self) -> None:
        """End the server."""
        command = [str(self.tool / "pg_ctl"), "-D", str(self.folder / "data"), "-m", "immediate", "stop"]
        subprocess.run([*self.run_as, *command], check=False, stdout=subprocess.DEVNULL, cwd="/")


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
