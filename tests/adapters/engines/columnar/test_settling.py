"""Settling: what memory holds between batches is what the files hold."""

from __future__ import annotations

from pathlib import Path

from adapters.engines.columnar.test_writer import hours
from adapters.engines.columnar.worlds import (
    START,
    batch_table,
    event_table,
    expected,
    found_in,
    random_world,
    store_at,
)
from shuiheng.adapters.engines.columnar.files import NewFiles
from shuiheng.adapters.engines.columnar.settling import months_of, touched_by_events
from shuiheng.metering.model import EventKind, Meter, MeterEvent


def test_a_new_writer_goes_on_where_the_last_one_ended(tmp_path: Path) -> None:
    world, store = random_world(41), store_at(tmp_path)
    plain = type(world)({id_: Meter(id=each.id) for id_, each in world.meters.items()}, world.batches)
    for batch, rows in world.batches.items():
        with store.writer() as writer:
            writer.append(batch, batch_table(rows))
    with store.snapshot() as reader:
        assert found_in(reader, world.meters) == expected(plain)


def test_an_event_makes_only_its_day_anew(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    with store.writer() as writer:
        writer.append("a", batch_table(hours(1, [50 + 3 * hour for hour in range(70)])))
        before = writer.manifest.months
        event = MeterEvent(at=START + 30, kind=EventKind.SWAP, final=49, start=50)
        writer.put_events(event_table({1: Meter(id="1", events=(event,))}))
        after = writer.manifest.months
        january, february = sorted(after)
        assert after[february] == before[february]
        assert after[january].runs == before[january].runs
        assert len(after[january].blocks) == len(before[january].blocks) + 1


def test_months_and_days_are_found_by_their_instants(tmp_path: Path) -> None:
    with store_at(tmp_path).writer() as writer:
        writer.append("a", batch_table(hours(1, list(range(60)))))
        january = (2025 - 1970) * 12
        assert months_of(list(writer.manifest.batches)) == [january, january + 1]
        making = writer._session.making(NewFiles(tmp_path, 0))
        touched = touched_by_events(making, [(0, START + 86400), (0, START + 86401)])
        assert touched[january][29:].tolist() == [[True], [True]]
