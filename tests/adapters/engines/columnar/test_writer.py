"""The writer: what it takes, refuses, undoes and keeps."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from adapters.engines.columnar.worlds import (
    DAY,
    HOUR,
    SPAN,
    START,
    batch_table,
    expected,
    found_in,
    random_world,
    store_at,
)
from shuiheng.adapters.engines.columnar import (
    BadEvidenceError,
    BatchClashError,
    StoreBusyError,
    UnknownBatchError,
)
from shuiheng.adapters.engines.columnar.reader import Reader

Row = tuple[int, int, int | None, int]


def hours(meter: int, registers: list[int], *, recorded_at: int = 0) -> list[Row]:
    """Return hourly rows of a meter from 01:00 of the first day."""
    return [
        (meter, START + (place + 1) * HOUR, register, recorded_at or START + (place + 1) * HOUR)
        for place, register in enumerate(registers)
    ]


def litres_of_months(reader: Reader) -> dict[tuple[int, date], int | None]:
    """Return litres by meter and month."""
    table = reader.months(None, *SPAN).to_pylist()
    return {(row["meter"], row["month"]): row["litres"] for row in table}


def test_a_batch_under_a_known_name_with_other_rows_is_refused(tmp_path: Path) -> None:
    with store_at(tmp_path / "s").writer() as writer:
        writer.append("a", batch_table(hours(1, [1, 2])))
        with pytest.raises(BatchClashError):
            writer.append("a", batch_table(hours(1, [2, 1])))


@pytest.mark.parametrize(
    ("table", "word"),
    [
        (pa.table({"meter": [1]}), "no column"),
        (batch_table([(1, 5, -1, 5)]), "below zero"),
        (batch_table([(1, 5, 1, 5)]).set_column(1, "read_at", pa.array(["x"])), "whole numbers"),
        (batch_table([(1, 5, 1, 5)]).set_column(0, "meter", pa.array([None], pa.int64())), "without a value"),
        (batch_table([(1, 5, 1, 5)]).set_column(2, "register", pa.array([1.5])), "whole numbers"),
    ],
)
def test_bad_evidence_is_refused_and_nothing_of_it_is_kept(
    tmp_path: Path, table: pa.Table, word: str
) -> None:
    with store_at(tmp_path / "s").writer() as writer:
        with pytest.raises(BadEvidenceError, match=word):
            writer.append("bad", table)
        assert not writer.manifest.batches
        assert not list((tmp_path / "s" / "evidence").iterdir())


def test_a_second_writer_is_told_who_has_the_store(tmp_path: Path) -> None:
    store = store_at(tmp_path / "s")
    with store.writer(), pytest.raises(StoreBusyError, match=r"has a writer already \(number \d+"):
        store.writer()
    store.writer().close()


def test_an_empty_batch_is_taken_and_known_again(tmp_path: Path) -> None:
    with store_at(tmp_path / "s").writer() as writer:
        assert writer.append("none", batch_table([]))
        assert not writer.append("none", batch_table([]))
        writer.rebuild()


def test_a_batch_that_waits_counts_from_the_next_settle(tmp_path: Path) -> None:
    store = store_at(tmp_path / "s")
    with store.writer() as writer:
        writer.append("a", batch_table(hours(1, [10, 25])), settle=False)
        with store.snapshot() as reader:
            assert not litres_of_months(reader)
        assert writer.settle() == 1 and writer.settle() == 0
        with store.snapshot() as reader:
            assert litres_of_months(reader) == {(1, date(2025, 1, 1)): 15}


def test_an_undone_batch_gives_back_what_it_had_overwritten(tmp_path: Path) -> None:
    store = store_at(tmp_path / "s")
    with store.writer() as writer:
        writer.append("right", batch_table(hours(1, [10, 25], recorded_at=START + DAY)))
        writer.append("wrong", batch_table(hours(1, [10, 99, 120], recorded_at=START + 2 * DAY)))
        with store.snapshot() as reader:
            assert litres_of_months(reader)[1, date(2025, 1, 1)] == 110
        assert writer.withdraw("wrong", as_batch="undo-wrong", recorded_at=START + 3 * DAY)
        assert not writer.withdraw("wrong", as_batch="undo-wrong", recorded_at=START + 3 * DAY)
        with store.snapshot() as reader:
            assert litres_of_months(reader)[1, date(2025, 1, 1)] == 15
            assert reader.readings(1, START, START + DAY)["register"].to_pylist() == [10, 25]
        with pytest.raises(UnknownBatchError):
            writer.withdraw("never", as_batch="undo", recorded_at=0)


def test_a_reading_that_was_withdrawn_stays_away_when_an_older_version_comes_late(tmp_path: Path) -> None:
    store = store_at(tmp_path / "s")
    at = START + HOUR
    with store.writer() as writer:
        writer.append("a", batch_table([(1, at, 10, at), (1, at + HOUR, 30, at)]))
        writer.append("b", batch_table([(1, at, None, at + 9)]))
        writer.compact()
        writer.append("c", batch_table([(1, at, 11, at + 5)]))
        with store.snapshot() as reader:
            assert reader.readings(1, START, START + DAY)["register"].to_pylist() == [30]


def test_appending_goes_on_while_months_are_compacted(tmp_path: Path) -> None:
    world, store = random_world(11, days=6, batches=12), store_at(tmp_path / "s")
    with store.writer() as writer:
        done = threading.Event()
        faults: list[BaseException] = []

        def compact() -> None:
            try:
                while not done.is_set():
                    writer.compact()
            except BaseException as error:  # noqa: BLE001 - told by the test's own thread
                faults.append(error)

        thread = threading.Thread(target=compact)
        thread.start()
        for batch, rows in world.batches.items():
            writer.append(batch, batch_table(rows))
        done.set()
        thread.join()
        assert not faults
        plain = {id_: type(meter)(id=meter.id) for id_, meter in world.meters.items()}
        with store.snapshot() as reader:
            assert found_in(reader, world.meters) == expected(type(world)(plain, world.batches))


def test_compaction_is_due_after_many_corrections_and_puts_them_away(tmp_path: Path) -> None:
    with store_at(tmp_path / "s").writer() as writer:
        for number in range(27):
            writer.append(f"b{number}", batch_table([(1, START + HOUR, number, START + number)]))
        assert writer.is_compaction_due
        assert writer.compact() == 1
        assert not writer.is_compaction_due and writer.compact() == 0
