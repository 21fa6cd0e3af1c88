"""Files of blocks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from shuiheng.adapters.engines.columnar.blocks import (
    empty_days,
    read_days,
    read_month,
    read_nights,
    widened,
    write_days,
    write_month,
)
from shuiheng.adapters.engines.columnar.errors import DamagedStoreError
from shuiheng.adapters.engines.columnar.files import NewFiles
from shuiheng.adapters.engines.columnar.meters import empty_book, with_new
from shuiheng.metering.kernels import Blocks, day_start, empty_blocks
from shuiheng.metering.tables import BLOCK, MISSING

DAY = 20_000
BOOK = with_new(empty_book(), np.array([5, 9, 7]), np.array([0, 0, 0]))


def _days(seed: int) -> Blocks:
    """Return blocks of two days of three meters, some empty, with awkward figures."""
    rng = np.random.default_rng(seed)
    blocks = empty_days(2, 3)
    for name, column in blocks.items():
        column[...] = rng.integers(0, 2**31 - 1 if column.dtype == np.int32 else 2**62, column.shape)
        if name == "night":
            column[0, 1] = MISSING
    start = day_start(DAY) + 86400 * np.arange(2)[:, None]
    blocks["first_at"], blocks["last_at"] = (
        start + 1 + np.zeros((1, 3), int),
        start + 86400 + np.zeros((1, 3), int),
    )
    for name in ("unknown_seconds", "gap"):
        blocks[name] %= 86400
    empty = empty_blocks(1)
    for name, column in blocks.items():
        column[1, 2] = empty[name][0]
    return blocks


def test_day_blocks_come_back_and_a_later_file_lies_over_the_first(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    new, blocks, other = NewFiles(tmp_path, 1), _days(1), _days(2)
    first = write_days(new, BOOK, DAY, blocks)
    found = read_days(tmp_path, [first], BOOK, DAY, 2)
    assert all((found[name] == blocks[name]).all() for name in blocks)
    touched = np.array([[False, True, False], [False, False, True]])
    second = write_days(new, BOOK, DAY, other, touched)
    found = read_days(tmp_path, [first, second], BOOK, DAY, 2)
    for name, column in blocks.items():
        assert (found[name] == np.where(touched, other[name], column)).all(), name
    nights = read_nights(tmp_path, [first, second], BOOK, DAY, 2)
    assert (nights == found["night"]).all()


def test_month_blocks_come_back_and_empty_ones_are_not_kept(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    day = _days(3)
    month = {column.name: day[column.name][1] for column in BLOCK}
    found = read_month(tmp_path, write_month(NewFiles(tmp_path, 1), BOOK, month), BOOK)
    assert all((found[name] == month[name]).all() for name in month)
    assert not read_month(tmp_path, "", BOOK)["n"].any()


def test_blocks_of_meters_that_came_later_are_empty() -> None:
    wide = widened(_days(4), 5)
    assert wide["n"].shape == (2, 5) and not wide["n"][:, 3:].any()
    assert (wide["night"][:, 3:] == MISSING).all()
    assert widened(wide, 5) is wide


def test_a_file_that_is_gone_is_told_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(DamagedStoreError, match="rebuild"):
        read_nights(tmp_path, ["gone.parquet"], BOOK, DAY, 2)
    assert empty_blocks(0)["n"].size == 0
