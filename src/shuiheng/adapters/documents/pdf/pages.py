"""What stands on each page: lines outside of tables, tables, and whether it can be read at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from shuiheng.adapters.documents.lines import is_contents_line, is_page_number
from shuiheng.adapters.documents.pdf.lines import (
    Glyph,
    Line,
    lines_of,
    page_columns,
    readable,
    unmapped_share,
)
from shuiheng.adapters.documents.pdf.ruled import RuledTable, fill_cells, ruled_tables
from shuiheng.adapters.documents.pdf.unruled import unruled_tables

_EDGE_LINES = 2
_SAME_HEIGHT = 6.0
_DIGITS = re.compile(r"[\d一二三四五六七八九十]+")


@dataclass(slots=True, kw_only=True)
class PageContent:
    """What stands on one page.

    Args:
        number: Page, from 1.
        width: Width in points.
        height: Height in points.
        lines: Lines outside of tables, in reading order.
        tables: Tables from top to bottom.
        glyph_count: Characters on the page.
        unmapped: Share of glyphs whose character the file does not tell.
        picture_count: Pictures on the page.
        gutter: Where the page is parted into two columns, or None.
    """

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[RuledTable] = field(default_factory=list)
    glyph_count: int = 0
    unmapped: float = 0.0
    picture_count: int = 0
    gutter: float | None = None


def page_content(page: Any, *, number: int) -> PageContent:
    """Return what stands on a page of pdfplumber."""
    glyphs = readable(page.chars)
    tables = sorted(ruled_tables(page, number=number), key=lambda table: table.top)
    outside = list(glyphs)
    for table in tables:
        inner = [glyph for glyph in outside if _is_in(glyph, table)]
        fill_cells(table, inner)
        outside = [glyph for glyph in outside if not _is_in(glyph, table)]
    tables = [table for table in tables if sum(bool(cell.lines) for cell in table.cells) > 1]
    columns = [outside] if tables else page_columns(outside, float(page.width))
    right = min((glyph["x0"] for glyph in columns[-1]), default=0.0) if len(columns) > 1 else None
    lines = [line for column in columns for line in lines_of(column, page=number)]
    if len(columns) == 1:
        aligned, lines = unruled_tables(lines, page=number)
        tables = sorted([*tables, *aligned], key=lambda table: table.top)
    return PageContent(
        number=number,
        width=float(page.width),
        height=float(page.height),
        lines=lines,
        tables=tables,
        glyph_count=sum(bool(glyph["text"].strip()) for glyph in glyphs),
        unmapped=unmapped_share(page.chars),
        picture_count=len(page.images),
        gutter=right,
    )


def _is_in(glyph: Glyph, table: RuledTable) -> bool:
    x, y = (glyph["x0"] + glyph["x1"]) / 2, (glyph["top"] + glyph["bottom"]) / 2
    return bool(table.x0 <= x <= table.x1 and table.top <= y <= table.bottom)


def without_running_lines(pages: Sequence[PageContent]) -> None:
    """Take page numbers, running heads and entries of a table of contents off the pages.

    A running head stands at the same height of three pages or more with the same words, numbers aside.
    """
    seen: dict[str, list[float]] = {}
    for page in pages:
        for line in _edge_lines(page):
            seen.setdefault(_shape(line), []).append(_height(line, page))
    for page in pages:
        page.lines = [line for line in page.lines if not is_contents_line(line.text)]
        for line in _edge_lines(page):
            height = _height(line, page)
            same = sum(abs(height - other) <= _SAME_HEIGHT for other in seen[_shape(line)])
            repeated = same >= max(3, len(pages) // 4) and len(line.text) <= 60
            if is_page_number(line.text) or (repeated and _is_at_edge(line, page)):
                page.lines.remove(line)


def _edge_lines(page: PageContent) -> list[Line]:
    """Return the topmost and lowest lines that stand above or below everything else on the page."""
    upper = min((table.top for table in page.tables), default=page.height)
    lower = max((table.bottom for table in page.tables), default=0.0)
    ordered = sorted(page.lines, key=lambda line: line.top)
    head = [line for line in ordered[:_EDGE_LINES] if line.bottom <= upper + 2]
    foot = [line for line in ordered[-_EDGE_LINES:] if line.top >= lower - 2 and line not in head]
    return [line for line in head + foot if _is_at_edge(line, page) or is_page_number(line.text)]


def _is_at_edge(line: Line, page: PageContent) -> bool:
    return line.bottom < 0.13 * page.height or line.top > 0.87 * page.height


def _height(line: Line, page: PageContent) -> float:
    """Return how far a line stands from the upper edge of its page, or below 0 from the lower one."""
    return line.top if 2 * line.top < page.height else line.top - page.height


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", re.sub(r"\s+", "", line.text))
