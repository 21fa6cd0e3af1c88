"""Plain text into blocks: paragraphs rebuilt from lines, tables recovered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from shuiheng.adapters.documents.characters import glued
from shuiheng.adapters.documents.drafts import Draft, DraftBlock, DraftCell, note
from shuiheng.adapters.documents.lines import (
    continues,
    ends_sentence,
    is_contents_line,
    is_day_line,
    is_page_number,
    starts_item,
)
from shuiheng.adapters.documents.text.aligned import drawn_table
from shuiheng.adapters.documents.text.alignment import placed_rows
from shuiheng.adapters.documents.text.cell_lines import CellLineTables
from shuiheng.adapters.documents.text.encoding import decoded
from shuiheng.adapters.documents.text.kinds import is_header_row
from shuiheng.adapters.documents.text.tabbed import tabbed_cells, tabbed_rows
from shuiheng.plans.document import BlockKind

READER = "text/1"


def read_plain_text(content: bytes, *, on_page: Callable[[int, int], None] | None = None) -> Draft:
    """Return the blocks of a plain text file.

    Raises:
        DocumentRefusedError: The bytes are not text.
    """
    text = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    draft = draft_of_lines(text.replace("\f", "\n\n").split("\n"))
    if on_page is not None:
        on_page(1, 1)
    return draft


def draft_of_lines(lines: Sequence[str]) -> Draft:
    """Return the blocks of lines of text."""
    blocks: list[DraftBlock] = []
    plain: list[str] = []
    wrap = _wrap_width(lines)
    whole = "\n".join(lines)
    cell_lines = CellLineTables(lines)
    guessed = 0
    index = 0
    while index < len(lines):
        found = _table_at(lines, index, whole, cell_lines)
        if found is None:
            plain.append(lines[index])
            index += 1
            continue
        blocks += _paragraphs(plain, wrap)
        plain = []
        cells, index = found
        blocks.append(DraftBlock(kind=BlockKind.TABLE, cells=cells))
        guessed += 1
    blocks += _paragraphs(plain, wrap)
    findings = (note("documents.table_rebuilt", count=str(guessed)),) if guessed else ()
    return Draft(blocks=blocks, reader=READER, findings=findings)


def _table_at(
    lines: Sequence[str], index: int, whole: str, cell_lines: CellLineTables
) -> tuple[list[DraftCell], int] | None:
    line = lines[index]
    if not line.strip():
        return None
    if line.startswith("\t") and line.count("\t") == 1:
        found = cell_lines.table_at(index)
        return (placed_rows(found[0]), found[1]) if found else None
    if "\t" in line.strip():
        table = tabbed_rows(lines, index)
        return (tabbed_cells(table, elsewhere=whole), table.end) if table else None
    drawn = drawn_table(lines, index)
    if drawn is None:
        return None
    rows, end = drawn
    return placed_rows(rows, header_rows=1 if is_header_row(rows[0]) else 0), end


def _wrap_width(lines: Sequence[str]) -> int:
    """Return the width at which the text was wrapped by a machine, or 0 when it was not.

    Wrapped text has many lines of nearly one length that are followed by another line.
    """
    pairs = [
        len(line) for line, after in pairwise(lines) if line.strip() and after.strip() and "\t" not in line
    ]
    if len(pairs) < 6:
        return 0
    widest = sorted(pairs)[int(len(pairs) * 0.95)]
    near = sum(widest - 4 <= length <= widest + 2 for length in pairs)
    return widest if widest <= 80 and near >= 0.5 * len(pairs) else 0


def _paragraphs(lines: Sequence[str], wrap: int) -> list[DraftBlock]:
    """Return the paragraphs of lines: those that a page or a machine broke are joined."""
    paragraphs: list[str] = []
    gap = True
    last_line = ""
    for line in lines:
        text = line.strip(" \t\u3000\ufeff")
        if not text or is_page_number(text) or is_contents_line(text):
            gap = True
            continue
        indented = line.startswith(("  ", "\u3000", "\t"))
        open_end = bool(paragraphs) and not indented
        if open_end and _joins(paragraphs[-1], last_line, text, gap=gap, wrap=wrap):
            paragraphs[-1] = glued(paragraphs[-1], text)
        else:
            paragraphs.append(text)
        last_line, gap = line, False
    return [DraftBlock(text=paragraph) for paragraph in paragraphs]


def _joins(before: str, last_line: str, text: str, *, gap: bool, wrap: int) -> bool:
    if starts_item(text) or is_day_line(text):
        return False
    if wrap and not gap and len(last_line) >= wrap - 4:
        return not (ends_sentence(before) and len(last_line) < wrap - 1)
    return continues(before, text)
