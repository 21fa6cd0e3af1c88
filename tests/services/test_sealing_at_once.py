"""Many writers and two sealers at once: each event ends in exactly one seal, and the chain has no fork."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from places import ROOT
from tables import make_tables

PROGRAM = ROOT / "tests" / "services" / "many_writers.py"


@pytest.fixture
def installation(tmp_path: Path) -> dict[str, str]:
    """The environment of a fresh installation, on PostgreSQL when the tests run there."""
    environment = {**os.environ, "SHUIHENG_STATE": str(tmp_path), "SHUIHENG_JOBS": "inline"}
    environment["DJANGO_SETTINGS_MODULE"] = "shuiheng.web.settings"
    (tmp_path / "secret_key").write_text("x" * 60, "ascii")
    if address := os.environ.get("SHUIHENG_DATABASE_URL"):
        name = f"writers_{uuid4().hex}"
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]  a name made just above
        environment["SHUIHENG_DATABASE_URL"] = f"{address.rsplit('/', 1)[0]}/{name}"
    make_tables(tmp_path, environment)
    return environment


def _run(installation: dict[str, str], writers: int, events: int) -> dict[str, int | str]:
    # -P: the folder of the program holds rooms that are named like modules of Python.
    words = [sys.executable, "-P", str(PROGRAM), str(writers), str(events), "7"]
    done = subprocess.run(words, env=installation, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr, done.stderr[-2000:]
    found: dict[str, int | str] = json.loads(done.stdout.splitlines()[-1])
    return found


def _assert_whole(found: dict[str, int | str], least: float) -> None:
    assert found["code"] == ""
    assert found["events"] == found["sealed"] == found["rows"]
    assert int(found["events"]) > least


def test_each_event_of_many_writers_is_sealed_once(installation: dict[str, str]) -> None:
    _assert_whole(_run(installation, 6, 40), 6 * 40 * 0.85)


@pytest.mark.nightly
def test_fifty_thousand_events_of_sixteen_writers_are_sealed_once(installation: dict[str, str]) -> None:
    _assert_whole(_run(installation, 16, 3125), 50_000 * 0.93)
