"""Tables whose rows stand on one line each, fields parted by tabs.

Such text is copied out of a word processor or a PDF: the header comes again on every
page, columns shift where a merged cell left no field, and a cell that the page break
cut stands half on each side of the repeated header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shuiheng.adapters.documents.characters import glued
from shuiheng.adapters.documents.drafts import DraftCell
from shuiheng.adapters.documents.lines import continues, is_caption, starts_item
from shuiheng.adapters.documents.text.alignment import MOST_COLUMNS, placed_rows
from shuiheng.adapters.documents.text.kinds import CellKind, is_header_cell, is_header_row, kind_of
from shuiheng.plans.document import MergeEvidence

_FIGURE = re.compile(r"[≤≥<>＜＞]?\d[\d.]*[%％]?")
_MARKS = re.compile(r"[\s()（）、，.．]+")


@dataclass(frozen=True, slots=True)
class TabbedRows:
    """Rows of one table, without repeated headers.

    Args:
        rows: Fields of each row; the first is the header when `has_header`.
        breaks: Indexes of rows in front of which a page ended.
        has_header: Whether the first row heads the columns.
        end: The line behind the table.
    """

    rows: list[list[str]]
    breaks: frozenset[int]
    has_header: bool
    end: int


def tabbed_rows(lines: Sequence[str], start: int) -> TabbedRows | None:
    """Return the rows of the table that begins at line `start`, or None when there is none."""
    rows: list[list[str]] = []
    breaks: set[int] = set()
    index = end = start
    while index < len(lines):
        line = lines[index]
        fields = [field.strip() for field in line.split("\t")]
        if len(fields) > MOST_COLUMNS and any(fields[MOST_COLUMNS:]):
            break
        if len(fields) > 1 and any(fields):
            if rows and _same(fields, rows[0]):
                breaks.add(len(rows))
            else:
                rows.append(fields)
            end = index + 1
        elif line.strip():
            if not rows or not _returns(lines, index) or _opens_another(lines, index, rows):
                break
            rows[-1][-1] = glued(rows[-1][-1], line.strip())
            end = index + 1
        index += 1
    has_header = bool(rows) and is_header_row(rows[0])
    wide = sum(sum(bool(field) for field in row) > 1 for row in rows)
    if len(rows) < 2 or wide < 2 or (not has_header and wide * 2 < len(rows)):
        return None
    return TabbedRows(rows, frozenset(breaks), has_header, end)


def _returns(lines: Sequence[str], index: int) -> bool:
    """Return whether a line without tabs stands inside a table: rows go on right behind it."""
    if index and not lines[index - 1].strip():
        return False
    return index + 1 < len(lines) and "\t" in lines[index + 1].strip("\n")


def _opens_another(lines: Sequence[str], index: int, rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the line at `index` is the caption of another table: other columns follow it."""
    if is_caption(lines[index]):
        return True
    fields = [field.strip() for field in lines[index + 1].split("\t")]
    if sum(map(bool, fields)) < 3 or _same(fields, rows[0]) or lines[index].rstrip()[-1:] in "、，；":
        return False
    has_left_figures = _figures(rows[-1]) >= 2 and _figures(fields) == 0 and all(map(is_header_cell, fields))
    return is_header_row(fields) or has_left_figures


def _figures(fields: Sequence[str]) -> int:
    """Return how many fields are a number and nothing else."""
    return sum(_FIGURE.fullmatch(field) is not None for field in fields)


def _same(fields: Sequence[str], header: Sequence[str]) -> bool:
    left = [re.sub(r"\s+", "", field) for field in fields if field]
    return bool(left) and left == [re.sub(r"\s+", "", field) for field in header if field]


def tabbed_cells(table: TabbedRows, *, elsewhere: str) -> list[DraftCell]:
    """Return the cells of the table, halves of cells around a page break joined.

    Args:
        table: Its rows.
        elsewhere: The whole text; words that meet at a break and also stand together
            somewhere else were one cell.
    """
    cells = placed_rows(table.rows, header_rows=1 if table.has_header else 0)
    known = _MARKS.sub("", elsewhere)
    for row in sorted(table.breaks):
        _join_label(cells, row, known)
        _join_sentence(cells, row)
    return cells


def _join_label(cells: list[DraftCell], row: int, known: str) -> None:
    """Move the first label of a page to the cell that the page break cut, if it is its other half."""
    labels = [cell for cell in cells if cell.row == row and kind_of(cell.text) is CellKind.LABEL]
    if not labels:
        return
    half = labels[0]
    if _is_inner(half, cells):
        return
    above = [
        cell
        for cell in cells
        if cell.row < row
        and not cell.is_header
        and abs(cell.column - half.column) <= 1
        and kind_of(cell.text) is CellKind.LABEL
        and not _is_inner(cell, cells)
    ]
    if above and _is_other_half(above[-1].text, half, cells, known):
        above[-1].text = glued(above[-1].text, half.text)
        half.text, half.merge = "", MergeEvidence.UNKNOWN


def _is_inner(cell: DraftCell, cells: list[DraftCell]) -> bool:
    """Return whether a number stands left of the cell in its row: it names one item, not a group."""
    return any(
        other.row == cell.row and other.column < cell.column and kind_of(other.text) is CellKind.NUMBER
        for other in cells
    )


def _is_other_half(before: str, half: DraftCell, cells: list[DraftCell], known: str) -> bool:
    if before.endswith(("、", "，", "“", "（", "(", "《")):
        return True
    left, right = _MARKS.sub("", before), _MARKS.sub("", half.text)
    if len(left) >= 2 and len(right) >= 2 and left[-3:] + right[:3] in known:
        return True
    inner = [cell for cell in cells if cell.row == half.row and cell.column > half.column and cell.text]
    opens_item = bool(inner) and kind_of(inner[0].text) in (CellKind.NUMBER, CellKind.LABEL)
    return not opens_item and not starts_item(half.text)


def _join_sentence(cells: list[DraftCell], row: int) -> None:
    """Join a sentence that goes on behind a page break to the cell above it."""
    here = [cell for cell in cells if cell.row == row and cell.text]
    if len(here) != 1:
        return
    above = [cell for cell in cells if cell.row == row - 1 and cell.column == here[0].column]
    if above and continues(above[0].text, here[0].text):
        above[0].text = glued(above[0].text, here[0].text)
        here[0].text, here[0].merge = "", MergeEvidence.UNKNOWN
