"""An installation of the first migration, or of those that it replaces, is carried forward whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from places import ROOT

FIRST, NOW = "0001_tables", ""


class Filled:
    """A database filled at the first migration, and programs run on it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.migrate(FIRST)
        self.step("fill")
        self.before = self.step("read")

    def migrate(self, target: str) -> str:
        """Migrate forward or backward; return what was said on the error stream."""
        command = [sys.executable, "-m", "django", "migrate", "records", *filter(None, [target]), "-v0"]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        ).stderr

    def step(self, name: str) -> Any:
        """Run a step of `migrating.py`; return its answer."""
        command = [sys.executable, str(Path(__file__).parent / "migrating.py"), name]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    """A fresh database, on PostgreSQL when the tests run there."""
    environment = {**os.environ, "SHUIHENG_STATE": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    environment["DJANGO_SETTINGS_MODULE"] = "shuiheng.web.settings"
    (tmp_path / "secret_key").write_text("x" * 60, "ascii")
    address, name = os.environ.get("SHUIHENG_DATABASE_URL"), f"migrations_{uuid4().hex}"
    if not address:
        yield Filled(environment)
        return
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]  a name made just above
        yield Filled(environment | {"SHUIHENG_DATABASE_URL": f"{address.rsplit('/', 1)[0]}/{name}"})
        server.execute(f'DROP DATABASE "{name}" (FORCE)')  # type: ignore[arg-type]  as above


@pytest.mark.nightly
def test_what_stood_at_the_first_migration_is_kept_forward_and_back(filled: Filled) -> None:
    assert filled.migrate(NOW) == ""
    assert filled.step("read") == filled.before
    assert filled.step("guards")["as_listed"]
    assert filled.migrate(FIRST) == ""
    assert filled.step("read") == filled.before
    assert filled.step("guards")["as_listed"]


def test_an_installation_of_the_former_migrations_goes_on(filled: Filled) -> None:
    assert len(filled.step("former")) == 54
    assert filled.step("recorded") == []
    assert {"records_plandecision", "records_event", "records_account"} <= set(filled.before)
    assert filled.migrate(NOW) == ""
    assert filled.step("recorded")[0] == FIRST
    assert filled.step("read") == filled.before
    assert filled.step("guards")["as_listed"]


@pytest.mark.nightly
def test_a_later_change_of_guarded_tables_keeps_every_refusal(filled: Filled) -> None:
    filled.migrate(NOW)
    before = filled.step("guards")
    filled.step("alter")
    assert before["as_listed"] and filled.step("guards") == before
