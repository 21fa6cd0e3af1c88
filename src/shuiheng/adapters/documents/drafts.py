"""What readers produce before offsets are known, and how it becomes a document."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from shuiheng.adapters.documents.characters import clean, glued
from shuiheng.adapters.documents.lines import continues, is_contents_line
from shuiheng.kernel import Finding, Severity, Span
from shuiheng.plans.document import Block, BlockKind, Cell, MergeEvidence, SourceDocument

Place = tuple[int, int]
PageStarts = tuple[tuple[int, int], ...]


@dataclass(slots=True, kw_only=True)
class DraftCell:
    """A cell with its words; the rest as in `Cell`.

    `page_starts` tells at which offset of the words a further page begins.
    """

    row: int
    column: int
    text: str = ""
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    is_header: bool = False
    merge: MergeEvidence = MergeEvidence.DECLARED
    confidence: float = 1.0
    page_starts: PageStarts = ()


@dataclass(slots=True, kw_only=True)
class DraftBlock:
    """A block with its words or its cells; the rest as in `Block`, `page_starts` as in `DraftCell`."""

    kind: BlockKind = BlockKind.PARAGRAPH
    text: str = ""
    page: int | None = None
    level: int | None = None
    cells: list[DraftCell] = field(default_factory=list)
    confidence: float = 1.0
    page_starts: PageStarts = ()

    @property
    def row_count(self) -> int:
        """Rows that the cells cover."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def column_count(self) -> int:
        """Columns that the cells cover."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that a reader made of a file."""

    blocks: Sequence[DraftBlock]
    reader: str
    page_count: int | None = None
    findings: tuple[Finding, ...] = ()


def note(
    code: str,
    *,
    page: int | None = None,
    evidence: str = "",
    severity: Severity = Severity.WARN,
    **values: str,
) -> Finding:
    """Return a finding of a reader about the whole document or one page."""
    return Finding(
        code=code,
        severity=severity,
        subject="document",
        page=page,
        evidence=evidence,
        values=tuple(values.items()),
    )


def rejoined(blocks: Iterable[DraftBlock]) -> list[DraftBlock]:
    """Return the blocks with paragraphs joined that a page break of an earlier format cut in two.

    Entries of a table of contents are left out: they repeat the headings.
    """
    kept: list[DraftBlock] = []
    plain = BlockKind.PARAGRAPH
    for block in blocks:
        if not block.cells and is_contents_line(block.text):
            continue
        last = kept[-1] if kept else None
        if last is not None and last.kind is block.kind is plain and continues(last.text, block.text):
            _append(last, block)
            continue
        kept.append(block)
    return kept


def _append(upper: DraftBlock, lower: DraftBlock) -> None:
    """Add the words of a paragraph to those of the one that it goes on with, and their pages."""
    upper.text = glued(upper.text, lower.text)
    if lower.page is not None:
        start = len(upper.text) - len(lower.text)
        starts = ((0, lower.page), *lower.page_starts)
        upper.page_starts += tuple((start + offset, page) for offset, page in starts)


def whole_grid(cells: Iterable[DraftCell], *, merge: MergeEvidence) -> list[DraftCell]:
    """Return the cells so that each grid position is covered exactly once.

    Spans that run into another cell are cut back; a hole becomes an empty cell with `merge`.
    """
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    rows = max((cell.row + cell.row_span for cell in ordered), default=0)
    columns = max((cell.column + cell.column_span for cell in ordered), default=0)
    starts = {(cell.row, cell.column) for cell in ordered}
    taken: set[Place] = set()
    kept = []
    for cell in ordered:
        if (cell.row, cell.column) in taken:
            continue
        _fit(cell, taken=taken, starts=starts)
        taken |= _positions(cell)
        kept.append(cell)
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in taken:
                kept.append(DraftCell(row=row, column=column, merge=merge))
    return sorted(kept, key=lambda cell: (cell.row, cell.column))


def _positions(cell: DraftCell) -> set[Place]:
    return {
        (row, column)
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }


def _fit(cell: DraftCell, *, taken: Container[Place], starts: Container[Place]) -> None:
    """Shrink the spans of `cell` until it covers no taken position and no start of another cell."""
    columns = range(cell.column, cell.column + cell.column_span)
    for column in columns[1:]:
        if (cell.row, column) in taken or (cell.row, column) in starts:
            cell.column_span = column - cell.column
            break
    columns = range(cell.column, cell.column + cell.column_span)
    for row in range(cell.row + 1, cell.row + cell.row_span):
        if any((row, column) in taken or (row, column) in starts for column in columns):
            cell.row_span = row - cell.row
            break


def document_of(draft: Draft, *, name: str, media_type: str) -> SourceDocument:
    """Return the document: one canonical text, and blocks that point into it."""
    parts: list[str] = []
    blocks: list[Block] = []
    pages: list[tuple[int, int]] = []
    offset = 0
    for block in draft.blocks:
        if block.cells:
            text, placed = _table(block, offset, pages)
        else:
            text = clean(block.text)
            if not text:
                continue
            _note_pages(pages, block, offset)
            placed = Block(
                kind=block.kind,
                span=Span(offset, offset + len(text)),
                page=block.page,
                level=block.level,
                confidence=block.confidence,
            )
        blocks.append(placed)
        parts.append(text)
        offset += len(text) + 1
    return SourceDocument(
        name=name,
        media_type=media_type,
        text="\n".join(parts),
        blocks=tuple(blocks),
        page_count=draft.page_count,
        reader=draft.reader,
        findings=draft.findings,
        page_starts=tuple(pages),
    )


def _note_pages(pages: list[tuple[int, int]], piece: DraftBlock | DraftCell, start: int) -> None:
    """Note on which page the words of `piece`, which begin at `start`, stand, where that changes."""
    if piece.page is None or not piece.text:
        return
    for offset, page in ((0, piece.page), *piece.page_starts):
        at = start + len(clean(piece.text[:offset]))
        if pages and pages[-1][0] >= at:
            at = pages.pop()[0]
        if not pages or pages[-1][1] != page:
            pages.append((at, page))


def _table(block: DraftBlock, start: int, pages: list[tuple[int, int]]) -> tuple[str, Block]:
    parts: list[str] = []
    cells: list[Cell] = []
    offset = start
    for draft in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
        text = clean(draft.text)
        _note_pages(pages, draft, offset)
        cells.append(
            Cell(
                row=draft.row,
                column=draft.column,
                row_span=draft.row_span,
                column_span=draft.column_span,
                span=Span(offset, offset + len(text)),
                page=draft.page,
                is_header=draft.is_header,
                merge=draft.merge,
                confidence=draft.confidence,
            )
        )
        parts.append(text)
        offset += len(text) + 1
    text = "\t".join(parts)
    return text, Block(
        kind=BlockKind.TABLE,
        span=Span(start, start + len(text)),
        page=block.page if block.page is not None else cells[0].page,
        cells=tuple(cells),
        row_count=block.row_count,
        column_count=block.column_count,
        confidence=min(cell.confidence for cell in cells),
    )
