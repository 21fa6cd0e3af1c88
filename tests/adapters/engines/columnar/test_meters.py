"""The book of meters."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from adapters.engines.columnar.worlds import RULES, event_table, meter_table
from shuiheng.adapters.engines.columnar.meters import (
    book_table,
    empty_book,
    read_book,
    rules_of,
    with_new,
    with_registers,
)
from shuiheng.metering.model import EventKind, Meter, MeterEvent, Register


@pytest.mark.parametrize("far", [0, 2**50])
def test_meters_keep_their_index_when_others_come(far: int) -> None:
    book = with_new(empty_book(), np.array([far + 9, far + 4]), np.array([0, 3600]))
    more = with_new(book, np.array([far + 7, far + 4]), np.array([900, 0]))
    assert book.ids.tolist() == [far + 4, far + 9]
    assert more.ids.tolist() == [far + 4, far + 9, far + 7]
    assert more.index_of(np.array([far + 7, far + 8, -1, far + 9])).tolist() == [2, -1, -1, 1]
    assert more.ids_at(np.array([2, 0, 2])).tolist() == [far + 7, far + 4, far + 7]
    assert with_new(more, np.array([far + 9]), np.array([0])) is more


def test_ids_that_are_numbered_from_zero_are_their_own_index() -> None:
    book = with_new(empty_book(), np.arange(5), np.zeros(5, np.int64))
    index = np.array([3, 3, 0])
    assert book.ids_at(index).tolist() == book.index_of(index).tolist() == [3, 3, 0]


def test_the_grid_of_a_new_meter_is_seen_from_its_first_batch() -> None:
    ids = np.array([1, 1, 2, 2, 3, 4, 4, 4, 5, 5])
    day = 86400
    instants = np.array([3600, 7200, 3600, 4500, 17, 0, day, 3 * day, 0, 6 * 3600])
    book = with_new(empty_book(), ids, instants)
    assert book.grid_of.tolist() == [3600, 900, 3600, 86400, 3600]


def test_registers_grids_and_events_come_back_from_their_tables(tmp_path: Path) -> None:
    swap = MeterEvent(at=50, kind=EventKind.SWAP, final=7, start=None, register=Register(multiplier=3))
    register = Register(modulus_litres=10**6, multiplier=10, greatest_flow_l_h=5000)
    meters = {8: Meter(id="8", register=register, grid_seconds=900, events=(swap,)), 3: Meter(id="3")}
    book = with_registers(empty_book(), meter_table(meters))
    pq.write_table(book_table(book), tmp_path / "m.parquet")
    again = read_book(tmp_path / "m.parquet")
    assert again.ids.tolist() == book.ids.tolist() == [3, 8]
    assert again.grid_of.tolist() == [0, 900]
    rules = rules_of(again, event_table(meters), RULES)
    assert rules.meters[1] == Meter(id="8", register=register, events=(swap,))
    assert rules.rows_at(np.array([1, 1, 0]), np.array([49, 50, 99])).tolist() == [1, 2, 0]
