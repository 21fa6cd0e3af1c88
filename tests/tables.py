"""The tables of the product, made once on SQLite and then copied: making them takes seconds of each start.

What was made is kept in `.pytest_cache/tables`, under a name that changes with every file of the records
and with Django, so nobody meets tables of another day. A copy is still asked by `migrate` what it lacks.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import django
from django.db import connection

from places import PACKAGE, ROOT

FOLDER = ROOT / ".pytest_cache" / "tables"
MOST_KEPT = 5


@cache
def kept_tables() -> Path:
    """Return where the tables of the present sources are kept, or would be."""
    found = sha256(django.__version__.encode())
    for path in sorted((PACKAGE / "adapters" / "records").rglob("*.py")):
        found.update(path.as_posix().encode() + path.read_bytes())
    return FOLDER / f"{found.hexdigest()[:32]}.sqlite3"


def _keep(source: sqlite3.Connection) -> None:
    """Keep the tables of a connection; what was kept of older sources is removed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    part = FOLDER / f"{os.getpid()}.part"
    with closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
    part.replace(kept_tables())
    for old in sorted(FOLDER.glob("*.sqlite3"), key=lambda path: -path.stat().st_mtime)[MOST_KEPT:]:
        old.unlink(missing_ok=True)


def fill(connection: Any, **_: object) -> None:
    """Fill a new database in memory from what is kept; to be connected to `connection_created`."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db() or not kept_tables().is_file():
        return
    found = connection.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not found[0]:
        with closing(sqlite3.connect(kept_tables())) as kept:
            kept.backup(connection.connection)


def keep_tables() -> None:
    """Keep the tables of the database of the tests, unless they are kept already."""
    if connection.vendor == "sqlite" and connection.connection is not None and not kept_tables().is_file():
        _keep(connection.connection)


def make_tables(state: Path, environment: Mapping[str, str]) -> None:
    """Give an installation its tables: by a copy of what is kept, or by the command and keep them then."""
    file, is_sqlite = state / "records.sqlite3", "SHUIHENG_DATABASE_URL" not in environment
    if not is_sqlite or not kept_tables().is_file():
        command = [sys.executable, "-m", "shuiheng.cli.main", "db", "migrate"]
        subprocess.run(command, env=dict(environment), check=True, capture_output=True)
        if is_sqlite:
            with closing(sqlite3.connect(file)) as made:
                _keep(made)
        return
    state.mkdir(parents=True, exist_ok=True)
    if not (key := state / "secret_key").exists():  # as every command does that is the first
        key.touch(mode=0o600)
        key.write_text(token_urlsafe(50), "ascii")
    with closing(sqlite3.connect(kept_tables())) as kept, closing(sqlite3.connect(file)) as copy:
        kept.backup(copy)
