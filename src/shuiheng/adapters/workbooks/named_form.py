"""A sheet that shows every name of a report: a line for each, its cell of value carrying the name."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from shuiheng.adapters.containers.cell_writing import CELL_LIMIT
from shuiheng.adapters.workbooks import layout
from shuiheng.adapters.workbooks.fill_values import FillValue, Share
from shuiheng.adapters.workbooks.printing import write_value
from shuiheng.adapters.workbooks.template import ColumnForm, Value
from shuiheng.adapters.workbooks.writing import OPTIONS

SHEET = "名称一览"
_HEADINGS = ("类别", "名称", "数值", "页面显示")
_WIDTHS = (14, 50, 24, 40)
_VALUE_COLUMN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLine:
    """One name: the part that it belongs to, its value, and the words of the page."""

    part: str
    name: str
    value: FillValue
    shown: str


def write_named_form(title: str, lines: Sequence[NamedLine], *, notes: Sequence[str]) -> bytes:
    """Return an `.xlsx` with a line for each name; the cell of the value carries the name.

    Args:
        title: What the values belong to.
        lines: The names in order.
        notes: Lines of the sheet of instructions.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    page = book.add_worksheet(SHEET)
    plain = {"font_name": layout.FONT, "valign": "top", "border": 1, "border_color": "#C5D0D6"}
    text = book.add_format({**plain, "text_wrap": True})
    head = book.add_format({**plain, "bold": True, "bg_color": "#E3EFF4"})
    percent, day = (book.add_format({**plain, "num_format": code}) for code in ("0.00%", "yyyy-mm-dd"))
    page.merge_range(0, 0, 0, len(_HEADINGS) - 1, "", head)
    page.write_string(0, 0, title[:CELL_LIMIT], head)
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(1, column, heading, head)
    for row, line in enumerate(lines, start=2):
        for column, words in ((0, line.part), (1, line.name), (3, line.shown)):
            page.write_string(row, column, words[:CELL_LIMIT], text)
        is_share = isinstance(line.value, Share)
        look = percent if is_share else day if isinstance(line.value, date) else text
        write_value(page, (row, _VALUE_COLUMN), _plain(line.value), form=ColumnForm.DECIMAL, look=look)
        book.define_name(line.name, f"='{SHEET}'!$C${row + 1}")
    _set_up(page)
    _write_notes(book, notes)
    book.close()
    return out.getvalue()


def _plain(value: FillValue) -> Value:
    return Decimal(value.ratio) if isinstance(value, Share) else value


def _set_up(page: Any) -> None:
    page.freeze_panes(2, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 1)
    page.set_footer("&C&P / &N")


def _write_notes(book: Any, notes: Sequence[str]) -> None:
    page = book.add_worksheet(layout.GUIDE_SHEET)
    wrap = book.add_format({"font_name": layout.FONT, "text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 90, wrap)
    for row, line in enumerate(notes):
        page.write_string(row, 0, line, wrap)
