"""The store says what the plain functions of the core say, in whatever order batches came."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.engines.columnar.worlds import (
    World,
    batch_table,
    event_table,
    expected,
    found_in,
    meter_table,
    random_world,
    store_at,
)
from shuiheng.adapters.engines.columnar import Store, Writer, settling


def _write(writer: Writer, world: World, chance: Random, most_amended: int) -> None:
    """Append batches in a random order, now and then without settling, now and then compacting."""
    knows_meters = chance.random() < 0.5
    order = list(world.batches)
    chance.shuffle(order)
    if knows_meters:
        writer.put_meters(meter_table(world.meters))
        writer.put_events(event_table(world.meters))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)  # what is tested here does not depend on the disk
        patch.setattr(settling, "MOST_ROWS_AMENDED", most_amended)
        for batch in order:
            writer.append(batch, batch_table(world.batches[batch]), settle=chance.random() < 0.7)
            if chance.random() < 0.3:
                writer.compact()
        writer.settle()
    if not knows_meters:
        writer.put_meters(meter_table(world.meters))
        writer.put_events(event_table(world.meters))


def _agree(store: Store, world: World, due: object) -> None:
    with store.snapshot() as reader:
        assert found_in(reader, world.meters) == due


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32), most_amended=st.sampled_from([3_000_000, 100, 20]))
def test_any_order_and_grouping_gives_what_the_core_says(seed: int, most_amended: int) -> None:
    world, chance = random_world(seed, days=3), Random(seed)  # noqa: S311 - a test's order
    due = expected(world)
    with TemporaryDirectory() as folder:
        store = store_at(Path(folder) / "store")
        with store.writer() as writer:
            _write(writer, world, chance, most_amended)
            _agree(store, world, due)
            writer.compact()
            _agree(store, world, due)
            writer.rebuild()
            _agree(store, world, due)


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(0, 1000, 50))
def test_a_thousand_worlds_agree_with_the_core(first: int) -> None:
    for seed in range(first, first + 50):
        world, chance = random_world(seed, days=4), Random(seed)  # noqa: S311 - a test's order
        with TemporaryDirectory() as folder:
            store = store_at(Path(folder) / "store")
            with store.writer() as writer:
                _write(writer, world, chance, chance.choice([3_000_000, 100, 20]))
                _agree(store, world, expected(world))


def test_the_same_batches_again_change_nothing(tmp_path: Path) -> None:
    world, store = random_world(7), store_at(tmp_path / "store")
    with store.writer() as writer:
        for batch, rows in world.batches.items():
            assert writer.append(batch, batch_table(rows))
        generation = writer.manifest.generation
        assert not any(writer.append(batch, batch_table(rows)) for batch, rows in world.batches.items())
        assert writer.manifest.generation == generation


def test_the_same_rows_under_another_name_change_nothing(tmp_path: Path) -> None:
    world, store = random_world(8), store_at(tmp_path / "store")
    with store.writer() as writer:
        for batch, rows in world.batches.items():
            writer.append(batch, batch_table(rows))
        with store.snapshot() as reader:
            before = found_in(reader, world.meters)
        for batch, rows in reversed(world.batches.items()):
            writer.append(f"again-{batch}", batch_table(rows))
        with store.snapshot() as reader:
            assert found_in(reader, world.meters) == before
