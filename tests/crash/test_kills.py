"""Site, worker and database are killed at random moments: what was acknowledged stands, once."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crash.installation import Installation
from crash.load import Journal, Load
from crash.server import own_postgres

pytestmark = [pytest.mark.loopback, pytest.mark.enable_socket]
BOUND_SECONDS = 300
MANY = 40
needs_postgres = pytest.mark.skipif(
    not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
    reason="PostgreSQL is not installed (Debian: apt-get install postgresql)",
)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Installation]:
    """An installation with its records in a file."""
    made = Installation(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def on_postgres(tmp_path: Path) -> Iterator[Installation]:
    """An installation with its records in a server of its own."""
    with own_postgres() as server:
        made = Installation(tmp_path, server)
        yield made
        made.stop()


def _survive(installation: Installation, *, victims: list[str], tasks: int, seed: int) -> dict[str, Any]:
    """Kill each victim at a random moment of a mixed load; return what stands in the end."""
    moments = random.Random(seed)  # noqa: S311  moments, no secrets
    installation.prepare()
    settled = installation.run("settle", str(tasks), str(max(10, len(victims))))
    installation.start("worker")
    installation.start("site")
    load = Load(installation.address, settled)
    load.start()
    for victim in victims:
        time.sleep(moments.uniform(0.3, 2.5))
        installation.kill(victim)
        time.sleep(moments.uniform(0, 0.3))
        installation.revive(victim)
    time.sleep(1)
    load.stop()
    _wait_for_jobs(installation)
    ledger: dict[str, Any] = installation.run("ledger")
    _hold(load.journal, ledger)
    return ledger


def _wait_for_jobs(installation: Installation) -> None:
    deadline = time.monotonic() + BOUND_SECONDS
    while any(state in ("waiting", "running") for _, state, _ in installation.run("ledger")["jobs"]):
        assert time.monotonic() < deadline, "a job never ended"
        time.sleep(1)


def _hold(journal: Journal, ledger: dict[str, Any]) -> None:
    """Compare what the clients know with what stands."""
    assert not journal.refused
    reports = {each["task"]: each for each in ledger["reports"]}
    assert journal.writes, "the load wrote nothing"
    for task, writes in journal.writes.items():
        report = reports[task]
        is_filed = task in journal.filed
        assert report["text"] == journal.last[task]
        assert report["revision"] == writes + is_filed, f"task {task}: a write is lost or doubled"
        assert [number for number, _ in report["steps"]] == list(range(1, report["revision"] + 1))
        assert (report["state"] == "filed") == is_filed
    assert set(reports) == set(journal.writes)
    assert len(ledger["filed"]) == len(journal.filed)
    assert set(ledger["filed"].values()) <= {1}

    units = Counter(unit for unit, _, _ in ledger["messages"])
    assert all(units[unit] == 1 for unit in journal.reminded), "a reminder is lost or doubled"
    assert ledger["told"] == len(ledger["messages"])

    assert journal.runs <= len(ledger["jobs"]) <= journal.runs + journal.runs_in_doubt
    written = Counter((job, unit) for job, unit, _ in ledger["letters"])
    for job, state, asked in ledger["jobs"]:
        assert state == "done"
        assert ledger["ended"][f"job:{job}"] == 1
        assert all(written[job, unit] == 1 for unit in asked)
    numbers = sorted(number for _, _, number in ledger["letters"])
    assert numbers == list(range(1, len(numbers) + 1)), "numbers have gaps or come twice"
    assert ledger["letters_told"] == len(numbers)
    assert ledger["verdict"] == "", "the log does not hold"


def test_nothing_acknowledged_is_lost_or_doubled_when_site_and_worker_are_killed(
    on_sqlite: Installation,
) -> None:
    ledger = _survive(on_sqlite, victims=["site", "worker", "site"], tasks=200, seed=1)
    assert ledger["letters"]


@needs_postgres
def test_nothing_acknowledged_is_lost_or_doubled_when_the_database_is_killed(
    on_postgres: Installation,
) -> None:
    ledger = _survive(on_postgres, victims=["database"], tasks=200, seed=2)
    assert ledger["letters"]


@pytest.mark.nightly
@pytest.mark.parametrize("seed", [11])
def test_forty_kills_on_sqlite(on_sqlite: Installation, seed: int) -> None:
    victims = random.Random(seed).choices(["site", "worker"], k=MANY)  # noqa: S311  no secrets
    _survive(on_sqlite, victims=victims, tasks=600, seed=seed)


@needs_postgres
@pytest.mark.nightly
@pytest.mark.parametrize("seed", [12])
def test_forty_kills_on_postgresql(on_postgres: Installation, seed: int) -> None:
    victims = random.Random(seed).choices(["site", "worker", "database"], k=MANY)  # noqa: S311  no secrets
    _survive(on_postgres, victims=victims, tasks=600, seed=seed)
