"""A Word document into blocks, in reading order."""

from __future__ import annotations

from collections.abc import Callable

from shuiheng.adapters.documents.docx.numbering import Numbering, numbering_of
from shuiheng.adapters.documents.docx.package import Element, W, inside, local, number, value, word_parts
from shuiheng.adapters.documents.docx.styles import ParagraphStyle, paragraph_styles
from shuiheng.adapters.documents.docx.tables import appended, table_cells
from shuiheng.adapters.documents.docx.words import ParagraphWords, paragraph_words
from shuiheng.adapters.documents.drafts import Draft, DraftBlock, note, rejoined
from shuiheng.kernel import Severity
from shuiheng.plans.document import BlockKind

READER = "docx/1"
_DEEPEST = 12
_NO_STYLE = ParagraphStyle()


def read_docx(content: bytes, *, on_page: Callable[[int, int], None] | None = None) -> Draft:
    """Return the blocks of a .docx.

    Headers and footers of pages and comments are no part of the text. Text boxes and
    footnotes follow the paragraph that they hang on.

    Raises:
        DocumentRefusedError: The package is damaged.
    """
    parts = word_parts(content)
    reading = _Reading(
        styles=paragraph_styles(parts.styles),
        numbering=numbering_of(parts.numbering),
        notes={"footnote": _notes(parts.footnotes), "endnote": _notes(parts.endnotes)},
    )
    body = parts.document.find(f"{W}body")
    if body is not None:
        reading.read(body)
    findings = []
    if reading.pictures and not any(block.text.strip() or block.cells for block in reading.blocks):
        findings.append(note("documents.only_pictures", count=str(reading.pictures)))
    if parts.workbooks:
        findings.append(note("documents.chart_not_read", severity=Severity.NOTE, count=str(parts.workbooks)))
    if on_page is not None:
        on_page(1, 1)
    return Draft(blocks=rejoined(reading.blocks), reader=READER, findings=tuple(findings))


def _notes(root: Element | None) -> dict[str, Element]:
    if root is None:
        return {}
    return {
        item.get(f"{W}id", ""): item
        for item in root
        if local(item) in ("footnote", "endnote") and item.get(f"{W}type", "normal") == "normal"
    }


class _Reading:
    """One walk through a document: the blocks so far, and how far the lists have counted."""

    def __init__(
        self,
        *,
        styles: dict[str, ParagraphStyle],
        numbering: Numbering,
        notes: dict[str, dict[str, Element]],
    ) -> None:
        self.styles = styles
        self.numbering = numbering
        self.notes = notes
        self.blocks: list[DraftBlock] = []
        self.pictures = 0

    def read(self, container: Element, kind: BlockKind | None = None, depth: int = 0) -> None:
        """Add the blocks of a body, text box or note."""
        if depth > _DEEPEST:
            return
        for child in inside(container):
            if local(child) == "p":
                self._paragraph(child, kind, depth)
            elif local(child) == "tbl":
                self._table(child, depth)

    def _paragraph(self, paragraph: Element, kind: BlockKind | None, depth: int) -> None:
        words = paragraph_words(paragraph)
        level, label, is_title = self._shape(paragraph, words)
        if words.text.strip():
            own = BlockKind.PARAGRAPH
            if level is not None or is_title:
                own = BlockKind.HEADING
            elif label:
                own = BlockKind.LIST_ITEM
            self.blocks.append(
                DraftBlock(kind=kind or own, text=label + words.text.lstrip(), level=None if kind else level)
            )
        self._hanging(words, depth)

    def _hanging(self, words: ParagraphWords, depth: int) -> None:
        """Add what hangs on a paragraph: its text boxes and its notes."""
        self.pictures += words.pictures
        for box in words.boxes:
            self.read(box, BlockKind.TEXT_BOX, depth + 1)
        for note_kind, note_id in words.notes:
            item = self.notes[note_kind].get(note_id)
            if item is not None:
                self.read(item, BlockKind.FOOTNOTE, depth + 1)

    def _shape(self, paragraph: Element, words: ParagraphWords) -> tuple[int | None, str, bool]:
        """Return a paragraph's outline level, the number printed before it, and whether it is a title."""
        shape = paragraph.find(f"{W}pPr")
        style = self.styles.get(value(shape, "w:pStyle") or "", _NO_STYLE)
        own = value(shape, "w:outlineLvl")
        level = number(own) + 1 if own is not None else style.outline
        list_id = value(shape, "w:numPr/w:numId")
        depth = value(shape, "w:numPr/w:ilvl")
        if list_id is None:
            list_id = style.list_id
        at = number(depth) if depth is not None else style.depth
        label = ""
        if list_id is not None and list_id != "0" and words.text.strip():
            label = self.numbering.label(list_id, at) or ""
        return (level if level is not None and level <= 9 else None), label, style.is_title

    def _table(self, table: Element, depth: int) -> None:
        hanging: list[ParagraphWords] = []
        cells = table_cells(table, lambda cell: self._cell_text(cell, hanging, depth))
        if cells:
            last = self.blocks[-1] if self.blocks else None
            joined = appended(last.cells, cells) if last is not None and last.cells else None
            if joined is None:
                self.blocks.append(DraftBlock(kind=BlockKind.TABLE, cells=cells))
        for words in hanging:
            self._hanging(words, depth)

    def _cell_text(self, cell: Element, hanging: list[ParagraphWords], depth: int) -> str:
        """Return the words of a cell, one line for each paragraph; inner tables row by row."""
        lines: list[str] = []
        for child in inside(cell):
            if local(child) == "p":
                words = paragraph_words(child)
                _, label, _ = self._shape_in_cell(child, words)
                lines.append(label + words.text)
                if words.boxes or words.notes or words.pictures:
                    hanging.append(words)
            elif local(child) == "tbl" and depth < _DEEPEST:
                inner = table_cells(child, lambda item: self._cell_text(item, hanging, depth + 1))
                rows = sorted({item.row for item in inner})
                lines += [" ".join(i.text.replace("\n", "") for i in inner if i.row == row) for row in rows]
        return "\n".join(line for line in lines if line.strip())

    def _shape_in_cell(self, paragraph: Element, words: ParagraphWords) -> tuple[int | None, str, bool]:
        """Return the shape of a paragraph of a cell; an empty numbered one shows its number there."""
        if not words.text.strip() and paragraph.find(f"{W}pPr/{W}numPr") is not None:
            shown = ParagraphWords(text="x")
            level, label, is_title = self._shape(paragraph, shown)
            return level, label.rstrip(), is_title
        return self._shape(paragraph, words)
