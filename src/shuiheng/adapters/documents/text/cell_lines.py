"""Tables of which each cell stands on a line of its own that begins with a tab.

Rows are parted by empty lines, but so are paragraphs inside a cell, so an empty line
alone proves nothing: pieces are joined to rows of the lengths that are usual in the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from shuiheng.adapters.documents.lines import starts_item
from shuiheng.adapters.documents.text.alignment import MOST_COLUMNS
from shuiheng.adapters.documents.text.kinds import (
    CellKind,
    header_kind,
    is_header_cell,
    is_header_row,
    kind_of,
    names_column,
)
from shuiheng.adapters.documents.text.table_end import RowsAbove, goes_on, opens_anew

_MOST_PIECES = 4
_MOST_HEADER_LINES = 4
_MOST_LOOKS = 40
_NEAREST = 20


@dataclass(slots=True)
class CellPiece:
    """Cells that stood together, and how many empty lines came before them."""

    cells: list[str] = field(default_factory=list)
    gap: int = 0


@dataclass(slots=True)
class CellLineTables:
    """The tables of one text of which each cell stands on its own line.

    A place that proves to be no table costs a look at the lines behind it. The looks in vain are
    counted, so that a text that is all cell lines and no table still takes linear time.
    """

    lines: Sequence[str]
    in_vain: int = 0

    def table_at(self, start: int) -> tuple[list[list[str]], int] | None:
        """Return the rows of the table that begins at line `start`, and the line behind it.

        None when the lines are only indented paragraphs.
        """
        if self.in_vain > _MOST_LOOKS * (len(self.lines) + _MOST_LOOKS) or not _may_head(self.lines, start):
            return None
        pieces, end = _pieces(self.lines, start)
        rows = _evenly_cut(pieces) if pieces else []
        if not rows or not _is_table(rows):
            self.in_vain += end - start
            return None
        return _rows(rows), end


def cell_line_table(lines: Sequence[str], start: int) -> tuple[list[list[str]], int] | None:
    """Return the rows of the table that begins at line `start`, and the line behind it."""
    return CellLineTables(lines).table_at(start)


def _may_head(lines: Sequence[str], start: int) -> bool:
    """Return whether the line at `start` can be the first cell of a header: short, with a second cell."""
    if not is_header_cell(lines[start]):
        return False
    for line in lines[start + 1 : start + 1 + _MOST_HEADER_LINES]:
        if not line.strip() or line.startswith("\t"):
            return bool(line)
    return False


@dataclass(slots=True)
class _RowsSoFar:
    """The pieces of a table while it is being read."""

    pieces: list[CellPiece] = field(default_factory=list)
    named: int = 0  # cells at the front of the first piece that name columns
    is_broken: bool = False

    def add(self, cell: str, gap: int) -> None:
        """Add the cell of a line that begins with a tab."""
        if not self.pieces or gap:
            self.pieces.append(CellPiece(gap=gap))
        elif len(self.pieces) == 1 and self.named == len(self.pieces[0].cells) - 1:
            self.named += names_column(self.pieces[0].cells[-1])
        self.pieces[-1].cells.append(cell)

    def add_to_cell(self, words: str, *, is_header: bool) -> None:
        """Add a line without a tab to the cell at hand."""
        self.is_broken = self.is_broken or not is_header
        self.pieces[-1].cells[-1] += "\n" + words

    def above(self) -> RowsAbove:
        """Return what the rows tell; rows without gaps are as long as the cells that name columns."""
        cells, header = self.pieces[-1].cells, self.pieces[0].cells
        is_flat = len(self.pieces) == 1
        width = self.named if is_flat else len(header)
        is_header = is_flat and (width < 2 or (width >= len(cells) - 1 and names_column(cells[-1])))
        column = (len(cells) - 1) % width if is_flat and not is_header else len(cells) - 1
        rows = [] if is_header else self._nearest_rows(width, column)
        return RowsAbove(
            header=header[: min(width, MOST_COLUMNS)],
            is_header=is_header,
            is_full=not is_header and len(cells) % width == 0,
            cell=cells[-1][: cells[-1].find("\n")] if "\n" in cells[-1] else cells[-1],
            rest=cells[-1][cells[-1].rfind("\n") + 1 :],
            column=[row[column] for row in rows if column < len(row)],
            firsts=[row[0] for row in rows],
            is_broken=self.is_broken,
        )

    def _nearest_rows(self, width: int, column: int) -> list[list[str]]:
        """Return the last few whole rows below the header and above the row at hand."""
        cells = self.pieces[-1].cells
        if len(self.pieces) == 1:
            first = len(cells) - 1 - column
            return [
                cells[at : at + width] for at in range(max(width, first - _NEAREST * width), first, width)
            ]
        nearest = self.pieces[max(1, len(self.pieces) - 1 - _NEAREST) : -1]
        return [piece.cells for piece in nearest if len(piece.cells) == width]


def _pieces(lines: Sequence[str], start: int) -> tuple[list[CellPiece], int]:
    rows = _RowsSoFar()
    index, gap, end = start, 0, start
    while index < len(lines):
        line = lines[index]
        if line.count("\t") > 1 and line.strip():
            break
        if line.startswith("\t"):
            if rows.pieces and opens_anew(lines, index, rows.above(), gap=gap):
                break
            rows.add(line[1:].strip(), gap)
        elif line.strip():
            if not rows.pieces:
                break
            above = rows.above()
            if not goes_on(lines, index, above, gap=gap):
                break
            rows.add_to_cell(line.strip(), is_header=above.is_header)
        index += 1
        gap = 0 if line.startswith("\t") or line.strip() else gap + 1
        if gap == 0:
            end = index
    return rows.pieces, end


def _is_table(pieces: Sequence[CellPiece]) -> bool:
    """Return whether pieces are rows: a header of short cells, and more rows of like length."""
    header = pieces[0].cells
    if len(pieces) >= 3 and 3 <= len(header) <= MOST_COLUMNS and _is_even(pieces):
        return True
    if not 2 <= len(header) <= MOST_COLUMNS or not is_header_row(header):
        return False
    return len(header) >= 3 or len(pieces) >= 3 or any("" in piece.cells for piece in pieces)


def _is_even(pieces: Sequence[CellPiece]) -> bool:
    """Return whether nearly all pieces are as long as the first, which has only short cells: its columns."""
    header = pieces[0].cells
    lengths = Counter(len(piece.cells) for piece in pieces)
    return (
        all(map(str.strip, header))
        and max(lengths) == len(header)
        and lengths[len(header)] >= max(3, 0.7 * len(pieces))
        and all(map(is_header_cell, header))
    )


def _rows(pieces: Sequence[CellPiece]) -> list[list[str]]:
    """Join pieces to rows so that unusual lengths are as few as can be."""
    usual = Counter(len(piece.cells) for piece in pieces)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * len(pieces)
    for end in range(1, len(pieces) + 1):
        for first in range(max(0, end - _MOST_PIECES), end):
            if _spans_row(pieces, first):
                cost = best[first][0] + (0.0 if end == first + 1 else 4.0)
            else:
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
    if width < 2 or len(cells) < 3 * width:
        return list(pieces)
    if len(cells) % width:
        return _cut_at_serials(cells, width) or list(pieces)
    return [CellPiece(cells[at : at + width], 1) for at in range(0, len(cells), width)]


def _cut_at_serials(cells: Sequence[str], width: int) -> list[CellPiece]:
    """Cut rows where the next serial number stands, below a header of `width` cells that begins with one."""
    if header_kind(cells[0]) is not CellKind.NUMBER:
        return []
    starts = [0]
    for at in range(width, len(cells)):
        if cells[at].strip() == str(len(starts)):
            starts.append(at)
    rows = [list(cells[at:end]) for at, end in pairwise([*starts, len(cells)])]
    if len(rows) < 3 or len(rows[0]) != width or max(map(len, rows)) > width:
        return []
    return [CellPiece(row, 1) for row in rows]


def _header_length(cells: Sequence[str]) -> int:
    """Return how many cells at the front can head columns."""
    front = cells[: MOST_COLUMNS + 1]
    return next((index for index, cell in enumerate(front) if not names_column(cell)), len(front))


def _spans_row(pieces: Sequence[CellPiece], at: int) -> bool:
    """Return whether the piece is a heading over all columns: one cell between whole rows."""
    around = [len(piece.cells) for piece in (*pieces[at - 1 : at], *pieces[at + 1 : at + 2])]
    whole = len(pieces[0].cells)
    is_alone = len(pieces[at].cells) == 1 and around == [whole, whole]
    return is_alone and starts_item(pieces[at].cells[0])


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
