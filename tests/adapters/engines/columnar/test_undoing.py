"""Undoing a batch gives the same versions as the core's function."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.engines.columnar.worlds import batch_table, expected, found_in, random_world, store_at
from shuiheng.metering.versions import versions_that_undo


@pytest.mark.parametrize("seed", [31, 32, 33])
def test_undoing_a_batch_gives_what_the_core_gives(tmp_path: Path, seed: int) -> None:
    world, store = random_world(seed), store_at(tmp_path)
    plain = {id_: type(each)(id=each.id) for id_, each in world.meters.items()}
    batch, now = next(iter(world.batches)), 2**33
    undoing = [
        (id_, each.read_at, each.register, each.recorded_at)
        for id_ in world.meters
        for each in versions_that_undo(world.versions(id_), batch=batch, recorded_at=now, new_batch="undo")
    ]
    with store.writer() as writer:
        for name, rows in world.batches.items():
            writer.append(name, batch_table(rows))
        writer.withdraw(batch, as_batch="undo", recorded_at=now)
    with store.snapshot() as reader:
        due = expected(type(world)(plain, world.batches | {"undo": undoing}))
        assert found_in(reader, world.meters) == due
