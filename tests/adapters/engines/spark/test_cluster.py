"""The cluster says what the embedded engine says, to the byte; also when a worker dies in the middle.

One cluster and one session serve all tests of this file: they take longer to start than to work.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.engines.columnar.worlds import World, expected
from adapters.engines.settlement.stores import (
    figures_in,
    files_in,
    filled,
    job_of,
    many_worlds,
    told_by_time,
    volumes_by_time,
)
from adapters.engines.spark.standalone import SETTINGS, WORKERS, Cluster, needs_spark, wait_until
from shuiheng.adapters.engines.columnar import Store
from shuiheng.adapters.engines.settlement import KINDS, Asked, differences, settle_embedded

pytestmark = [
    needs_spark,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    pytest.mark.xdist_group("spark"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
]
MANY = Asked(kinds=KINDS, most_readings=1500)
"""Cuts the meters of these tests into many ranges."""

ROWS_OF_TASK = 400


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A master and two workers."""
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def session(cluster: Cluster) -> Iterator[Any]:
    """The one session of this file."""
    from shuiheng.adapters.engines.spark import open_session

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        with open_session(cluster.address, SETTINGS) as opened:
            yield opened


@pytest.fixture(scope="module")
def world() -> World:
    """Meters of all grids with swaps, rollovers, resets, gaps, late, repeated and withdrawn readings."""
    return many_worlds(range(1, 9), meters=6, days=8)


@pytest.fixture(scope="module")
def store(world: World, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Their store."""
    return filled(tmp_path_factory.mktemp("many") / "store", world)


def test_every_definition_is_the_same_on_both_engines_and_in_the_core(
    session: Any, store: Store, world: World, tmp_path: Path
) -> None:
    from shuiheng.adapters.engines.spark import settle_on_spark

    with store.snapshot() as reader:
        embedded = settle_embedded(reader, job_of(reader, tmp_path / "embedded", MANY))
        job = job_of(reader, tmp_path / "cluster", MANY)
        assert job.ranges > 4
        assert settle_on_spark(session, job, rows_of_task=ROWS_OF_TASK) == embedded
    assert list(differences(tmp_path / "cluster", tmp_path / "embedded")) == []
    assert files_in(tmp_path / "cluster") == files_in(tmp_path / "embedded")
    assert set(embedded.rows) == set(KINDS) and all(embedded.rows.values())
    assert figures_in(tmp_path / "cluster", world.meters) == expected(world)
    assert told_by_time(tmp_path / "cluster") == volumes_by_time(world)


def test_a_cluster_that_cannot_read_the_store_says_so(session: Any, store: Store, tmp_path: Path) -> None:
    from shuiheng.adapters.engines.spark import ClusterError, settle_on_spark

    with store.snapshot() as reader:
        job = replace(job_of(reader, tmp_path / "out", MANY), meters="not-there.parquet")
    with pytest.raises(ClusterError, match="FileNotFoundError"):
        settle_on_spark(session, job)
    assert not (tmp_path / "out" / "settlement.json").exists()


def test_a_worker_that_dies_in_the_middle_changes_nothing(
    session: Any, cluster: Cluster, store: Store, tmp_path: Path
) -> None:
    from shuiheng.adapters.engines.spark import settle_on_spark

    with store.snapshot() as reader:
        embedded = settle_embedded(reader, job_of(reader, tmp_path / "embedded", MANY))
        job = job_of(reader, tmp_path / "cluster", MANY)
        found: list[object] = []
        thread = threading.Thread(
            target=lambda: found.append(settle_on_spark(session, job, rows_of_task=ROWS_OF_TASK))
        )
        thread.start()
        wait_until(lambda: len(_parts(job.out)) >= 3 and _busy(session) == WORKERS, "both workers at work")
        written = len(_parts(job.out))
        cluster.kill(1)
        thread.join(timeout=240)
    assert found == [embedded]
    assert written < len(_parts(job.out))
    assert files_in(tmp_path / "cluster") == files_in(tmp_path / "embedded")
    wait_until(lambda: _living(session) == 1, "one worker is left")


def _parts(out: Path) -> list[Path]:
    return list((out / "quality").glob("*/*.parquet"))


def _executors(session: Any) -> list[Any]:
    context = session.sparkContext
    port = int(context._conf.get("spark.driver.port"))
    return [each for each in context._jsc.sc().statusTracker().getExecutorInfos() if each.port() != port]


def _busy(session: Any) -> int:
    return sum(each.numRunningTasks() > 0 for each in _executors(session))


def _living(session: Any) -> int:
    return len(_executors(session))
