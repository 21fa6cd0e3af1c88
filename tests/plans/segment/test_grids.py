"""A grid says which cell covers a position and what its words are."""

from __future__ import annotations

from plans.builders import LEFT, UP, table_of
from shuiheng.plans.segment.grids import grid_of


def test_a_merged_cell_covers_each_of_its_rows_once() -> None:
    document = table_of((("类别", "任务", LEFT), (UP, "更新 管网", "计量")))
    grid = grid_of(document, document.blocks[0])
    assert [[grid.text(cell) for cell in row] for row in grid.rows] == [
        ["类别", "任务"],
        ["类别", "更新管网", "计量"],
    ]
    assert grid.column_count == 3


def test_words_remember_their_place() -> None:
    document = table_of((("更 新", "计量"),))
    grid = grid_of(document, document.blocks[0])
    words = grid.wording(grid.rows[0][0])
    assert (words.text, words.offsets) == ("更新", (0, 2))
