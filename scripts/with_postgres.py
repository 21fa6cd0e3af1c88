"""Run a command with a throw-away PostgreSQL server on 127.0.0.1.

The server's address is in SHUIHENG_DATABASE_URL. It is stopped and its folder removed
when the command ends; the exit code is the command's.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path


def main(command: list[str]) -> int:
    """Start a server, run `command` beside it, stop the server."""
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    if not programs:
        print("with_postgres: no PostgreSQL found (Debian: apt-get install postgresql)", file=sys.stderr)
        return 1
    tool = programs[-1]
    folder = Path(tempfile.mkdtemp(prefix="shuiheng-pg-"))
    owner = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    run_as = ["runuser", "-u", owner, "--"] if os.getuid() == 0 else []
    if run_as:
        shutil.chown(folder, owner, owner)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    make = [str(tool / "initdb"), "-D", str(data), "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8"]
    subprocess.run([*run_as, *make], check=True, stdout=subprocess.DEVNULL, cwd="/")
    options = (
        f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
        " -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"
    )
    control = [*run_as, str(tool / "pg_ctl"), "-D", str(data), "-w"]
    subprocess.run(
        [*control, "-l", str(folder / "log"), "-o", options, "start"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
    )
    try:
        url = f"postgresql://{owner}@127.0.0.1:{port}/postgres"
        return subprocess.run(
            command, env={**os.environ, "SHUIHENG_DATABASE_URL": url}, check=False
        ).returncode
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
