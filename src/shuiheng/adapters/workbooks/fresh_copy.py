"""A returned table written anew, where the sender's own file cannot be written into."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import xlsxwriter

from shuiheng.adapters.containers.cell_writing import CELL_LIMIT
from shuiheng.adapters.containers.stamp import write_stamp_sheet
from shuiheng.adapters.workbooks import layout
from shuiheng.adapters.workbooks.answers import (
    AUTHOR,
    FILLS,
    SUMMARY_HEADINGS,
    SUMMARY_WIDTHS,
    Answers,
    SummaryLine,
)
from shuiheng.adapters.workbooks.checked import LEVEL_WORDS, CheckedTable
from shuiheng.adapters.workbooks.printing import printed_cell
from shuiheng.adapters.workbooks.table import Cell, RawSheet
from shuiheng.adapters.workbooks.writing import OPTIONS
from shuiheng.kernel import Severity

_COMMENT = {"author": AUTHOR, "x_scale": 2, "y_scale": 1.2}


def fresh_copy(checked: CheckedTable, sheet: RawSheet, answers: Answers) -> bytes:
    """Return an `.xlsx` with the same rows and columns as the sheet, and what is wrong with them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    page = book.add_worksheet(layout.sheet_name(sheet.name))
    looks = _Looks(book)
    shift = 0 if answers.result_position is not None else 1
    results = answers.result_position or 0
    levels = {(cell.row - 1, cell.position): cell.level for cell in answers.cells}
    for number, row in enumerate(sheet.rows):
        for at, cell in enumerate(row):
            if answers.result_position is None or at != results:
                _write_cell(page, (number, at + shift), cell, looks, levels.get((number, at), ""))
    page.write_string(answers.header_row - 1, results, layout.RESULT, looks.bold)
    for answer in answers.rows:
        page.write_string(answer.row - 1, results, answer.words, looks.text[answer.level])
    for note in answers.cells:
        place = (note.row - 1, note.position + shift)
        if note.row > len(sheet.rows) or note.position >= len(sheet.rows[note.row - 1]):
            page.write_blank(*place, None, looks.text[note.level])
        page.write_comment(*place, note.words, _COMMENT)
    page.set_column(0, max(map(len, sheet.rows), default=1), 16)
    page.set_column(results, results, 36)
    page.freeze_panes(answers.header_row, 0)
    _write_summary(book, looks, answers, sheet=layout.sheet_name(sheet.name), shift=shift)
    _finish(book, checked)
    return out.getvalue()


def error_list(checked: CheckedTable, answers: Answers) -> bytes:
    """Return an `.xlsx` that lists what is wrong by row and column, without the table itself."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    _write_summary(book, _Looks(book), answers, sheet="", shift=0)
    _finish(book, checked)
    return out.getvalue()


class _Looks:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        plain = {"font_name": layout.FONT, "valign": "top"}
        levels = {"": {}, **{level: {"bg_color": f"#{fill}"} for level, fill in FILLS.items()}}
        levels[Severity.NOTE.value] = {}
        self.bold = book.add_format({**plain, "bold": True, "bg_color": "#E3EFF4"})
        self.wrap = book.add_format({**plain, "text_wrap": True})
        self.text = {
            level: book.add_format({**plain, **fill, "num_format": "@"}) for level, fill in levels.items()
        }
        self.number = {level: book.add_format({**plain, **fill}) for level, fill in levels.items()}
        self.day = {
            level: book.add_format({**plain, **fill, "num_format": "yyyy-mm-dd"})
            for level, fill in levels.items()
        }


def _write_cell(page: Any, place: tuple[int, int], cell: Cell, looks: _Looks, level: str) -> None:
    """Write a cell as it was read."""
    if cell is None:
        page.write_blank(*place, None, looks.number[level])
    elif isinstance(cell, bool):
        page.write_boolean(*place, cell, looks.number[level])
    elif isinstance(cell, float):
        page.write_number(*place, cell, looks.number[level])
    elif isinstance(cell, date) and cell.year > 1900:
        moment = cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001  a civil day
        page.write_datetime(*place, moment, looks.day[level])
    else:
        words = cell if isinstance(cell, str) else printed_cell(cell)
        page.write_string(*place, words[:CELL_LIMIT], looks.text[level])


def _write_summary(book: Any, looks: _Looks, answers: Answers, *, sheet: str, shift: int) -> None:
    page = book.add_worksheet(layout.SUMMARY_SHEET)
    for column, (heading, width) in enumerate(zip(SUMMARY_HEADINGS, SUMMARY_WIDTHS, strict=True)):
        page.set_column(column, column, width, looks.wrap)
        page.write_string(0, column, heading, looks.bold)
    for row, line in enumerate(answers.summary, start=1):
        for column, text in enumerate(summary_words(line, shift=shift)):
            page.write_string(row, column, text, looks.wrap)
        place = cell_name(line, shift=shift)
        if place and sheet:
            target = sheet.replace("'", "''")
            page.write_url(row, 3, f"internal:'{target}'!{place}", looks.wrap, place)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    if answers.summary:
        page.autofilter(0, 0, len(answers.summary), len(SUMMARY_HEADINGS) - 1)


def summary_words(line: SummaryLine, *, shift: int) -> list[str]:
    """Return the cells of one line of the summary."""
    row = "" if line.row is None else str(line.row)
    level = LEVEL_WORDS[Severity(line.level)]
    return [level, row, line.heading, cell_name(line, shift=shift), line.evidence, line.says, line.remedy]


def cell_name(line: SummaryLine, *, shift: int) -> str:
    """Return the name of the cell that a line is about (`C7`); its row when there is no cell."""
    if line.row is None:
        return ""
    column = line.position + shift if line.position is not None else 0
    return str(xlsxwriter.utility.xl_rowcol_to_cell(line.row - 1, column))


def _finish(book: Any, checked: CheckedTable) -> None:
    if checked.stamp is not None:
        write_stamp_sheet(book, checked.stamp)
    book.close()
