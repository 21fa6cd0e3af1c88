"""Tables without ruling lines: columns that stand below the words of a header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from shuiheng.adapters.documents.lines import ends_sentence
from shuiheng.adapters.documents.pdf.lines import Line, LinePart
from shuiheng.adapters.documents.pdf.ruled import RuledCell, RuledTable
from shuiheng.adapters.documents.text.kinds import is_header_row

_FEWEST_ROWS = 3
_FARTHEST = 3.2


def unruled_tables(lines: Sequence[Line], *, page: int) -> tuple[list[RuledTable], list[Line]]:
    """Return the tables that alignment alone shows, and the lines outside of them.

    Only what is evident is taken: a line of three or more parts with the words of headers,
    and below it three lines or more whose parts stand below those words, each in one column.
    """
    tables: list[RuledTable] = []
    outside: list[Line] = []
    index = 0
    while index < len(lines):
        header = lines[index]
        end = index + 1
        if len(header.parts) >= 3 and is_header_row([part.text for part in header.parts]):
            end = _end_of_table(lines, index)
        if end - index > _FEWEST_ROWS:
            tables.append(_table(lines[index:end], page))
        else:
            outside += lines[index:end]
        index = end
    return tables, outside


def _end_of_table(lines: Sequence[Line], start: int) -> int:
    """Return the line behind the last one that stands below the header at `start`."""
    header = lines[start]
    index = start + 1
    while index < len(lines):
        line, above = lines[index], lines[index - 1]
        if line.top - above.top > _FARTHEST * max(line.size, above.size) or line.top <= above.top:
            break
        columns = _columns(line, header)
        if columns is None or (not line.parts and columns == [0]):
            break
        index += 1
    return index


def _columns(line: Line, header: Line) -> list[int] | None:
    """Return the column of each part of a line, or None when two share one or one fits none."""
    columns = []
    for part in line.parts or (LinePart(line.x0, line.x1, line.text),):
        below = [index for index, head in enumerate(header.parts) if part.x0 < head.x1 and head.x0 < part.x1]
        if len(below) != 1:
            return None
        columns.append(below[0])
    return columns if len(set(columns)) == len(columns) else None


def _table(lines: Sequence[Line], page: int) -> RuledTable:
    header = lines[0]
    rows = _rows(lines)
    borders = [row[0].top - 1 for row in rows] + [lines[-1].bottom + 1]
    left = min(line.x0 for line in lines) - 2
    right = max(line.x1 for line in lines) + 2
    heads = header.parts
    walls = [left, *((a.x1 + b.x0) / 2 for a, b in pairwise(heads)), right]
    cells = [
        RuledCell(
            row=number, row_span=1, x0=walls[at], x1=walls[at + 1], bottom=borders[number + 1], page=page,
            lines=[part for line in row for part in _in_column(line, header, at)],
        )
        for number, row in enumerate(rows)
        for at in range(len(heads))
    ]  # fmt: skip
    return RuledTable(
        page=page, x0=left, x1=right, top=borders[0], bottom=borders[-1], borders=borders, cells=cells
    )


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines to rows: a line with words in the first column, or in most columns, opens one."""
    header = lines[0]
    rows = [[header]]
    for line in lines[1:]:
        columns = _columns(line, header) or []
        full = 2 * len(columns) > len(header.parts) and not _goes_on(rows[-1], line, header)
        if len(rows) == 1 or 0 in columns or full:
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def _goes_on(row: Sequence[Line], line: Line, header: Line) -> bool:
    """Return whether a line without a first column carries on the sentences of the row above."""
    above = row[-1].parts or (LinePart(row[-1].x0, row[-1].x1, row[-1].text),)
    longest = max(above, key=lambda part: len(part.text))
    return 0 not in (_columns(line, header) or []) and not ends_sentence(longest.text)


def _in_column(line: Line, header: Line, column: int) -> list[Line]:
    """Return the part of a line that stands in `column` as a line of its own."""
    columns = _columns(line, header) or []
    parts = line.parts or (LinePart(line.x0, line.x1, line.text),)
    return [
        replace(line, text=part.text, x0=part.x0, x1=part.x1, parts=())
        for part, at in zip(parts, columns, strict=False)
        if at == column
    ]
