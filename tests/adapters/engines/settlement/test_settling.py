"""Settling from packs, without a cluster between: the same as the embedded engine and the core."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.engines.columnar.worlds import World, expected, random_world
from adapters.engines.settlement.stores import (
    figures_in,
    files_in,
    filled,
    job_of,
    told_by_time,
    volumes_by_time,
)
from shuiheng.adapters.engines.settlement import KINDS, Asked, settle_alone, settle_embedded
from shuiheng.adapters.engines.settlement.errors import UnknownMeterError
from shuiheng.metering.model import Meter


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32), most=st.sampled_from([100, 2000, 10**6]), rows=st.sampled_from([7, 150]))
def test_any_cut_into_ranges_and_tasks_writes_the_same_bytes(seed: int, most: int, rows: int) -> None:
    world = random_world(seed, days=4)
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)  # what is tested here does not depend on the disk
        folder = Path(name)
        with filled(folder / "store", world).snapshot() as reader:
            asked = Asked(kinds=KINDS, most_readings=most)
            embedded = settle_embedded(reader, job_of(reader, folder / "embedded", asked))
            job = job_of(reader, folder / "alone", asked)
            assert settle_alone(job, rows_of_task=rows) == embedded
        assert files_in(folder / "alone") == files_in(folder / "embedded")
        assert figures_in(folder / "alone", world.meters) == expected(world)
        assert told_by_time(folder / "alone") == volumes_by_time(world)


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(0, 300, 50))
def test_three_hundred_worlds_write_the_same_bytes(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + 50):
        world = random_world(seed, days=6)
        with filled(tmp_path / f"store{seed}", world).snapshot() as reader:
            settle_embedded(reader, job_of(reader, tmp_path / f"embedded{seed}"))
            settle_alone(job_of(reader, tmp_path / f"alone{seed}"))
        assert files_in(tmp_path / f"alone{seed}") == files_in(tmp_path / f"embedded{seed}")


def test_a_meter_without_readings_is_in_the_quality_of_every_month(tmp_path: Path) -> None:
    world = random_world(4, days=4)
    silent = World({**world.meters, 900: Meter(id="900", grid_seconds=3600)}, world.batches)
    with filled(tmp_path / "store", silent).snapshot() as reader:
        asked = Asked(kinds=("quality",), most_readings=500)
        settle_embedded(reader, job_of(reader, tmp_path / "embedded", asked))
        settle_alone(job_of(reader, tmp_path / "alone", asked))
    assert files_in(tmp_path / "alone") == files_in(tmp_path / "embedded")


def test_evidence_of_a_meter_that_the_generation_does_not_know_is_an_error(tmp_path: Path) -> None:
    world, other = random_world(4, days=2), random_world(5, meters=1, days=2)
    with filled(tmp_path / "other", other).snapshot() as reader:
        strange = (tmp_path / "other" / "state" / reader.manifest.meters).read_bytes()
    with filled(tmp_path / "store", world).snapshot() as reader:
        job = replace(job_of(reader, tmp_path / "alone"), meters="strange.parquet", bounds=())
    (tmp_path / "store" / "state" / "strange.parquet").write_bytes(strange)
    with pytest.raises(UnknownMeterError, match="does not know"):
        settle_alone(job)
