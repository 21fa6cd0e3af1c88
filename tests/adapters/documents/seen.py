"""What a test asks of a draft: its words block by block, its tables as rows."""

from __future__ import annotations

from collections.abc import Sequence

from shuiheng.adapters.documents.drafts import Draft, DraftCell


def words(draft: Draft) -> list[str]:
    """Return the words of the blocks that are no tables."""
    return [block.text for block in draft.blocks if not block.cells]


def rows(cells: Sequence[DraftCell]) -> list[list[str]]:
    """Return the words of a table row by row, each cell once, in the row where it starts."""
    count = max((cell.row for cell in cells), default=-1) + 1
    return [[cell.text for cell in cells if cell.row == row] for row in range(count)]


def tables(draft: Draft) -> list[list[list[str]]]:
    """Return the tables of a draft as rows of words."""
    return [rows(block.cells) for block in draft.blocks if block.cells]


def covered(cells: Sequence[DraftCell]) -> list[tuple[int, int]]:
    """Return each grid position as often as a cell covers it."""
    return sorted(
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )
