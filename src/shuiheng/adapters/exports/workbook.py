"""Workbooks that open alike in Excel and WPS: typed cells, frozen head, print set-up."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from shuiheng.adapters.containers.cell_writing import write_cell
from shuiheng.adapters.containers.stamp import write_stamp_sheet
from shuiheng.adapters.exports.sheet import Column, ColumnForm, Sheet

FONT = "宋体"
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_workbook(sheet: Sheet) -> bytes:
    """Return an `.xlsx` with one table, and a second sheet that says what it is.

    Strings are written as strings with formula and address parsing off. The head row is
    frozen, repeated in print and filterable; paper is A4 landscape, fitted to its width. With
    a stamp, the file may be sent in again as the form that the stamp names.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    book = xlsxwriter.Workbook(out, options)
    page = book.add_worksheet(_sheet_name(sheet.title))
    _write_rows(book, page, sheet)
    _set_up_print(page, sheet)
    _write_notes(book, sheet)
    if sheet.stamp is not None:
        write_stamp_sheet(book, sheet.stamp)
    book.close()
    return out.getvalue()


def _sheet_name(title: str) -> str:
    return title.translate(_FORBIDDEN).strip("' ")[:31] or "Sheet1"


def _write_rows(book: Any, page: Any, sheet: Sheet) -> None:
    head = book.add_format(
        {
            "bold": True,
            "bg_color": "#E3EFF4",
            "border": 1,
            "text_wrap": True,
            "font_name": FONT,
            "valign": "vcenter",
        }
    )
    formats = [_format(book, column) for column in sheet.columns]
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width, formats[index])
        page.write_string(0, index, column.title, head)
    for row, values in enumerate(sheet.rows, start=1):
        for index, value in enumerate(values):
            write_cell(page, (row, index), value, formats[index])
    page.freeze_panes(1, 0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def _format(book: Any, column: Column) -> Any:
    form = {"font_name": FONT, "valign": "top", "text_wrap": True, "border": 1, "border_color": "#C5D0D6"}
    numbers = {ColumnForm.CODE: "@", ColumnForm.DAY: "yyyy-mm-dd", ColumnForm.NUMBER: "General"}
    if column.form in numbers:
        form["num_format"] = numbers[column.form]
    return book.add_format(form)


def _set_up_print(page: Any, sheet: Sheet) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
    page.set_header(printed_title(sheet.title))
    page.set_footer("&C&P / &N")


def printed_title(title: str) -> str:
    """Return the page header that prints a title; a header over 255 characters is none.

    The space keeps a title that begins with a year from being read as part of the size.
    """
    return f'&C&"{FONT},Bold"&14 {title[:80].replace("&", "&&")}'


def _write_notes(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet("说明")
    wrap = book.add_format({"font_name": FONT, "text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 90, wrap)
    for row, line in enumerate((sheet.title, *sheet.notes)):
        page.write_string(row, 0, line, wrap)
