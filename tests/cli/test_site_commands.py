"""Commands on an installation."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from tables import make_tables

_SET_BY_TESTS = ("DJANGO_SETTINGS_MODULE", "SHUIHENG_DATABASE_URL")


def _environment(state: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in _SET_BY_TESTS}
    return kept | {"SHUIHENG_STATE": str(state)}


def _run(state: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "shuiheng.cli.main", *arguments]
    return subprocess.run(command, env=_environment(state), capture_output=True, text=True, check=False)


def test_an_installation_is_made_and_gets_its_first_account(tmp_path: Path) -> None:
    assert _run(tmp_path, "db", "migrate").returncode == 0
    added = _run(tmp_path, "user", "add", "li", "--role", "office_clerk")
    assert added.returncode == 0
    name, password = added.stdout.split()
    assert name == "li" and len(password) >= 16
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_name_that_is_taken_is_refused_with_the_way_to_a_new_password(tmp_path: Path) -> None:
    make_tables(tmp_path, _environment(tmp_path))
    _run(tmp_path, "user", "add", "li")
    again = _run(tmp_path, "user", "add", "LI", "--role", "office_clerk")
    assert (again.returncode, again.stdout) == (2, "")
    assert "services.name_taken" in again.stderr and "shuiheng user recover" in again.stderr


def test_a_locked_out_person_is_let_in_with_a_reason(tmp_path: Path) -> None:
    make_tables(tmp_path, _environment(tmp_path))
    first = _run(tmp_path, "user", "add", "anquan", "--role", "security_administrator").stdout.split()[1]
    assert _run(tmp_path, "user", "recover", "anquan").returncode == 2
    again = _run(tmp_path, "user", "recover", "anquan", "--reason", "手机遗失").stdout.split()
    assert again[0] == "anquan" and again[1] != first


def test_roles_that_are_none_or_do_not_stand_together_are_refused(tmp_path: Path) -> None:
    make_tables(tmp_path, _environment(tmp_path))
    for other, code in (
        ("nobody", "accounts.unfit_role"),
        ("security_administrator", "accounts.mixed_roles"),
    ):
        done = _run(tmp_path, "user", "add", "wang", "--role", "office_clerk", "--role", other)
        assert done.returncode == 2 and code in done.stderr


def test_a_database_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    done = _run(tmp_path, "user", "add", "li")
    assert done.returncode == 2
    assert "services.database_missing" in done.stderr and "Traceback" not in done.stderr


def test_a_dry_run_counts_what_is_to_be_erased_and_leaves_it(tmp_path: Path) -> None:
    make_tables(tmp_path, _environment(tmp_path))
    with sqlite3.connect(tmp_path / "records.sqlite3") as database:
        database.execute(
            "INSERT INTO records_failedlogin (mark, count, last_at) VALUES ('m', 1, '2020-01-01 00:00:00')"
        )
    counts = [
        dict(line.split() for line in _run(tmp_path, "db", "purge", *more).stdout.splitlines())
        for more in (["--dry-run"], [], [])
    ]
    assert [each["failed_sign_ins"] for each in counts] == ["1", "1", "0"]


def test_the_worker_makes_missing_refusals_again_before_it_works(tmp_path: Path) -> None:
    make_tables(tmp_path, _environment(tmp_path))
    file = next(tmp_path.glob("*.sqlite3"))
    with sqlite3.connect(file) as database:
        database.execute("DROP TRIGGER records_event_no_update")
    worker = subprocess.Popen(
        [sys.executable, "-m", "shuiheng.cli.main", "worker"],
        env=_environment(tmp_path),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    said = worker.stdout.readline()
    worker.terminate()
    worker.communicate()
    assert "made again" in said
    with sqlite3.connect(file) as database:
        names = {
            name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        }
    assert "records_event_no_update" in names
