"""A PDF into blocks, in reading order, paragraphs and tables joined over pages."""

from __future__ import annotations

import contextlib
import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from shuiheng.adapters.documents.characters import glued
from shuiheng.adapters.documents.drafts import Draft, DraftBlock, note, rejoined
from shuiheng.adapters.documents.errors import DocumentRefusedError
from shuiheng.adapters.documents.pdf.joining import LongTable, can_follow, follow, long_table, table_drafts
from shuiheng.adapters.documents.pdf.lines import Line
from shuiheng.adapters.documents.pdf.pages import PageContent, page_content, without_running_lines
from shuiheng.adapters.documents.pdf.paragraphs import Measure, goes_on, measure_of, paragraph_blocks
from shuiheng.adapters.documents.pdf.ruled import RuledTable
from shuiheng.kernel import Finding
from shuiheng.plans.document import BlockKind

READER = "pdf/1"
_FEWEST_GLYPHS = 8
_MOST_PAGES = 2000
# What the library lets through when a file breaks its rules.
_BROKEN = (
    *(MalformedPDFException, PDFException, PSException, ValueError, TypeError, KeyError, IndexError),
    *(AttributeError, ArithmeticError, AssertionError, OSError, struct.error, RecursionError, zlib.error),
)
_NOTE_MARK = re.compile(r"\d{1,2}(?![\d个家项%])|[①-⑳*＊]|[\[〔]\d{1,2}[\]〕]|注")
OnPage = Callable[[int, int], None]


def read_pdf(content: bytes, *, on_page: OnPage | None = None) -> Draft:
    """Return the blocks of a PDF with a text layer.

    Raises:
        DocumentRefusedError: It is encrypted, damaged, or has too many pages.
    """
    return draft_of_pages(list(text_pages(content, on_page)))


def draft_of_pages(pages: Sequence[PageContent], *, reader: str = READER) -> Draft:
    """Return the blocks of pages: running lines taken off, paragraphs and tables joined."""
    findings = [finding for page in pages for finding in _doubts(page)]
    without_running_lines(pages)
    flow = _Flow(pages)
    for page in pages:
        flow.add(page)
    return Draft(
        blocks=rejoined(flow.closed()), reader=reader, page_count=len(pages), findings=tuple(findings)
    )


def text_pages(content: bytes, on_page: OnPage | None) -> Iterator[PageContent]:
    """Yield what the text layer of each page holds, one page in memory at a time.

    Raises:
        DocumentRefusedError: The file is encrypted, damaged, or has too many pages.
    """
    # The source is left to the garbage: closing it would walk through broken pages once more.
    with _damage_told():
        sheets = pdfplumber.open(io.BytesIO(content)).pages
    total = len(sheets)
    if total > _MOST_PAGES:
        raise DocumentRefusedError("documents.too_many_pages", count=str(total), limit=str(_MOST_PAGES))
    for number, sheet in enumerate(sheets, 1):
        with _damage_told():
            sheet.objects  # noqa: B018 - reading it is what parses the page
        yield page_content(sheet, number=number)
        sheet.close()
        if on_page is not None:
            on_page(number, total)


@contextlib.contextmanager
def _damage_told() -> Iterator[None]:
    """Turn what the PDF library raises on broken input into a refusal."""
    try:
        yield
    except PdfminerException as error:
        locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in (*error.args, error.__context__))
        raise DocumentRefusedError("documents.encrypted" if locked else "documents.damaged") from None
    except PDFPasswordIncorrect:
        raise DocumentRefusedError("documents.encrypted") from None
    except _BROKEN:
        raise DocumentRefusedError("documents.damaged") from None


def _doubts(page: PageContent) -> Iterator[Finding]:
    """Yield what cannot be read on a page."""
    if page.unmapped > 0.05:
        yield note("documents.unreadable_glyphs", page=page.number, share=f"{page.unmapped:.0%}")
    if page.glyph_count < _FEWEST_GLYPHS and page.picture_count:
        yield note("documents.page_without_text", page=page.number, number=str(page.number))


class _Flow:
    """Blocks so far, with the paragraph and the table that may still go on."""

    def __init__(self, pages: Sequence[PageContent]) -> None:
        self.blocks: list[DraftBlock] = []
        width = max((page.width for page in pages), default=0.0)
        self.whole = measure_of([line for page in pages for line in page.lines], width=width)
        self.lines: list[Line] = []
        self.measure: Measure = self.whole
        self.table: LongTable | None = None
        self.notes: list[DraftBlock] = []

    def add(self, page: PageContent) -> None:
        """Add what stands on the next page."""
        measures = self._measures(page)
        for item in _in_order(page):
            measure = measures[0]
            if isinstance(item, Line) and page.gutter is not None and item.x0 >= page.gutter:
                measure = measures[-1]
            if isinstance(item, RuledTable):
                self._close_paragraph()
                self._add_table(item)
            elif _is_foot_note(item, page, measure) and self._opens_or_continues_note(item):
                self._add_note(item)
            else:
                self._close_table()
                self._add_line(item, measure)

    def _measures(self, page: PageContent) -> list[Measure]:
        """Return how the page is set, or each of its two columns."""
        if page.gutter is None:
            return [measure_of(page.lines, self.whole, width=page.width)]
        sides = [
            [line for line in page.lines if (line.x0 >= page.gutter) is right] for right in (False, True)
        ]
        return [measure_of(side, self.whole) for side in sides]

    def _add_line(self, line: Line, measure: Measure) -> None:
        if self.lines and not goes_on(self.lines[-1], line, above=self.measure, below=measure):
            self._close_paragraph()
        self.lines.append(line)
        self.measure = measure

    def _opens_or_continues_note(self, line: Line) -> bool:
        """Return whether a small line begins with the mark of a note, or a note stands above it."""
        is_below_note = bool(self.notes) and self.notes[-1].page == line.page
        return is_below_note or _NOTE_MARK.match(line.text) is not None

    def _add_note(self, line: Line) -> None:
        """Add a line of a footnote; one that begins with no mark goes on with the note above it."""
        if self.notes and self.notes[-1].page == line.page and not _NOTE_MARK.match(line.text):
            self.notes[-1].text = glued(self.notes[-1].text, line.text)
            return
        self.notes.append(DraftBlock(kind=BlockKind.FOOTNOTE, text=line.text, page=line.page))

    def _add_table(self, table: RuledTable) -> None:
        if self.table is not None and can_follow(self.table, table):
            follow(self.table, table)
            return
        self._close_table()
        self.table = long_table(table)

    def _close_paragraph(self) -> None:
        if self.lines:
            self.blocks += paragraph_blocks(self.lines, self.measure)
        self.lines = []
        self.blocks += self.notes
        self.notes = []

    def _close_table(self) -> None:
        if self.table is not None:
            cells = table_drafts(self.table)
            self.blocks.append(DraftBlock(kind=BlockKind.TABLE, cells=cells, page=self.table.page))
        self.table = None

    def closed(self) -> list[DraftBlock]:
        """Return all blocks when the last page is done."""
        self._close_paragraph()
        self._close_table()
        return self.blocks


def _in_order(page: PageContent) -> Iterator[Line | RuledTable]:
    """Yield lines and tables of a page from top to bottom."""
    tables = list(page.tables)
    for line in page.lines:
        while tables and tables[0].top < line.top:
            yield tables.pop(0)
        yield line
    yield from tables


def _is_foot_note(line: Line, page: PageContent, measure: Measure) -> bool:
    """Return whether a line is set smaller than the body and stands low on its page."""
    return line.size < 0.8 * measure.size and line.top > 0.7 * page.height and not page.tables
