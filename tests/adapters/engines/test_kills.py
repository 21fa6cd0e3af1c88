"""Writers that are killed at random moments: every acknowledged batch is there, once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from adapters.engines.columnar.worlds import World, expected, found_in, store_at
from adapters.engines.killing import METERS, rows_of
from places import ROOT
from shuiheng.metering.model import Meter


def _kill(folder: Path, kills: int, seed: int) -> None:
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
    subprocess.run(
        [sys.executable, "-m", "adapters.engines.killing", str(folder), str(kills), str(seed)],
        check=True,
        env={**os.environ, "PYTHONPATH": paths},
    )


def _check(folder: Path) -> int:
    """Check what the kills left, and return how many batches were acknowledged."""
    acks = folder.with_suffix(".acks")
    acknowledged = acks.read_text("utf-8").split() if acks.exists() else []
    assert len(set(acknowledged)) == len(acknowledged)
    store = store_at(folder)
    with store.snapshot() as reader:
        held = [batch.id for batch in reader.manifest.batches]
        assert len(set(held)) == len(held) and set(acknowledged) <= set(held)
        for batch in reader.manifest.batches:
            assert pq.read_metadata(folder / "evidence" / batch.file).num_rows == batch.rows
    world = World(
        {meter: Meter(id=str(meter)) for meter in range(METERS)},
        {f"b{number}": rows_of(number) for number in range(len(held))},
    )
    due = expected(world)
    with store.writer() as writer:
        writer.settle()
        with store.snapshot() as reader:
            assert found_in(reader, world.meters) == due
        writer.rebuild()
        with store.snapshot() as reader:
            assert found_in(reader, world.meters) == due
    files = {path.name for room in ("state", "evidence") for path in (folder / room).iterdir()}
    store.writer().close()
    with store.snapshot() as reader:
        left = {path.name for room in ("state", "evidence") for path in (folder / room).iterdir()}
        assert left == reader.manifest.state_files() | reader.manifest.evidence_files() <= files
    return len(acknowledged)


def test_every_acknowledged_batch_outlives_eight_kills(tmp_path: Path) -> None:
    _kill(tmp_path / "store", 8, 1)
    assert _check(tmp_path / "store") > 0


@pytest.mark.nightly
def test_every_acknowledged_batch_outlives_two_hundred_kills(tmp_path: Path) -> None:
    for number in range(10):
        _kill(tmp_path / "store", 20, 100 * number)
        _check(tmp_path / "store")
