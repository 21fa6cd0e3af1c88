"""An installation of the time of 0003 is carried forward, and back while nothing would be lost."""

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

OLD, NOW = "0003_carried_decisions", ""
CITY, NAMED_BY_TITLE = "青禾市", "节" * 60


class Filled:
    """A database filled at 0003, and programs run on it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.migrate(OLD)
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


def _carried_forward(filled: Filled) -> list[str]:
    """Migrate to now and see that all is kept; return the former roles of the accounts."""
    assert all(filled.before.values())
    assert filled.migrate(NOW) == ""
    assert filled.step("settled") == [
        ["p" * 40, CITY],
        ["second", CITY],
        ["third", NAMED_BY_TITLE],
        *(
            ["li", place, role]
            for place in (NAMED_BY_TITLE, CITY)
            for role in ("office_clerk", "office_leader", "office_reviewer")
        ),
        ["wang", NAMED_BY_TITLE, "reader"],
        ["wang", CITY, "reader"],
    ]
    after = filled.step("read")
    for account in filled.before["records_account"]:
        account["is_superuser"] = account["is_staff"] = "False"
    roles = [account.pop("role") for account in filled.before["records_account"]]
    assert after == filled.before
    return roles


def test_what_stood_at_0003_is_kept_forward(filled: Filled) -> None:
    assert _carried_forward(filled)


@pytest.mark.nightly
def test_what_stood_at_0003_is_kept_forward_and_back(filled: Filled) -> None:
    roles = _carried_forward(filled)
    assert filled.migrate(OLD) == ""
    back = filled.step("read")
    assert [account.pop("role") for account in back["records_account"]] == roles
    assert back == filled.before
    assert filled.step("guards") == {"count": 4, "as_listed": True}
    assert filled.migrate(NOW) == ""
    assert filled.step("read") == filled.before


@pytest.mark.nightly
def test_nobody_goes_back_over_what_would_be_lost(filled: Filled) -> None:
    filled.migrate(NOW)
    filled.step("use")
    said = filled.migrate(OLD)
    assert "IrreversibleError" in said and "numberseries 1" in said and "Restore the backup" in said
    assert filled.migrate(NOW) == ""
    assert filled.step("settled")
    assert filled.step("guards")["as_listed"]


@pytest.mark.nightly
def test_a_later_change_of_guarded_tables_keeps_every_refusal(filled: Filled) -> None:
    filled.migrate(NOW)
    before = filled.step("guards")
    filled.step("alter")
    assert before["as_listed"] and filled.step("guards") == before
