"""The store: one folder, snapshots that do not change."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from adapters.engines.columnar.test_writer import hours, litres_of_months
from adapters.engines.columnar.worlds import START, batch_table, store_at
from shuiheng.adapters.engines.columnar import UnknownSnapshotError


def test_a_store_that_was_never_written_is_empty(tmp_path: Path) -> None:
    with store_at(tmp_path / "new" / "s").snapshot() as reader:
        assert not litres_of_months(reader)
        assert reader.nights(None, date(2025, 1, 1), date(2025, 2, 1)).num_rows == 0
        assert reader.readings(1, 0, START).num_rows == 0
        assert reader.quality(None, date(2025, 1, 1), date(2025, 2, 1)).num_rows == 0


def test_a_snapshot_does_not_see_what_comes_after_it(tmp_path: Path) -> None:
    store = store_at(tmp_path / "s")
    with store.writer() as writer:
        writer.append("a", batch_table(hours(1, [10, 25])))
        reader = store.snapshot()
        for number in range(40):
            writer.append(
                f"n{number}", batch_table(hours(1, [10, 30 + number], recorded_at=START + 10**6 + number))
            )
        writer.compact()
        assert litres_of_months(reader) == {(1, date(2025, 1, 1)): 15}
        reader.close()
        with store.snapshot() as later:
            assert litres_of_months(later) == {(1, date(2025, 1, 1)): 59}


def test_readers_beside_a_writer_each_see_one_whole_generation(tmp_path: Path) -> None:
    store, done = store_at(tmp_path), threading.Event()
    faults: list[str] = []
    seen: set[int] = set()

    def read() -> None:
        while not done.is_set():
            with store.snapshot() as reader:
                rows = reader.months([1], date(2025, 1, 1), date(2025, 1, 31)).to_pylist()
                count = rows[0]["readings"] if rows else 0
                held = reader.readings(1, START, START + 10**6)["register"].to_pylist()
                days = reader.days([1], date(2025, 1, 1), date(2025, 1, 31))["readings"].to_pylist()
                whole = len(held) == count == sum(days) and held == [10 * each for each in range(count)]
                if not whole or (count > 1 and rows[0]["litres"] != 10 * (count - 1)):
                    faults.append(f"{rows} {held} {days}")
                seen.add(count)

    threads = [threading.Thread(target=read) for _ in range(3)]
    with store.writer() as writer:
        for thread in threads:
            thread.start()
        for number in range(30):
            at = START + (number + 1) * 3600
            writer.append(f"b{number}", batch_table([(1, at, 10 * number, at)]))
            if number % 10 == 9:
                writer.compact()
        done.set()
        for thread in threads:
            thread.join()
    assert not faults
    assert len(seen) > 2


def test_a_generation_kept_for_a_report_stays_and_can_be_let_go(tmp_path: Path) -> None:
    store = store_at(tmp_path / "s")
    with store.writer() as writer:
        writer.append("a", batch_table(hours(1, [10, 25])))
        writer.keep("2025-01 report")
        writer.append("b", batch_table(hours(1, [10, 80], recorded_at=START + 10**6)))
        writer.compact()
    with store.snapshot("2025-01 report") as kept, store.snapshot() as newest:
        assert litres_of_months(kept) == {(1, date(2025, 1, 1)): 15}
        assert litres_of_months(newest) == {(1, date(2025, 1, 1)): 70}
    with store.writer() as writer:
        writer.release("2025-01 report")
    with pytest.raises(UnknownSnapshotError):
        store.snapshot("2025-01 report")
