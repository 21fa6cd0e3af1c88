"""Writing a form as a workbook that opens alike in Excel and WPS."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from shuiheng.adapters.containers.stamp import FoundStamp, Stamp, stamp_line, stamped, write_stamp_sheet
from shuiheng.adapters.workbooks import layout
from shuiheng.adapters.workbooks.guide import write_guide
from shuiheng.adapters.workbooks.printing import write_value
from shuiheng.adapters.workbooks.samples import SAMPLE, sample_rows
from shuiheng.adapters.workbooks.template import CodeScheme, Column, ColumnForm, Row, Template
from shuiheng.adapters.workbooks.template_checks import check_template

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_A4 = 9
_CODE_WIDTH = 23
_LONGEST_MESSAGE = 255
_NUMBER_FORMATS = {
    ColumnForm.TEXT: "@",
    ColumnForm.CODE: "@",
    ColumnForm.INTEGER: "0",
    ColumnForm.DAY: "yyyy-mm-dd",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPart:
    """One form of a workbook with the rows that are filled before issue."""

    template: Template
    rows: Sequence[Row] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choices:
    """A sheet whose columns want lists of choices."""

    page: Any
    template: Template
    last_row: int


def write_template(
    template: Template,
    *,
    stamp: Stamp,
    rows: Sequence[Row] = (),
    blank_rows: int = 300,
    secret: bytes = b"",
) -> bytes:
    """Return the form as an `.xlsx`, stamped and filled as far as its answers are known.

    Args:
        template: The form.
        stamp: For whom and for when.
        rows: Rows filled before issue, values by key of column.
        blank_rows: Lines below them that are prepared for new rows.
        secret: Key of this installation, which signs the stamp; the check must be given the same.

    Raises:
        TemplateFaultError: The template contradicts itself.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    part = BookPart(template=template, rows=rows)
    found, choices = _write_part(book, part, stamp=stamp, blank_rows=blank_rows, secret=secret)
    write_guide(book, template)
    _write_choices(book, choices)
    write_stamp_sheet(book, found)
    book.close()
    return out.getvalue()


def write_book(
    parts: Sequence[BookPart], *, stamp: Stamp, blank_rows: int = 300, secret: bytes = b""
) -> bytes:
    """Return several forms as the sheets of one `.xlsx`; each carries its own stamp in its first line.

    Raises:
        TemplateFaultError: A template contradicts itself.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    choices = [
        _write_part(book, part, stamp=stamp, blank_rows=blank_rows, secret=secret)[1] for part in parts
    ]
    write_guide(book, *(part.template for part in parts))
    _write_choices(book, *choices)
    book.close()
    return out.getvalue()


def _write_part(
    book: Any, part: BookPart, *, stamp: Stamp, blank_rows: int, secret: bytes
) -> tuple[FoundStamp, _Choices]:
    """Write one form as a sheet; return its stamp and where its lists of choices are wanted."""
    template = part.template
    check_template(template)
    found = stamped(
        stamp, template=template.id, version=template.version, shape=template.shape, secret=secret
    )
    page = book.add_worksheet(layout.sheet_name(template.title))
    looks = _Looks(book, template)
    _write_head(page, template, found, looks)
    last = _write_rows(page, template, part.rows, looks) + (blank_rows if template.takes_new_rows else 0)
    last = max(last, layout.FIRST_ROW)
    _set_up_page(page, template, last_row=last)
    return found, _Choices(page=page, template=template, last_row=last)


class _Looks:
    """The formats of one workbook."""

    def __init__(self, book: Any, template: Template) -> None:
        plain = {"font_name": layout.FONT, "valign": "top", "text_wrap": True, "border": 1}
        plain["border_color"] = "#C5D0D6"
        head = {**plain, "bold": True, "bg_color": "#E3EFF4", "valign": "vcenter"}
        self.line = book.add_format({"font_name": layout.FONT, "bold": True, "valign": "vcenter"})
        self.head = book.add_format(head)
        self.needed = book.add_format({**head, "font_color": "#9C1C00"})
        self.number = book.add_format({**plain, "num_format": "@", "font_color": "#6B7780"})
        self.open = {column.key: self._column(book, plain, column) for column in template.columns}
        self.samples = {
            column.key: self._column(book, {**plain, "italic": True, "font_color": "#8A949B"}, column)
            for column in template.columns
        }
        self.reason = book.add_format({**plain, "num_format": "@"})

    @staticmethod
    def _column(book: Any, plain: Mapping[str, object], column: Column) -> Any:
        look = {**plain, "num_format": _NUMBER_FORMATS.get(column.form, "General")}
        if column.is_locked:
            look["bg_color"] = "#EDEDED"
        return book.add_format(look)


def _write_head(page: Any, template: Template, found: FoundStamp, looks: _Looks) -> None:
    page.write_string(layout.STAMP_ROW, 0, f"{template.title} {stamp_line(found)}", looks.line)
    page.set_row(layout.STAMP_ROW, 22, looks.line)
    page.write_string(layout.HEAD_ROW, layout.RESULT_COLUMN, layout.RESULT, looks.head)
    page.write_string(layout.HEAD_ROW, layout.NUMBER_COLUMN, layout.NUMBER, looks.head)
    page.set_column(layout.RESULT_COLUMN, layout.RESULT_COLUMN, 10, looks.number)
    page.set_column(layout.NUMBER_COLUMN, layout.NUMBER_COLUMN, 7, looks.number)
    for index, column in enumerate(template.columns, start=layout.FIRST_COLUMN):
        width = max(column.width, _CODE_WIDTH if column.scheme is not CodeScheme.NONE else 0)
        page.set_column(index, index, width, looks.open[column.key])
        is_needed = template.needs(column)
        heading = f"*{column.heading}" if is_needed else column.heading
        page.write_string(layout.HEAD_ROW, index, heading, looks.needed if is_needed else looks.head)
    if template.is_reasoned:
        index = layout.FIRST_COLUMN + len(template.columns)
        page.set_column(index, index, 24, looks.reason)
        page.write_string(layout.HEAD_ROW, index, layout.REASON, looks.head)


def _write_rows(page: Any, template: Template, rows: Sequence[Row], looks: _Looks) -> int:
    """Write the samples and the rows; return the last row."""
    at = layout.FIRST_ROW
    for index, values in enumerate(sample_rows(template), start=1):
        page.write_string(at, layout.NUMBER_COLUMN, f"{SAMPLE}{index}", looks.number)
        _write_row(page, at, template, values, looks.samples)
        at += 1
    for index, values in enumerate(rows, start=1):
        page.write_string(at, layout.NUMBER_COLUMN, str(index), looks.number)
        _write_row(page, at, template, values, looks.open)
        at += 1
    return at - 1


def _write_row(page: Any, at: int, template: Template, values: Row, looks: Mapping[str, Any]) -> None:
    for index, column in enumerate(template.columns, start=layout.FIRST_COLUMN):
        value, look = values.get(column.key), looks[column.key]
        write_value(page, (at, index), value, form=column.form, look=look)


def _write_choices(book: Any, *wanted: _Choices) -> None:
    """Put the lists on a hidden sheet and let the cells name them; inline lists end at 255 characters."""
    lists = book.add_worksheet(layout.CHOICE_SHEET)
    place = layout.FIRST_COLUMN
    for number, each in enumerate(wanted):
        for index, column in enumerate(each.template.columns, start=layout.FIRST_COLUMN):
            rule: dict[str, Any] = {"validate": "any"}
            if column.form is ColumnForm.CHOICE:
                name = f"list_{column.key}_{number}" if number else f"list_{column.key}"
                rule = _listed(book, lists, column, name=name, place=place)
                place += 1
            if column.help:
                rule |= {"input_title": column.zh[:32], "input_message": column.help[:_LONGEST_MESSAGE]}
            if len(rule) > 1:
                each.page.data_validation(layout.FIRST_ROW, index, each.last_row, index, rule)
    lists.hide()


def _listed(book: Any, lists: Any, column: Column, *, name: str, place: int) -> dict[str, Any]:
    """Write one list of choices and name it; return the rule for the cells that take from it."""
    for row, choice in enumerate(column.choices):
        lists.write_string(row, place, choice)
    letter = xlsxwriter.utility.xl_col_to_name(place, col_abs=True)
    book.define_name(name, f"='{layout.CHOICE_SHEET}'!{letter}$1:{letter}${len(column.choices)}")
    return {
        "validate": "list",
        "source": f"={name}",
        "error_title": column.zh[:32],
        "error_message": "请从下拉列表中选择。",
    }


def _set_up_page(page: Any, template: Template, *, last_row: int) -> None:
    last_column = layout.FIRST_COLUMN + len(template.columns) - (0 if template.is_reasoned else 1)
    page.freeze_panes(layout.FIRST_ROW, layout.FIRST_COLUMN)
    page.autofilter(layout.HEAD_ROW, 0, last_row, last_column)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(layout.STAMP_ROW, layout.HEAD_ROW)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.set_footer("&C第 &P 页 共 &N 页")
