"""Runs of readings as steps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shuiheng.adapters.engines.columnar.files import NewFiles
from shuiheng.adapters.engines.columnar.meters import empty_book, with_new
from shuiheng.adapters.engines.columnar.runs import read_days, read_run, totals, write_patch, write_run
from shuiheng.metering.kernels import Rows, day_start
from shuiheng.metering.tables import WITHDRAWN

DAY = 20_000
AT = day_start(DAY)
BOOK = with_new(empty_book(), np.array([70, 30, 50]), np.array([0, 0, 0]))


def _rows(*rows: tuple[int, int, int]) -> Rows:
    meter, read_at, register = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    return Rows(meter=meter, read_at=AT + read_at, register=register)


def _listed(rows: Rows) -> list[tuple[int, ...]]:
    return list(zip(rows.meter.tolist(), (rows.read_at - AT).tolist(), rows.register.tolist(), strict=True))


def test_totals_begin_anew_with_each_meter() -> None:
    first = np.array([True, False, True, False])
    assert totals(np.array([5, 1, 7, -2]), first, 100).tolist() == [105, 106, 107, 105]


def test_a_run_comes_back_and_registers_of_64_bits_too(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    held = _rows((0, 3600, 2**62), (0, 7200, 5), (2, 1, 0), (2, 86400, 2**62))
    run = write_run(NewFiles(tmp_path, 1), BOOK, (DAY, DAY), [held.at(slice(0, 2)), held.at(slice(2, 4))])
    assert run is not None and run.rows == 4
    assert _listed(read_run(tmp_path, run, BOOK)) == _listed(held)
    assert _listed(read_run(tmp_path, run, BOOK, wanted={70})) == _listed(held.at(slice(2, 4)))
    assert write_run(NewFiles(tmp_path, 2), BOOK, (DAY, DAY), []) is None


def test_a_run_of_small_registers_needs_half_the_room_and_comes_back(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    held = _rows((0, 3600, 2**31 - 1), (0, 7200, 0), (0, 86400 * 3, 2**31 - 1), (2, 1, 0))
    run = write_run(NewFiles(tmp_path, 1), BOOK, (DAY, DAY + 2), [held], is_narrow=True)
    assert run is not None
    assert pq.read_schema(tmp_path / "state" / run.file).field("step").type == pa.int32()
    assert _listed(read_run(tmp_path, run, BOOK)) == _listed(held)


def test_patches_replace_add_and_take_away_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    new = NewFiles(tmp_path, 1)
    base = write_run(new, BOOK, (DAY, DAY), [_rows((0, 10, 1), (0, 20, 2), (1, 10, 3))])
    first = write_patch(new, BOOK, _rows((0, 10, 7), (0, 15, 8), (1, 10, WITHDRAWN)))
    second = write_patch(new, BOOK, _rows((0, 15, WITHDRAWN), (1, 10, 9)))
    assert base is not None and (second.first_day, second.last_day) == (DAY, DAY)
    everyone = np.ones(3, bool)
    found = read_days(tmp_path, [base, first, second], BOOK, days=(DAY, DAY), chosen=everyone)
    assert _listed(found) == [(0, 10, 7), (0, 20, 2), (1, 10, 9)]
    only = np.array([False, True, False])
    assert _listed(read_days(tmp_path, [base, first], BOOK, days=(DAY, DAY), chosen=only)) == []
    assert _listed(read_days(tmp_path, [base], BOOK, days=(DAY + 1, DAY + 2), chosen=everyone)) == []
