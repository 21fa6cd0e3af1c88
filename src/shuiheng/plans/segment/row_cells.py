"""The cells of one row of a responsibility table by their part."""

from __future__ import annotations

from dataclasses import dataclass

from shuiheng.plans.document import Cell
from shuiheng.plans.segment.brackets import LABEL
from shuiheng.plans.segment.columns import UNIT_PARTS, ColumnPart, Columns
from shuiheng.plans.segment.enumerators import is_bare_enumerator
from shuiheng.plans.segment.grids import Grid
from shuiheng.plans.segment.unit_lists import is_unit_list


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCells:
    """The cells of one row by their part; merged cells from above are among them.

    Args:
        index: Grid row.
        numbers: Cells that hold a bare enumerator and start here.
        categories: Category cells with words.
        texts: Cells of the task text that start here, in column order.
        lead, joint, responsible: Unit cells, by what their column means.
        due: Cell of a deadline column.
    """

    index: int
    numbers: tuple[Cell, ...]
    categories: tuple[Cell, ...]
    texts: tuple[Cell, ...]
    lead: tuple[Cell, ...]
    joint: tuple[Cell, ...]
    responsible: tuple[Cell, ...]
    due: Cell | None


def row_cells(grid: Grid, columns: Columns, index: int) -> RowCells:
    """Return the cells of a row by part, by content where its columns are shifted."""
    cells = grid.rows[index]
    part_of = {cell.column: columns.parts[cell.column] for cell in cells}
    texts = [cell for cell in cells if _touches(columns, cell, ColumnPart.TEXT)]
    units = [cell for cell in cells if part_of[cell.column] in UNIT_PARTS]
    if not _is_shifted(grid, columns, cells):
        rest = [cell for cell in cells if cell not in texts and cell not in units]
        by_part = {part: tuple(cell for cell in units if part_of[cell.column] is part) for part in UNIT_PARTS}
        return RowCells(
            index=index,
            numbers=tuple(c for c in rest if c.row == index and is_bare_enumerator(grid.text(c))),
            categories=tuple(
                c
                for c in rest
                if part_of[c.column] in (ColumnPart.CATEGORY, ColumnPart.NUMBER)
                and grid.text(c)
                and not is_bare_enumerator(grid.text(c))
            ),
            texts=tuple(cell for cell in texts if cell.row == index and grid.text(cell)),
            lead=by_part[ColumnPart.LEAD],
            joint=by_part[ColumnPart.JOINT],
            responsible=by_part[ColumnPart.RESPONSIBLE],
            due=next((c for c in cells if part_of[c.column] is ColumnPart.DUE), None),
        )
    return _shifted_cells(grid, columns, index)


def _touches(columns: Columns, cell: Cell, part: ColumnPart) -> bool:
    return any(columns.parts[c] is part for c in range(cell.column, cell.column + cell.column_span))


def _is_shifted(grid: Grid, columns: Columns, cells: tuple[Cell, ...]) -> bool:
    """Return whether the words of a row stand in other columns than its header says."""
    for cell in cells:
        text = grid.text(cell)
        part = columns.parts[cell.column]
        if (
            part in UNIT_PARTS
            and len(text) > 30
            and "。" in text
            and not is_unit_list(text)
            and LABEL.search(text) is None
        ):
            return True
        if part is ColumnPart.TEXT and text and is_unit_list(text) and len(columns.at(ColumnPart.TEXT)) == 1:
            return True
    return False


def _shifted_cells(grid: Grid, columns: Columns, index: int) -> RowCells:
    """Read a row by content: the longest words are the text, lists of units follow it."""
    own = [cell for cell in grid.rows[index] if cell.row == index and grid.text(cell)]
    text = max(own, key=lambda cell: (not is_unit_list(grid.text(cell)), len(grid.text(cell))))
    behind = [cell for cell in own if cell.column > text.column and is_unit_list(grid.text(cell))]
    before = [cell for cell in own if cell.column < text.column]
    has_lead = bool(columns.at(ColumnPart.LEAD))
    return RowCells(
        index=index,
        numbers=tuple(cell for cell in before if is_bare_enumerator(grid.text(cell))),
        categories=tuple(
            cell
            for cell in before
            if not is_bare_enumerator(grid.text(cell)) and not is_unit_list(grid.text(cell))
        ),
        texts=(text,),
        lead=tuple(behind[:1]) if has_lead else (),
        joint=tuple(behind[1:]) if has_lead else (),
        responsible=() if has_lead else tuple(behind[:1]),
        due=None,
    )
