"""Commands on an installation."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def _run(state: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SHUIHENG_STATE": str(state)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment.pop("SHUIHENG_DATABASE_URL", None)
    command = [sys.executable, "-m", "shuiheng.cli.main", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_an_installation_is_made_and_gets_its_first_account(tmp_path: Path) -> None:
    assert _run(tmp_path, "db", "migrate").returncode == 0
    added = _run(tmp_path, "user", "add", "li", "--role", "office_clerk")
    assert added.returncode == 0
    name, password = added.stdout.split()
    assert name == "li" and len(password) >= 16
    again = _run(tmp_path, "user", "add", "li")
    assert again.returncode == 0 and again.stdout.split()[0] == "li"
    assert again.stdout.split()[1] != password  # the account stays, its password is renewed
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_locked_out_person_is_let_in_with_a_reason(tmp_path: Path) -> None:
    _run(tmp_path, "db", "migrate")
    first = _run(tmp_path, "user", "add", "anquan", "--role", "security_administrator").stdout.split()[1]
    assert _run(tmp_path, "user", "recover", "anquan").returncode == 2
    again = _run(tmp_path, "user", "recover", "anquan", "--reason", "手机遗失").stdout.split()
    assert again[0] == "anquan" and again[1] != first
    mixed = _run(tmp_path, "user", "add", "anquan", "--role", "office_clerk")
    assert mixed.returncode == 2 and "accounts.mixed_roles" in mixed.stderr


def test_a_database_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    done = _run(tmp_path, "user", "add", "li")
    assert done.returncode == 2
    assert "services.database_missing" in done.stderr and "Traceback" not in done.stderr
