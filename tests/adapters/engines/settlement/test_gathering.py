"""The tasks read every version once, in order of batch and row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from adapters.engines.columnar.worlds import random_world
from adapters.engines.settlement.stores import filled, job_of
from shuiheng.adapters.engines.columnar import evidence
from shuiheng.adapters.engines.settlement.errors import UnlikeMachinesError
from shuiheng.adapters.engines.settlement.gathering import Stretch, gather, plan_for


def test_large_batches_are_split_between_tasks_and_small_ones_put_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(evidence.WRITE_OPTIONS, "row_group_size", 50)
    world = random_world(3, days=4)
    with filled(tmp_path / "store", world).snapshot() as reader:
        job = job_of(reader, tmp_path / "out")
    plan = plan_for(job, rows_of_task=120)
    stretches = [stretch for task in plan.tasks for stretch in task]
    assert stretches == sorted(stretches, key=lambda each: (each.batch, each.first))
    assert any(each.last is not None for each in stretches)
    assert {each.batch for each in stretches} == set(range(len(job.batches)))
    numbers = pa.record_batch([pa.array(range(len(plan.tasks)))], names=["id"])
    packs = pa.Table.from_batches(list(gather(plan, iter([numbers])))).to_pylist()
    assert sum(row["rows"] for row in packs) == sum(batch.rows for batch in job.batches)
    assert {row["range"] for row in packs if not row["rows"]} == set(range(job.ranges))


def test_a_batch_that_is_not_split_is_one_stretch(tmp_path: Path) -> None:
    with filled(tmp_path / "store", random_world(3, days=2)).snapshot() as reader:
        job = job_of(reader, tmp_path / "out")
    plan = plan_for(job)
    assert plan.tasks == (tuple(Stretch(batch=place) for place in range(len(job.batches))),)


def test_a_machine_with_another_version_refuses(tmp_path: Path) -> None:
    with filled(tmp_path / "store", random_world(3, days=2)).snapshot() as reader:
        plan = plan_for(job_of(reader, tmp_path / "out"))
    with pytest.raises(UnlikeMachinesError, match=r"9\.9\.9"):
        list(gather(replace(plan, version="9.9.9"), iter([])))
