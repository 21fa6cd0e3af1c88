"""Tables of which each cell stands on a line of its own that begins with a tab.

Rows are parted by empty lines, but so are paragraphs inside a cell, so an empty line
alone proves nothing: pieces are joined to rows of the lengths that are usual in the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from shuiheng.adapters.documents.lines import ends_sentence, is_caption, starts_item
from shuiheng.adapters.documents.text.alignment import MOST_COLUMNS
from shuiheng.adapters.documents.text.kinds import (
    CellKind,
    is_header_cell,
    is_header_row,
    kind_of,
    names_column,
)

_MOST_PIECES = 4
_MOST_CAPTION_LINES = 5
_NOTE_STARTS = ("注", "备注", "说明", "（注", "(注", "附件", "附表", "附：")


@dataclass(slots=True)
class CellPiece:
    """Cells that stood together, and how many empty lines came before them."""

    cells: list[str] = field(default_factory=list)
    gap: int = 0


def cell_line_table(lines: Sequence[str], start: int) -> tuple[list[list[str]], int] | None:
    """Return the rows of the table that begins at line `start`, and the line behind it.

    None when the lines are only indented paragraphs.
    """
    pieces, end = _pieces(lines, start)
    pieces = _evenly_cut(pieces) if pieces else []
    if not pieces or not _is_table(pieces):
        return None
    return _rows(pieces), end


def _pieces(lines: Sequence[str], start: int) -> tuple[list[CellPiece], int]:
    pieces: list[CellPiece] = []
    index, gap, end = start, 0, start
    while index < len(lines):
        line = lines[index]
        if line.count("\t") > 1 and line.strip():
            break
        if line.startswith("\t"):
            if not pieces or gap:
                pieces.append(CellPiece(gap=gap))
            pieces[-1].cells.append(line[1:].strip())
            gap = 0
        elif not line.strip():
            gap += 1
        elif _goes_on(lines, index, pieces, gap):
            pieces[-1].cells[-1] += "\n" + line.strip()
            gap = 0
        else:
            break
        index += 1
        if gap == 0:
            end = index
    return pieces, end


def _goes_on(lines: Sequence[str], index: int, pieces: list[CellPiece], gap: int) -> bool:
    """Return whether the line at `index`, which has no tab, belongs to the cell before it."""
    if not pieces or (len(pieces) > 1 and _ends_table(lines, index, pieces[0].cells)):
        return False
    line, cell = lines[index].strip(), pieces[-1].cells[-1]
    if gap == 0:
        return True
    if line.startswith(_NOTE_STARTS):
        return False
    if cell.endswith(("、", "，", "；", "和", "及", "与")):
        return True
    if len(line) > 30 or ends_sentence(cell):
        return False
    return _table_returns(lines, index + 1) and not (starts_item(line) and kind_of(cell) is CellKind.UNITS)


def _ends_table(lines: Sequence[str], index: int, header: Sequence[str]) -> bool:
    """Return whether the line at `index`, which has no tab, is no part of a cell but stands below the table.

    It is a caption, or a note behind which no cell follows, or the columns of another table follow.
    """
    if is_caption(lines[index]):
        return True
    after = index + 1
    while after < min(index + _MOST_CAPTION_LINES, len(lines)) and not lines[after].startswith("\t"):
        after += 1
    if lines[index].strip().startswith(_NOTE_STARTS) and after != index + 1:
        return True
    columns: list[str] = []
    while after < len(lines) and lines[after].startswith("\t") and len(columns) <= MOST_COLUMNS:
        columns.append(lines[after].strip())
        after += 1
    named = sum(map(names_column, columns[:MOST_COLUMNS]))
    return len(columns) >= 3 and named >= 0.6 * len(columns) and not set(columns) <= set(header)


def _table_returns(lines: Sequence[str], index: int) -> bool:
    """Return whether a cell line follows soon, behind nothing but short lines."""
    for line in lines[index : index + 8]:
        if line.startswith("\t"):
            return True
        if len(line.strip()) > 30:
            return False
    return False


def _is_table(pieces: Sequence[CellPiece]) -> bool:
    """Return whether pieces are rows: a header of short cells, and more rows of like length."""
    header = pieces[0].cells
    if len(pieces) >= 3 and 3 <= len(header) <= MOST_COLUMNS and _is_even(pieces):
        return True
    if not 2 <= len(header) <= MOST_COLUMNS or not is_header_row(header):
        return False
    return len(header) >= 3 or len(pieces) >= 3 or any("" in piece.cells for piece in pieces)


def _is_even(pieces: Sequence[CellPiece]) -> bool:
    """Return whether all pieces have as many cells, the first only short ones: rows below their columns."""
    header = pieces[0].cells
    return (
        all(map(str.strip, header))
        and all(len(piece.cells) == len(header) for piece in pieces)
        and all(map(is_header_cell, header))
    )


def _rows(pieces: Sequence[CellPiece]) -> list[list[str]]:
    """Join pieces to rows so that unusual lengths are as few as can be."""
    usual = Counter(len(piece.cells) for piece in pieces)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * len(pieces)
    for end in range(1, len(pieces) + 1):
        for first in range(max(0, end - _MOST_PIECES), end):
            cost = best[first][0] + _row_cost(pieces[first:end], usual, len(pieces))
            if cost < best[end][0]:
                best[end] = (cost, first)
    rows: list[list[str]] = []
    end = len(pieces)
    while end:
        first = best[end][1]
        rows.append([_once(cell) for piece in pieces[first:end] for cell in piece.cells])
        end = first
    return rows[::-1]


def _evenly_cut(pieces: Sequence[CellPiece]) -> list[CellPiece]:
    """Cut a piece that holds many rows without a gap into rows as long as the header."""
    if len(pieces) > 3 or not pieces[0].cells:
        return list(pieces)
    cells = [cell for piece in pieces for cell in piece.cells]
    width = len(pieces[0].cells) if len(pieces) > 1 else _header_length(cells)
    if width < 2 or len(cells) % width or len(cells) < 3 * width:
        return list(pieces)
    return [CellPiece(cells[at : at + width], 1) for at in range(0, len(cells), width)]


def _header_length(cells: Sequence[str]) -> int:
    """Return how many cells at the front can head columns."""
    return next((index for index, cell in enumerate(cells) if not names_column(cell)), len(cells))


def _row_cost(pieces: Sequence[CellPiece], usual: Counter[int], total: int) -> float:
    length = sum(len(piece.cells) for piece in pieces)
    share = usual[length] / total
    strange = 0.0 if share >= 0.1 else 1.0 if share >= 0.04 else 2.0
    if 2 * length < usual.most_common(1)[0][0]:
        strange = 2.0
    last = pieces[-1].cells[-1]
    unfinished = 0.0 if kind_of(last) in (CellKind.UNITS, CellKind.EMPTY) else 0.5
    joined = sum(0.3 if piece.gap > 1 else 0.6 for piece in pieces[1:])
    return strange + unfinished + joined


def _once(cell: str) -> str:
    """Return a cell without the copy that a page break put below its words."""
    parts = [line for line in cell.split("\n") if line.strip()]
    return parts[0] if len(parts) > 1 and len(parts[0]) > 1 and len(set(parts)) == 1 else "\n".join(parts)
