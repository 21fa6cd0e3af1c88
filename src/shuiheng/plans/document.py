"""A document after reading: one canonical text and the blocks that point into it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

from shuiheng.kernel import Finding, Span


class BlockKind(StrEnum):
    """What a block of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    FOOTNOTE = "footnote"
    TEXT_BOX = "text_box"


class MergeEvidence(StrEnum):
    """How it is known that an empty grid position belongs to a cell above or left of it.

    DECLARED: the file says so (vMerge, rowspan, a ruling line that is absent).
    UNKNOWN: the format lost it (flattened text); the position is an empty cell of its own.
    """

    DECLARED = "declared"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table, once, at its top left position.

    A cell that a page break cut in two is one cell: its text is joined and contiguous
    in the canonical text. A merged cell is one cell with spans above 1. Every grid
    position is covered by exactly one cell; an empty one has `span.start == span.end`.

    Args:
        row: Grid row, from 0; rows of repeated page headers are left out.
        column: Grid column, from 0.
        row_span: Rows covered, at least 1.
        column_span: Columns covered, at least 1.
        span: Range of its words in the canonical text.
        page: Page where it starts, from 1, or None.
        is_header: Whether the cell stands in a header row.
        merge: For an empty cell, whether being empty is certain.
        confidence: Lowest recognition confidence of its words, 1.0 for a text layer.
    """

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    span: Span
    page: int | None = None
    is_header: bool = False
    merge: MergeEvidence = MergeEvidence.DECLARED
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, paragraph, list item or table, in reading order.

    Args:
        kind: What it is.
        span: Its range in the canonical text (for a table: the hull of its cells).
        page: Page where it starts, from 1, or None.
        level: Outline level of a heading as the file declares it, from 1, or None.
        cells: Cells of a table in reading order, else empty.
        row_count: Rows of a table, else 0.
        column_count: Columns of a table, else 0.
        confidence: Lowest recognition confidence of its words, 1.0 for a text layer.
    """

    kind: BlockKind
    span: Span
    page: int | None = None
    level: int | None = None
    cells: tuple[Cell, ...] = ()
    row_count: int = 0
    column_count: int = 0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """What a reader made of a file.

    The canonical text holds everything that a person would read, in reading order, with
    automatic numbering written out (`（一）`), without running heads, page numbers and
    repeated table headers. A paragraph or cell broken over lines or pages is contiguous.
    Blocks are separated by a line feed, cells by a tab; inside a block a line feed marks
    a break that the author made.

    Args:
        name: File name for display, without folders.
        media_type: Media type that was recognised from the content.
        text: The canonical text.
        blocks: Blocks in reading order.
        page_count: Pages, or None when the format has none.
        reader: Reader and version that made it, for example `docx/1`.
        findings: What the reader could not read or had to guess.
        page_starts: Pairs of an offset and a page, offsets rising: from this offset on the
            words stand on that page. A cell that runs over a page break is one cell, so
            pages may fall again at the next cell. Empty where the reader knows no more
            than the page of each block.
    """

    name: str
    media_type: str
    text: str
    blocks: tuple[Block, ...]
    page_count: int | None = None
    reader: str = ""
    findings: tuple[Finding, ...] = field(default=())
    page_starts: tuple[tuple[int, int], ...] = ()

    def words(self, span: Span) -> str:
        """Return the words at `span`, exactly as they stand in the canonical text."""
        return self.text[span.start : span.end]

    def page_at(self, offset: int) -> int | None:
        """Return the page on which the character at `offset` stands, or None where no page is known."""
        if not 0 <= offset < len(self.text):
            return None
        at = bisect_right(self.page_starts, offset, key=lambda start: start[0])
        if at:
            return self.page_starts[at - 1][1]
        place = bisect_right(self.blocks, offset, key=lambda block: block.span.start)
        if not place:
            return None
        block = self.blocks[place - 1]
        cells = [cell.page for cell in block.cells if cell.span.start <= offset < cell.span.end]
        return cells[0] if cells and cells[0] is not None else block.page
