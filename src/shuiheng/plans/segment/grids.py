"""A table as a grid: which cell covers a position, and its words."""

from __future__ import annotations

from dataclasses import dataclass

from shuiheng.plans.document import Block, Cell, SourceDocument
from shuiheng.plans.wording import Wording, squeeze


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its words at hand.

    Args:
        rows: For each row, the cells that cover it from left to right, each once.
        words: Words of each cell, by its top left position.
        column_count: Columns of the table.
    """

    rows: tuple[tuple[Cell, ...], ...]
    words: dict[tuple[int, int], Wording]
    column_count: int

    def wording(self, cell: Cell) -> Wording:
        """Return the words of a cell without white space."""
        return self.words[cell.row, cell.column]

    def text(self, cell: Cell) -> str:
        """Return the words of a cell as plain text without white space."""
        return self.words[cell.row, cell.column].text


def grid_of(document: SourceDocument, block: Block) -> Grid:
    """Return the grid of a table block."""
    row_count = max((cell.row + cell.row_span for cell in block.cells), default=0)
    rows: list[list[Cell]] = [[] for _ in range(row_count)]
    for cell in block.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows[row].append(cell)
    words = {
        (cell.row, cell.column): squeeze(document.words(cell.span), start=cell.span.start)
        for cell in block.cells
    }
    columns = max((cell.column + cell.column_span for cell in block.cells), default=0)
    ordered = tuple(tuple(sorted(row, key=lambda cell: cell.column)) for row in rows)
    return Grid(rows=ordered, words=words, column_count=columns)
