"""Word tables as grids: merges as the file declares them, rows that a page repeats left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from shuiheng.adapters.documents.docx.package import Element, W, inside, is_on, local, number, value
from shuiheng.adapters.documents.drafts import DraftCell, whole_grid
from shuiheng.adapters.documents.headers import mark_header
from shuiheng.plans.document import MergeEvidence

CellText = Callable[[Element], str]
_WIDEST = 200


def table_cells(table: Element, cell_text: CellText) -> list[DraftCell]:
    """Return the cells of a table, each once, at its top left position.

    Args:
        table: The `w:tbl` element.
        cell_text: Gives the words of a cell, inner tables flattened in reading order.
    """
    cells: list[DraftCell] = []
    open_merges: dict[int, DraftCell] = {}
    row_index = 0
    for row in _rows(table):
        shape = row.find(f"{W}trPr")
        if shape is not None and shape.find(f"{W}del") is not None:
            continue
        _place_row(row, row_index, cells=cells, open_merges=open_merges, cell_text=cell_text)
        row_index += 1
    kept = without_repeats(whole_grid(cells, merge=MergeEvidence.DECLARED))
    mark_header(kept)
    return kept


def _rows(table: Element) -> list[Element]:
    return [child for child in inside(table) if local(child) == "tr"]


def _place_row(
    row: Element,
    index: int,
    *,
    cells: list[DraftCell],
    open_merges: dict[int, DraftCell],
    cell_text: CellText,
) -> None:
    is_header = is_on(row, "w:trPr/w:tblHeader")
    column = number(value(row, "w:trPr/w:gridBefore"))
    for item in inside(row):
        if local(item) != "tc" or column >= _WIDEST:
            continue
        width = min(max(number(value(item, "w:tcPr/w:gridSpan"), 1), 1), _WIDEST)
        merge = item.find(f"{W}tcPr/{W}vMerge")
        above = open_merges.get(column)
        text = cell_text(item)
        if value(item, "w:tcPr/w:hMerge") == "continue" and cells and cells[-1].row == index:
            cells[-1].column_span += width
            cells[-1].text = "\n".join(part for part in (cells[-1].text, text) if part)
        elif merge is not None and merge.get(f"{W}val", "continue") == "continue" and above is not None:
            above.row_span = index - above.row + 1
            above.text = "\n".join(part for part in (above.text, text) if part)
        else:
            cell = DraftCell(row=index, column=column, text=text, column_span=width, is_header=is_header)
            cells.append(cell)
            for covered in range(column, column + width):
                open_merges.pop(covered, None)
            if merge is not None:
                open_merges[column] = cell
        column += width


def without_repeats(cells: list[DraftCell]) -> list[DraftCell]:
    """Return the cells without rows that only repeat the words of the first row."""
    first = _row_words(cells, 0)
    if len([word for word in first if word]) < 2:
        return cells
    height = max((cell.row + cell.row_span for cell in cells), default=0)
    repeated = {
        row
        for row in range(1, height)
        if _row_words(cells, row) == first and all(c.row_span == 1 for c in cells if c.row == row)
    }
    if not repeated:
        return cells
    kept = [cell for cell in cells if cell.row not in repeated]
    for cell in kept:
        cell.row_span -= sum(cell.row < row < cell.row + cell.row_span for row in repeated)
        cell.row -= sum(row < cell.row for row in repeated)
    return kept


def _row_words(cells: Sequence[DraftCell], row: int) -> list[str]:
    return [re.sub(r"\s+", "", cell.text) for cell in cells if cell.row == row]


def appended(upper: list[DraftCell], lower: list[DraftCell]) -> list[DraftCell] | None:
    """Return two tables that stand one below the other as one, or None when they are two.

    They are one when they have the same columns and the lower has the same header again
    or none. Empty cells in its first row may belong to cells above: that stays open.
    """
    wide = [max((cell.column + cell.column_span for cell in cells), default=0) for cells in (upper, lower)]
    if wide[0] != wide[1] or wide[0] < 2:
        return None
    header = _row_words(upper, 0)
    repeats = _row_words(lower, 0) == header
    if not repeats and any(cell.is_header for cell in lower):
        return None
    skipped = 1 if repeats else 0
    shift = max(cell.row + cell.row_span for cell in upper) - skipped
    for cell in lower:
        if cell.row < skipped:
            continue
        if cell.row == skipped and not cell.text.strip():
            cell.merge = MergeEvidence.UNKNOWN
        cell.row += shift
        cell.is_header = False
        upper.append(cell)
    return upper
