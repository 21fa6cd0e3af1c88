"""A saved web page into blocks."""

from __future__ import annotations

import re
from collections.abc import Callable

from shuiheng.adapters.documents.characters import raised
from shuiheng.adapters.documents.drafts import Draft, DraftBlock, DraftCell, rejoined, whole_grid
from shuiheng.adapters.documents.headers import mark_header
from shuiheng.adapters.documents.html.article import (
    Element,
    article,
    is_furniture_line,
    is_layout,
    is_shown,
    page_title,
    parsed_page,
)
from shuiheng.plans.document import BlockKind, MergeEvidence

READER = "html/1"
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = {
    *("p", "div", "section", "article", "main", "body", "html", "ul", "ol", "li", "dl", "dt", "dd"),
    *("blockquote", "center", "pre", "figure", "figcaption", "td", "th", "tr", "tbody", "thead", "tfoot"),
    *("table", "hr", "address", "fieldset", "details", "summary"),
    *_HEADINGS,
}
_WIDEST = 200
_TALLEST = 5000


def read_html(content: bytes, *, on_page: Callable[[int, int], None] | None = None) -> Draft:
    """Return the blocks of the article of a saved web page.

    Raises:
        DocumentRefusedError: The page is empty or damaged.
    """
    root = parsed_page(content)
    reading = _Reading()
    reading.walk(article(root))
    reading.close()
    blocks = [block for block in reading.blocks if block.cells or not is_furniture_line(block.text)]
    title = page_title(root)
    plain = re.sub(r"\s+", "", "".join(block.text for block in blocks[:6]))
    if title and re.sub(r"\s+", "", title) not in plain:
        blocks.insert(0, DraftBlock(kind=BlockKind.HEADING, text=title, level=1))
    if on_page is not None:
        on_page(1, 1)
    return Draft(blocks=rejoined(blocks), reader=READER)


class _Reading:
    """One walk through an article."""

    def __init__(self) -> None:
        self.blocks: list[DraftBlock] = []
        self.text = ""
        self.kind = BlockKind.PARAGRAPH
        self.level: int | None = None

    def walk(self, element: Element) -> None:
        """Add what an element holds."""
        tag = str(element.tag)
        if tag == "table" and not is_layout(element):
            self.close()
            cells = grid_of(element)
            if cells:
                self.blocks.append(DraftBlock(kind=BlockKind.TABLE, cells=cells))
            return
        before = (self.kind, self.level)
        if tag in _BLOCKS:
            self.close()
            if tag in _HEADINGS:
                self.kind, self.level = BlockKind.HEADING, _HEADINGS[tag]
            elif tag == "li":
                self.kind, self.text = BlockKind.LIST_ITEM, _mark(element)
        self.say(element.text)
        for child in element:
            self._child(child)
            self.say(child.tail)
        if tag in _BLOCKS:
            self.close()
            self.kind, self.level = before

    def _child(self, child: Element) -> None:
        if child.tag == "br":
            self.close()
        elif child.tag == "sup":
            self.text += raised(self.text, "".join(str(part) for part in child.itertext()).strip())
        elif is_shown(child):
            self.walk(child)

    def say(self, text: str | None) -> None:
        """Add words; white space in the source is one space at most."""
        if text:
            self.text += re.sub(r"[ \t\r\n]+", " ", text)

    def close(self) -> None:
        """End the paragraph."""
        text = self.text.strip(" \u3000\xa0")
        self.text = ""
        if not text:
            return
        self.blocks.append(DraftBlock(kind=self.kind, text=text, level=self.level))


def _mark(item: Element) -> str:
    """Return the number that a browser prints before an item of a numbered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    start = parent.get("start", "1")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1
    return f"{first + sum(1 for other in item.itersiblings('li', preceding=True))}."


def grid_of(table: Element) -> list[DraftCell]:
    """Return the cells of a table with their row and column spans."""
    cells: list[DraftCell] = []
    taken: set[tuple[int, int]] = set()
    rows = [row for row in table.iter("tr") if _owner(row) is table][:_TALLEST]
    for row_index, row in enumerate(rows):
        column = 0
        for item in row:
            while (row_index, column) in taken:
                column += 1
            if item.tag not in ("td", "th") or column >= _WIDEST:
                continue
            width = _span(item.get("colspan"), _WIDEST - column)
            height = _span(item.get("rowspan"), len(rows) - row_index, open_end=True)
            cells.append(
                DraftCell(
                    row=row_index,
                    column=column,
                    row_span=height,
                    column_span=width,
                    text=_cell_text(item),
                    is_header=item.tag == "th" and row_index == 0,
                )
            )
            taken |= {
                (r, c) for r in range(row_index, row_index + height) for c in range(column, column + width)
            }
            column += width
    grid = whole_grid(cells, merge=MergeEvidence.DECLARED)
    mark_header(grid)
    return grid


def _owner(row: Element) -> Element | None:
    """Return the table that a row belongs to."""
    return next(row.iterancestors("table"), None)


def _span(text: str | None, most: int, *, open_end: bool = False) -> int:
    """Return a span attribute as a number; 0 means up to the end."""
    if text is None or not text.strip().isdigit() or len(text.strip()) > 5:
        return 1
    number = int(text)
    if number == 0:
        return most if open_end else 1
    return max(min(number, most), 1)


def _cell_text(cell: Element) -> str:
    reading = _Reading()
    for inner in [cell]:
        reading.say(inner.text)
        for child in inner:
            if child.tag == "table":
                reading.close()
                rows: dict[int, list[str]] = {}
                for part in grid_of(child):
                    rows.setdefault(part.row, []).append(part.text.replace("\n", ""))
                reading.blocks += [DraftBlock(text=" ".join(words)) for words in rows.values()]
            else:
                reading._child(child)
            reading.say(child.tail)
    reading.close()
    return "\n".join(block.text for block in reading.blocks if block.text)
