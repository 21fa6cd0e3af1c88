"""Amending: a correction makes anew only the days and meters that it touches."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from adapters.engines.columnar.test_writer import hours, litres_of_months
from adapters.engines.columnar.worlds import DAY, HOUR, START, batch_table, store_at


def test_a_late_correction_writes_one_row_of_readings_and_one_of_blocks(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    with store.writer() as writer:
        for meter in (1, 2, 3):
            writer.append(f"m{meter}", batch_table(hours(meter, list(range(meter, 60 + meter)))))
        writer.compact()
        before = writer.manifest.months
        writer.append("late", batch_table([(2, START + 5 * HOUR, 5, START + 9 * DAY)]))
        after = writer.manifest.months
    january, february = sorted(after)
    assert after[february] == before[february]
    runs, blocks = after[january].runs, after[january].blocks
    assert runs[:-1] == before[january].runs and blocks[:-1] == before[january].blocks
    assert runs[-1].is_patch and runs[-1].rows == 1
    assert pq.read_metadata(tmp_path / "state" / blocks[-1]).num_rows == 1


def test_an_older_version_that_comes_late_does_not_hold(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    at = START + HOUR
    with store.writer() as writer:
        writer.append("a", batch_table([(1, at, 10, at + 50), (1, at + HOUR, 40, at + 60)]))
        writer.append("b", batch_table([(1, at, 30, at + 49)]))
        with store.snapshot() as reader:
            assert next(iter(litres_of_months(reader).values())) == 30


def test_of_two_versions_recorded_at_once_the_greater_batch_holds_in_either_order(tmp_path: Path) -> None:
    at = START + HOUR
    rows = {"a": [(1, at, 10, at)], "b": [(1, at, 30, at)], "end": [(1, at + HOUR, 40, at)]}
    for number, order in enumerate((("a", "b", "end"), ("b", "end", "a"))):
        store = store_at(tmp_path / str(number))
        with store.writer() as writer:
            for batch in order:
                writer.append(batch, batch_table(rows[batch]))
        with store.snapshot() as reader:
            assert next(iter(litres_of_months(reader).values())) == 10
