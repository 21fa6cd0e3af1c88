"""Where a table of one cell per line ends: the first line that no cell of it can hold.

The rows tell it by their rhythm. A line without a tab belongs to the cell above while cells of the
same table follow soon. Behind a full row a heading ends the table, and so does a line of running
words below a column of names; behind the last row only the rest of a broken cell still belongs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shuiheng.adapters.documents.lines import (
    continues,
    ends_sentence,
    is_caption,
    is_day_line,
    starts_item,
)
from shuiheng.adapters.documents.text.kinds import (
    CellKind,
    header_kind,
    is_header_cell,
    is_unit_list,
    kind_of,
    names_column,
)

_LEAST_COLUMNS = 3
_NEAR = 8
_FAR = 40
_LONG = 30
_LONGEST_REST = 12
_NOTE_STARTS = ("注", "备注", "说明", "（注", "(注", "附件", "附表", "附：")
_CHAPTER = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节条编]|附\s*(?:件|表))"
)
_UNFINISHED = ("、", "，", "和", "及", "与", "（", "(", "《")
_REST_OF_DAY = re.compile(r"(?:\d{0,2}\s*[年月日])?(?:\d{1,2}\s*[月日])?[底前末]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsAbove:
    """What the rows so far tell of the line that comes next.

    Args:
        header: The cells that head the columns, or those of the first row while it is being read.
        is_header: Whether the first row is still being read.
        is_full: Whether the row at hand has as many cells as the first.
        cell: The cell at hand, its first line only when it is broken.
        rest: The last line of that cell.
        column: Cells of earlier rows in the same column, the nearest few.
        firsts: The first cells of earlier rows, the nearest few.
        is_broken: Whether a cell below the header stands on more than one line.
    """

    header: Sequence[str]
    is_header: bool
    is_full: bool
    cell: str
    rest: str
    column: Sequence[str] = ()
    firsts: Sequence[str] = ()
    is_broken: bool = False

    def holds(self, kind: CellKind) -> bool:
        """Return whether the cell at hand or most cells above it are of this kind."""
        return kind_of(self.cell) is kind or (
            2 * sum(kind_of(cell) is kind for cell in self.column) > len(self.column)
        )


def goes_on(lines: Sequence[str], index: int, above: RowsAbove, *, gap: int) -> bool:
    """Return whether the line at `index`, which has no tab, belongs to the cell at hand.

    Args:
        lines: All lines of the text.
        index: The line that is asked for; it is not empty.
        above: The rows that were read before it.
        gap: How many empty lines stand between.
    """
    line = lines[index].strip()
    if above.is_header:
        return gap == 0 and len(line) <= _LONG and _next_cell(lines, index, reach=_NEAR) is not None
    following = _next_cell(lines, index, reach=_FAR)
    if is_caption(line) or (line.startswith(_NOTE_STARTS) and (gap or following != index + 1)):
        return False
    if _is_chapter(line, above):
        return False
    if following is None or heads_columns(lines, following):
        return _ends_cell(lines, index, above, gap=gap)
    if gap:
        return _goes_on_behind_gap(lines, index, above)
    return _fits_row(line, above)


def opens_anew(lines: Sequence[str], index: int, above: RowsAbove, *, gap: int) -> bool:
    """Return whether the cell on the line at `index` is no cell of the rows above.

    Either columns of another table begin there, or a paragraph that is indented with a tab:
    no row began with a heading or a sentence so far, and no number or list of units follows.
    """
    if above.is_header:
        return False
    if heads_columns(lines, index) and not _is_header_again(lines, index, above.header):
        return bool(gap) or above.is_full or header_kind(lines[index]) is CellKind.NUMBER
    if not above.is_full or len(above.firsts) < 2 or not _opens_paragraph(lines[index]):
        return False
    if any(map(_opens_paragraph, above.firsts)):
        return False
    reach = lines[index + 1 : index + 2 + 2 * len(above.header)]
    return not any(
        kind_of(line) in (CellKind.NUMBER, CellKind.UNITS) for line in reach if line.startswith("\t")
    )


def heads_columns(lines: Sequence[str], index: int) -> bool:
    """Return whether the cell lines from `index` on begin with the columns of a table."""
    front = [line[1:] for line in lines[index : index + _LEAST_COLUMNS] if line.startswith("\t")]
    if len(front) < _LEAST_COLUMNS or not all(map(is_header_cell, front)):
        return False
    unnamed = sum(not names_column(cell) for cell in front)
    return unnamed == 0 or (unnamed == 1 and header_kind(front[0]) is CellKind.NUMBER)


def _is_header_again(lines: Sequence[str], index: int, header: Sequence[str]) -> bool:
    return {line.strip() for line in lines[index : index + _LEAST_COLUMNS]} <= set(header)


def _opens_paragraph(cell: str) -> bool:
    """Return whether the words are a heading or a sentence, and can open no row of names."""
    text = cell.strip()
    return kind_of(text) is CellKind.SENTENCE or (
        _CHAPTER.match(text) is not None and kind_of(text) is not CellKind.NUMBER
    )


def _next_cell(lines: Sequence[str], index: int, *, reach: int) -> int | None:
    """Return the next line that begins with a tab, if one comes within `reach` lines."""
    for at in range(index + 1, min(index + 1 + reach, len(lines))):
        if lines[at].startswith("\t"):
            return at
    return None


def _is_chapter(line: str, above: RowsAbove) -> bool:
    """Return whether the line heads a part of the document, below a cell that holds no such parts."""
    return _CHAPTER.match(line) is not None and not _CHAPTER.match(above.cell)


def _is_rest(before: str, line: str) -> bool:
    """Return whether a cell that ends so must go on, and the line can be what is left of it."""
    return before.endswith(_UNFINISHED) and not starts_item(line)


def _goes_on_behind_gap(lines: Sequence[str], index: int, above: RowsAbove) -> bool:
    line = lines[index].strip()
    if above.rest.endswith((*_UNFINISHED, "；")):
        return True
    if (
        len(line) > _LONG
        or ends_sentence(above.rest)
        or ("。" in line and not above.holds(CellKind.SENTENCE))
    ):
        return False
    following = _next_cell(lines, index, reach=_NEAR)
    if following is None or any(len(other.strip()) > _LONG for other in lines[index + 1 : following]):
        return False
    return not (starts_item(line) and kind_of(above.cell) is CellKind.UNITS)


def _fits_row(line: str, above: RowsAbove) -> bool:
    """Return whether a line right below a cell belongs to it, when more cells follow."""
    if _is_rest(above.rest, line) or above.holds(CellKind.SENTENCE):
        return True
    if starts_item(line):
        return not above.is_full and not above.holds(CellKind.UNITS)
    return not above.is_full or (len(line) <= _LONG and "。" not in line)


def _ends_cell(lines: Sequence[str], index: int, above: RowsAbove, *, gap: int) -> bool:
    """Return whether the line ends the last cell of the table, behind which no cell follows."""
    line = lines[index].strip()
    if _is_rest(above.rest, line):
        return True
    if gap or starts_item(line) or lines[index].startswith(("　", "  ")):
        return False
    if any(map(is_day_line, lines[index : index + 2])):
        return False
    if above.holds(CellKind.UNITS):
        return _ends_units(line, above)
    if above.holds(CellKind.SENTENCE):
        return above.is_broken and _ends_words(line, above)
    is_day = above.rest[-1:].isdigit() or above.rest.endswith(("年", "月"))
    return is_day and _REST_OF_DAY.fullmatch(line) is not None


def _ends_words(line: str, above: RowsAbove) -> bool:
    """Return whether the line is the rest of a sentence that was broken at the width of the cell."""
    if ends_sentence(above.rest):
        return False
    return continues(above.rest, line) or len(line) <= max(len(above.rest), len(above.cell))


def _ends_units(line: str, above: RowsAbove) -> bool:
    """Return whether the line is the rest of a list of units: more names, or half a name."""
    if not is_unit_list(line):
        return False
    return above.is_broken or not is_unit_list(above.rest) or len(line) <= _LONGEST_REST
