"""Builds small read documents from paragraphs and grids, for tests of the compiler's stages."""

from __future__ import annotations

from collections.abc import Sequence

from shuiheng.kernel import Span
from shuiheng.plans.document import Block, BlockKind, Cell, MergeEvidence, SourceDocument

UP = "^"
"""In a grid: this position belongs to the cell above."""
LEFT = "<"
"""In a grid: this position belongs to the cell on the left."""

Rows = Sequence[Sequence[str]]


class DocumentBuilder:
    """Collects blocks in reading order and gives them one canonical text."""

    def __init__(self, name: str = "plan.txt") -> None:
        self._name = name
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []

    def paragraph(self, text: str, *, page: int | None = None) -> DocumentBuilder:
        """Add a paragraph."""
        return self._add(BlockKind.PARAGRAPH, text, page=page)

    def paragraphs(self, *texts: str) -> DocumentBuilder:
        """Add paragraphs one after the other."""
        for text in texts:
            self.paragraph(text)
        return self

    def heading(self, text: str, *, level: int, page: int | None = None) -> DocumentBuilder:
        """Add a heading with the outline level that a file declares."""
        return self._add(BlockKind.HEADING, text, page=page, level=level)

    def footnote(self, text: str) -> DocumentBuilder:
        """Add a footnote."""
        return self._add(BlockKind.FOOTNOTE, text)

    def table(
        self, rows: Rows, *, blank: MergeEvidence = MergeEvidence.UNKNOWN, page: int | None = None
    ) -> DocumentBuilder:
        """Add a table from rows of equal length.

        `UP` and `LEFT` mark positions that belong to the cell above or on the left; an
        empty string is an empty cell whose merge evidence is `blank`.
        """
        start = self._length
        cells: list[Cell] = []
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                if text not in (UP, LEFT):
                    cells.append(
                        Cell(
                            row=row,
                            column=column,
                            row_span=_run(rows, row, column, down=True),
                            column_span=_run(rows, row, column, down=False),
                            span=self._put(text, "\t"),
                            page=page,
                            merge=blank if not text else MergeEvidence.DECLARED,
                        )
                    )
        self._blocks.append(
            Block(
                kind=BlockKind.TABLE,
                span=Span(start, max(start, self._length - 1)),
                page=page,
                cells=tuple(cells),
                row_count=len(rows),
                column_count=len(rows[0]),
            )
        )
        return self

    def build(self) -> SourceDocument:
        """Return the document."""
        return SourceDocument(
            name=self._name,
            media_type="text/plain",
            text="".join(self._parts),
            blocks=tuple(self._blocks),
            reader="test/1",
        )

    def _add(
        self, kind: BlockKind, text: str, *, page: int | None = None, level: int | None = None
    ) -> DocumentBuilder:
        span = self._put(text, "\n")
        self._blocks.append(Block(kind=kind, span=span, page=page, level=level))
        return self

    def _put(self, text: str, separator: str) -> Span:
        span = Span(self._length, self._length + len(text))
        self._parts += [text, separator]
        self._length += len(text) + len(separator)
        return span


def document_of(*texts: str) -> SourceDocument:
    """Return a document of paragraphs."""
    return DocumentBuilder().paragraphs(*texts).build()


def table_of(rows: Rows, *, blank: MergeEvidence = MergeEvidence.UNKNOWN) -> SourceDocument:
    """Return a document that holds one table."""
    return DocumentBuilder().table(rows, blank=blank).build()


def _run(rows: Rows, row: int, column: int, *, down: bool) -> int:
    """Count how far a cell reaches over `UP` or `LEFT` marks."""
    mark, length = (UP, 1) if down else (LEFT, 1)
    while True:
        at = (row + length, column) if down else (row, column + length)
        if at[0] >= len(rows) or at[1] >= len(rows[0]) or rows[at[0]][at[1]] != mark:
            return length
        length += 1
