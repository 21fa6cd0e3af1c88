"""A worker that is killed in the middle of a job: the job ends ready all the same, once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from journeys.site import running_site

pytestmark = [pytest.mark.loopback, pytest.mark.enable_socket]
BOUND_SECONDS = 300
SECTION = (
    "{n}. 推进灌区改造第{n}项。到2026年，完成灌区续建配套改造{n}处。"
    "（牵头单位：市水利局；参与单位：市财政局）\n\n"
)
UPLOAD = """
import sys, django
django.setup()
from pathlib import Path
from shuiheng.adapters.records.models import Account
from shuiheng.services.upload_plan import upload_plan
upload_plan(Account.objects.get(username="officer"), Path(sys.argv[1]).read_bytes(), name="changhe.txt")
"""


def _until(holds: Callable[[], object]) -> object:
    """Return what `holds` returns as soon as that is something; the bound is against hanging only."""
    deadline = time.monotonic() + BOUND_SECONDS
    while time.monotonic() < deadline:
        found = holds()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it never came to hold")


def _rows(state: Path, query: str) -> list[tuple[object, ...]]:
    records = sqlite3.connect(state / "records.sqlite3", timeout=20)
    try:
        return records.execute(query).fetchall()
    finally:
        records.close()


def _worker_of(server: int) -> int | None:
    """Return the process id of the worker among the children of a server."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text("ascii").split()
    for child in children:
        if b"worker" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0"):
            return int(child)
    return None


def _upload(state: Path, file: Path) -> None:
    environment = {**os.environ, "SHUIHENG_STATE": str(state)}
    environment["DJANGO_SETTINGS_MODULE"] = "shuiheng.web.settings"
    for name in ("SHUIHENG_JOBS", "SHUIHENG_DATABASE_URL"):
        environment.pop(name, None)
    subprocess.run([sys.executable, "-c", UPLOAD, str(file)], env=environment, check=True)


def test_a_job_whose_worker_was_killed_ends_ready_once(tmp_path: Path) -> None:
    state, file = tmp_path / "state", tmp_path / "changhe.txt"
    sections = "".join(SECTION.format(n=n) for n in range(1, 900))
    file.write_text("长河市节水行动方案\n\n一、重点任务\n\n" + sections, "utf-8")
    with running_site(state) as site:
        _upload(state, file)
        compiling = "SELECT id FROM records_job WHERE state = 'running' AND phase = 'compiling'"
        _until(lambda: _rows(state, compiling))
        killed = _worker_of(site.process)
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        assert _rows(state, compiling), "the job ended before its worker was killed"
        _until(lambda: (other := _worker_of(site.process)) and other != killed)
        _until(lambda: _rows(state, "SELECT id FROM records_job WHERE state = 'done'"))
        assert _rows(state, "SELECT state FROM records_planversion") == [("ready",)]
        ended = "SELECT count(*) FROM records_event WHERE action = 'version.compiled'"
        assert _rows(state, ended) == [(1,)]
