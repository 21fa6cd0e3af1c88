"""The cluster says what the embedded engine says, to the byte; also when a worker dies in the middle.

One cluster and one session serve all tests of this file: they take longer to start than to work.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from adapters.engines.columnar.worlds import World, expected
from adapters.engines.settlement.stores import (
    PROFILES,
    figures_in,
    files_in,
    filled,
    job_of,
    many_worlds,
    spoil,
    told_by_time,
    volumes_by_time,
)
from adapters.engines.spark.standalone import SETTINGS, WORKERS, Cluster, needs_spark, wait_until
from shuiheng.adapters.engines.columnar import Store
from shuiheng.adapters.engines.settlement import KINDS, Asked, differences, settle_embedded
from shuiheng.adapters.engines.spark.errors import ClusterError
from shuiheng.cli.main import main
from shuiheng.services.readings import settle_whole
from shuiheng.services.readings.reading_store import rules_of_intervals

pytestmark = [
    needs_spark,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
]
MANY = Asked(kinds=KINDS, most_readings=3000)
"""Cuts the meters of these tests into many ranges."""

ROWS_OF_TASK = 600


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A master and two workers."""
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def engine() -> Any:
    """The module under test, which cannot be imported without PySpark."""
    return import_module("shuiheng.adapters.engines.spark.cluster")


@pytest.fixture(scope="module")
def session(cluster: Cluster, engine: Any) -> Iterator[Any]:
    """The one session of this file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        with engine.open_session(cluster.address, SETTINGS) as opened:
            yield opened


@pytest.fixture(scope="module")
def world() -> World:
    """Meters of all grids with swaps, rollovers, resets, gaps, late, repeated and withdrawn readings."""
    return many_worlds(range(1, 8), meters=6, days=7)


@pytest.fixture(scope="module")
def store(world: World, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Their store."""
    return filled(tmp_path_factory.mktemp("many") / "store", world)


def test_every_definition_is_the_same_on_both_engines_and_in_the_core(
    engine: Any, session: Any, store: Store, world: World, tmp_path: Path
) -> None:
    with store.snapshot() as reader:
        embedded = settle_embedded(reader, job_of(reader, tmp_path / "embedded", MANY))
        job = job_of(reader, tmp_path / "cluster", MANY)
        assert job.ranges > 4
        assert engine.settle_on_spark(session, job, rows_of_task=ROWS_OF_TASK) == embedded
    assert list(differences(tmp_path / "cluster", tmp_path / "embedded")) == []
    assert files_in(tmp_path / "cluster") == files_in(tmp_path / "embedded")
    assert set(embedded.rows) == set(KINDS) and all(embedded.rows.values())
    assert figures_in(tmp_path / "cluster", world.meters) == expected(world)
    assert told_by_time(tmp_path / "cluster") == volumes_by_time(world)


def test_a_cluster_that_cannot_read_the_store_says_so(
    engine: Any, session: Any, store: Store, tmp_path: Path
) -> None:
    with store.snapshot() as reader:
        job = replace(job_of(reader, tmp_path / "out", MANY), meters="not-there.parquet")
    with pytest.raises(ClusterError, match="FileNotFoundError"):
        engine.settle_on_spark(session, job)
    assert not (tmp_path / "out" / "settlement.json").exists()


def test_a_worker_that_dies_in_the_middle_changes_nothing(
    engine: Any, session: Any, cluster: Cluster, store: Store, tmp_path: Path
) -> None:
    with store.snapshot() as reader:
        embedded = settle_embedded(reader, job_of(reader, tmp_path / "embedded", MANY))
        job = job_of(reader, tmp_path / "cluster", MANY)
        found: list[object] = []
        thread = threading.Thread(
            target=lambda: found.append(engine.settle_on_spark(session, job, rows_of_task=ROWS_OF_TASK))
        )
        thread.start()
        wait_until(lambda: len(_parts(job.out)) >= 3 and _busy(session) == WORKERS, "both workers at work")
        written, living = len(_parts(job.out)), len(_executors(session))
        cluster.kill(1)
        thread.join(timeout=240)
    assert found == [embedded]
    assert written < len(_parts(job.out))
    assert files_in(tmp_path / "cluster") == files_in(tmp_path / "embedded")
    wait_until(lambda: len(_executors(session)) < living, "the worker is missed")


def test_the_command_settles_on_a_cluster_and_tells_every_difference(
    engine: Any, session: Any, cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session.stop()  # the command opens its own
    world = many_worlds([1], days=3)
    store = filled(tmp_path / "readings", world, rules=rules_of_intervals())
    told = ["readings", "settle", "--engine", cluster.address, "--check"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHUIHENG_STATE", str(tmp_path))
        patch.setattr(settings, "STATE", tmp_path)
        patch.setattr(settle_whole, "dated_profiles", lambda _meters: PROFILES)  # there is no ledger here
        patch.setattr(engine, "SETTINGS", {**engine.SETTINGS, **SETTINGS})
        with store.snapshot() as reader:
            spoil(reader.folder / "state" / reader.manifest.months[min(reader.manifest.months)].summary)
        assert main(told) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("quality of meter ") and ": readings is " in line for line in lines)
    differing = [line for line in lines if " by the evidence, " in line]
    assert f"  {len(differing)} differences from the embedded state" in lines


def _parts(out: Path) -> list[Path]:
    return list((out / "quality").glob("*/*.parquet"))


def _executors(session: Any) -> list[Any]:
    """Return the driver and the executors that live."""
    return list(session.sparkContext._jsc.sc().statusTracker().getExecutorInfos())


def _busy(session: Any) -> int:
    return sum(each.numRunningTasks() > 0 for each in _executors(session))
