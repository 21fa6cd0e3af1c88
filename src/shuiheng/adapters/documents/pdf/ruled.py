"""Tables drawn with ruling lines: where they stand on a page and what is in their cells."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from shuiheng.adapters.documents.pdf.lines import Glyph, Line, lines_of

_THIN = 3.5
_SNAP = 4.0
_SETTINGS = {"snap_tolerance": 3, "join_tolerance": 4, "intersection_tolerance": 4}
_FEWEST_EDGES = 4


@dataclass(slots=True, kw_only=True)
class RuledCell:
    """A cell of a table on one page: grid rows, borders in points, and its lines."""

    row: int
    row_span: int
    x0: float
    x1: float
    bottom: float
    page: int
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class RuledTable:
    """A table on one page."""

    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    borders: list[float]
    cells: list[RuledCell]

    @property
    def row_count(self) -> int:
        """Rows of the table on this page."""
        return len(self.borders) - 1


def ruled_tables(page: Any, *, number: int) -> list[RuledTable]:
    """Return the tables of a page of pdfplumber that are drawn with lines.

    Filled boxes behind lines of text, as scanner programs draw them, are no ruling lines.
    A frame around one column of text is no table.
    """
    if len(page.lines) + len(page.rects) + len(page.curves) < _FEWEST_EDGES:
        return []
    ruled = page.filter(_is_ruling_or_glyph)
    edges = ruled.edges
    if len(edges) < _FEWEST_EDGES:
        return []
    settings: dict[str, Any] = dict(_SETTINGS)
    sides = _open_sides(edges)
    if sides:
        settings["explicit_vertical_lines"] = sides
    ends = _open_ends(edges)
    if ends:
        settings["explicit_horizontal_lines"] = ends
    tables = []
    for found in ruled.find_tables(settings):
        table = table_of_boxes(found.cells, number)
        if table is not None:
            tables.append(table)
    return _outermost(tables)


def _is_ruling_or_glyph(item: dict[str, Any]) -> bool:
    if item["object_type"] == "rect":
        return bool(
            min(item["width"], item["height"]) <= _THIN or (item.get("stroke") and not _is_text_box(item))
        )
    return item["object_type"] in ("char", "line", "curve")


def _is_text_box(item: dict[str, Any]) -> bool:
    """Return whether a stroked box has no ink: no line width, or the colour of the paper."""
    if item.get("linewidth") == 0 and item.get("fill"):
        return True
    colour = item.get("stroking_color")
    return bool(item.get("fill")) and colour is not None and _is_white(colour)


def _is_white(colour: Any) -> bool:
    values = colour if isinstance(colour, (tuple, list)) else (colour,)
    return all(isinstance(part, (int, float)) and part >= 0.99 for part in values) and len(values) in (1, 3)


def _open_sides(edges: Sequence[dict[str, Any]]) -> list[float]:
    """Return where side lines are missing: many level lines begin and end there, but none is upright."""
    upright = [
        edge["x0"] for edge in edges if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > 5
    ]
    if not upright:
        return []
    level = [edge for edge in edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > 12]
    ends = Counter(round(edge[side] / 3) for edge in level for side in ("x0", "x1"))
    missing = []
    for place, count in ends.items():
        x = place * 3.0
        if count >= 3 and not any(abs(x - other) < 6 for other in upright):
            outside = x < min(upright) or x > max(upright)
            if outside:
                missing.append(x)
    return missing


def _open_ends(edges: Sequence[dict[str, Any]]) -> list[float]:
    """Return where level lines are missing: upright lines end there side by side.

    Many programs draw no border where a page break cuts a row.
    """
    level = [edge["top"] for edge in edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > 5]
    ends: dict[int, set[int]] = {}
    for edge in edges:
        if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > 5:
            for side in ("top", "bottom"):
                ends.setdefault(round(edge[side] / 3), set()).add(round(edge["x0"] / 6))
    return [
        place * 3.0
        for place, columns in ends.items()
        if len(columns) >= 3 and not any(abs(place * 3.0 - other) < 6 for other in level)
    ]


def table_of_boxes(boxes: Sequence[tuple[float, float, float, float]], number: int) -> RuledTable | None:
    """Return the table on page `number` whose cells have these borders; None for a single column."""
    columns = clustered([box[0] for box in boxes] + [box[2] for box in boxes])
    rows = clustered([box[1] for box in boxes] + [box[3] for box in boxes])
    if len(columns) < 3 or len(rows) < 2:
        return None
    cells = []
    for x0, top, x1, bottom in boxes:
        row, end = nearest(rows, top), nearest(rows, bottom)
        if end > row and x1 - x0 > 2:
            cells.append(RuledCell(row=row, row_span=end - row, x0=x0, x1=x1, bottom=bottom, page=number))
    return RuledTable(
        page=number,
        x0=columns[0],
        x1=columns[-1],
        top=rows[0],
        bottom=rows[-1],
        borders=rows,
        cells=sorted(cells, key=lambda cell: (cell.row, cell.x0)),
    )


def _outermost(tables: list[RuledTable]) -> list[RuledTable]:
    """Return the tables that do not lie inside another one."""
    return [
        table
        for table in tables
        if not any(
            other is not table
            and other.x0 <= table.x0 + 1
            and other.x1 >= table.x1 - 1
            and other.top <= table.top + 1
            and other.bottom >= table.bottom - 1
            for other in tables
        )
    ]


def fill_cells(table: RuledTable, glyphs: Sequence[Glyph]) -> None:
    """Put the lines of the glyphs that stand inside the table into its cells."""
    by_row: dict[int, list[RuledCell]] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            by_row.setdefault(row, []).append(cell)
    held: dict[int, list[Glyph]] = {}
    homeless: dict[tuple[int, float, float], list[Glyph]] = {}
    for glyph in glyphs:
        x, y = (glyph["x0"] + glyph["x1"]) / 2, (glyph["top"] + glyph["bottom"]) / 2
        row = min(max(bisect_right(table.borders, y) - 1, 0), table.row_count - 1)
        for cell in by_row.get(row, ()):
            if cell.x0 <= x <= cell.x1:
                held.setdefault(id(cell), []).append(glyph)
                break
        else:
            homeless.setdefault((row, *_gap(table, by_row.get(row, ()), x)), []).append(glyph)
    for cell in table.cells:
        cell.lines = lines_of(held.get(id(cell), ()), page=table.page)
    _add_open_cells(table, homeless)


def _gap(table: RuledTable, row: Sequence[RuledCell], x: float) -> tuple[float, float]:
    """Return between which sides of a row's cells `x` stands where no cell was drawn around it."""
    left = max((cell.x1 for cell in row if cell.x1 < x), default=table.x0)
    return left, min((cell.x0 for cell in row if cell.x0 > x), default=table.x1)


def _add_open_cells(table: RuledTable, homeless: dict[tuple[int, float, float], list[Glyph]]) -> None:
    """Add a cell for words in a place whose borders the file draws only in part."""
    for (row, x0, x1), glyphs in homeless.items():
        lines = lines_of(glyphs, page=table.page)
        if lines and x1 - x0 > _SNAP:
            bottom = table.borders[row + 1]
            table.cells.append(
                RuledCell(row=row, row_span=1, x0=x0, x1=x1, bottom=bottom, page=table.page, lines=lines)
            )
    table.cells.sort(key=lambda cell: (cell.row, cell.x0))


def clustered(values: Sequence[float]) -> list[float]:
    """Return the values with those that lie close together as one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _SNAP:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def nearest(places: Sequence[float], value: float) -> int:
    """Return the index of the place nearest to `value`."""
    return min(range(len(places)), key=lambda index: abs(places[index] - value))
