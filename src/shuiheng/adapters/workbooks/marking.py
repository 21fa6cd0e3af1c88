"""Marks in the sender's own workbook, made inside the child."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.workbooks import layout
from shuiheng.adapters.workbooks.answers import (
    AUTHOR,
    FILLS,
    SUMMARY_HEADINGS,
    SUMMARY_WIDTHS,
    SummaryLine,
)
from shuiheng.adapters.workbooks.fresh_copy import cell_name, summary_words
from shuiheng.adapters.workbooks.inserting import insert_first_column

# What openpyxl raises on parts that other programs accept; the XML parser's error is a SyntaxError.
_CANNOT_WRITE = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    zipfile.BadZipFile,
)
_KEPT = "\n——原批注——\n"
_OWN_FILLS = frozenset(FILLS.values())
_RESULT_WIDTH = 36
_LINE, _WRAPS_AT = 15, 25  # points of a line; Chinese characters that a column of the summary takes
_NOTE_SIZE = {"width": 320, "height": 110}


def marked(content: bytes, answers: Mapping[str, Any]) -> bytes:
    """Return the workbook with these answers (`Answers` as JSON values) written into it.

    Raises:
        ContainerRefusedError: `damaged`: the library cannot write into this workbook.
    """
    try:
        book = load_workbook(io.BytesIO(content))
        _write_answers(book, book[answers["sheet"]], answers)
        out = io.BytesIO()
        book.save(out)
    except _CANNOT_WRITE as error:
        raise ContainerRefusedError("damaged") from error
    return out.getvalue()


def _write_answers(book: Any, page: Any, answers: Mapping[str, Any]) -> None:
    _clear(page)
    shift = 0
    if answers["result_position"] is None:
        insert_first_column(book, page)
        shift = 1
    _write_results(page, answers, column=(answers["result_position"] or 0) + 1)
    for cell in answers["cells"]:
        _mark(page.cell(cell["row"], cell["position"] + 1 + shift), cell["level"], cell["words"])
    _write_summary(book, page, answers, shift=shift)
    book.active = book.index(page)


def _clear(page: Any) -> None:
    """Take the marks of an earlier check away, so that a second one does not pile up."""
    for row in page.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == AUTHOR:
                _, _, kept = cell.comment.text.partition(_KEPT)
                cell.comment = Comment(kept, "") if kept else None
                if _fill_of(cell) in _OWN_FILLS:
                    cell.fill = PatternFill()


def _fill_of(cell: Any) -> str:
    colour = cell.fill.start_color
    rgb = colour.rgb if cell.fill.fill_type == "solid" and colour is not None else None
    return rgb[-6:] if isinstance(rgb, str) else ""


def _write_results(page: Any, answers: Mapping[str, Any], *, column: int) -> None:
    head = page.cell(answers["header_row"], column)
    _write_text(head, layout.RESULT)
    width = page.column_dimensions[head.column_letter]
    width.width = max(width.width or 0, _RESULT_WIDTH)
    for row in range(answers["header_row"] + 1, page.max_row + 1):
        cell = page.cell(row, column)
        if cell.value is not None:
            cell.value = None
        if _fill_of(cell) in _OWN_FILLS:
            cell.fill = PatternFill()
    for answer in answers["rows"]:
        cell = page.cell(answer["row"], column)
        _write_text(cell, answer["words"])
        if answer["level"] in FILLS:
            cell.fill = PatternFill("solid", start_color=FILLS[answer["level"]])


def _mark(cell: Any, level: str, words: str) -> None:
    cell.fill = PatternFill("solid", start_color=FILLS[level])
    old = cell.comment.text if cell.comment is not None else ""
    cell.comment = Comment(words + (f"{_KEPT}{old}" if old else ""), AUTHOR, **_NOTE_SIZE)


def _write_text(cell: Any, text: str) -> None:
    """Write a text as a text, whatever it begins with."""
    cell.value = text
    cell.data_type = "s"


def _write_summary(book: Any, page: Any, answers: Mapping[str, Any], *, shift: int) -> None:
    name = answers["summary_sheet"]
    if name in book.sheetnames:
        del book[name]
    summary = book.create_sheet(name, book.index(page) + 1)
    for column, (heading, width) in enumerate(zip(SUMMARY_HEADINGS, SUMMARY_WIDTHS, strict=True), start=1):
        _write_text(summary.cell(1, column), heading)
        summary.cell(1, column).font = Font(bold=True)
        summary.column_dimensions[summary.cell(1, column).column_letter].width = width
    target = page.title.replace("'", "''")
    for row, told in enumerate(answers["summary"], start=2):
        line = SummaryLine(**told)
        for column, text in enumerate(summary_words(line, shift=shift), start=1):
            if text:
                _write_text(summary.cell(row, column), text)
                summary.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
        summary.row_dimensions[row].height = _LINE * max(
            1, -(-max(len(line.says), len(line.remedy)) // _WRAPS_AT)
        )
        place = cell_name(line, shift=shift)
        if place:
            link = summary.cell(row, 4)
            link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{target}'!{place}")
            link.font = Font(color="0563C1", underline="single")
    summary.freeze_panes = "A2"
    summary.auto_filter.ref = summary.dimensions
    summary.page_setup.orientation, summary.page_setup.paperSize = "landscape", 9
    summary.page_setup.fitToHeight = 0
    summary.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    summary.print_title_rows = "1:1"
