"""The annexed tables of a report as a workbook: what is shown is what the document shows."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from shuiheng.adapters.containers.cell_writing import CELL_LIMIT, EXACT_DIGITS
from shuiheng.adapters.exports.workbook import FONT, printed_title
from shuiheng.reports.errors import UnreadableWordsError
from shuiheng.reports.lines import foot_lines
from shuiheng.reports.model import Annex, Cell, Figure, Report, Table, figures_of, shown
from shuiheng.reports.wording import day_words, period_words, split_amount

_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LONGEST_NAME = 31
_FIGURE_HEAD = ("数据项", "数值", "单位", "显示", "数据质量", "来源")
_QUALITIES = {
    "measured": "计量",
    "counted": "台账统计",
    "declared": "单位填报",
    "estimated": "估算",
    "missing": "缺数",
}


def write_report_workbook(report: Report) -> bytes:
    """Return an `.xlsx` with the annexed tables, all figures, and what the report is, each on a sheet.

    A figure is a number when it is shown without 万 or 亿, so that a sum over a column is
    never a sum of unlike multiples; else it is the words, and its exact value stands in
    the sheet of figures.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    day = report.issued_on
    created = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(1980, 1, 1, tzinfo=UTC)
    book.set_properties({"title": report.title[:255], "author": report.signer[:255], "created": created})
    names: set[str] = set()
    for annex in report.annexes:
        for table in annex.tables:
            page = book.add_worksheet(_sheet_name(annex, names))
            _write_table(book, page, table, title=annex.title)
    _write_figures(book, report, names)
    _write_notes(book, report, names)
    book.close()
    return out.getvalue()


def _sheet_name(annex: Annex, names: set[str]) -> str:
    """Return a name that no sheet has yet: programs for tables hold letters of any case to be the same."""
    plain = annex.title.translate(_FORBIDDEN).strip("' ") or "附表"
    for number in range(1, len(names) + 2):
        ending = f" {number}" if number > 1 else ""
        name = plain[: _LONGEST_NAME - len(ending)] + ending
        if name.lower() not in names:
            break
    names.add(name.lower())
    return name


def _write_table(book: Any, page: Any, table: Table, *, title: str) -> None:
    head = _head_format(book)
    for index, column in enumerate(table.columns):
        page.set_column(index, index, max(column.width, 8))
        page.write_string(0, index, column.title, head)
    formats: dict[str, Any] = {}
    for row, cells in enumerate(table.rows, start=1):
        for index, cell in enumerate(cells):
            _write_cell(book, page, (row, index), cell, formats)
    if table.note:
        page.write_string(len(table.rows) + 1, 0, table.note, book.add_format({"font_name": FONT}))
    _set_up(page, title=title)
    if table.rows:
        page.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write_cell(book: Any, page: Any, place: tuple[int, int], cell: Cell, formats: dict[str, Any]) -> None:
    number_format = _number_format(cell) if isinstance(cell, Figure) else None
    key = number_format or "@"
    if key not in formats:
        formats[key] = book.add_format(
            {"font_name": FONT, "valign": "top", "text_wrap": True, "border": 1, "num_format": key}
        )
    words = shown(cell)
    if isinstance(cell, Figure) and cell.value is not None and number_format is not None:
        page.write_number(*place, float(cell.value), formats[key])
    elif words:
        page.write_string(*place, words[:CELL_LIMIT], formats[key])
    else:
        page.write_blank(*place, None, formats[key])


def _number_format(figure: Figure) -> str | None:
    """Return the format under which the exact value looks as it is shown, or None when none can."""
    if figure.value is None or len(figure.value.as_tuple().digits) > EXACT_DIGITS:
        return None
    try:
        printed, multiple, unit = split_amount(figure.shown)
    except UnreadableWordsError:
        return None
    exponent = printed.as_tuple().exponent
    if multiple != 1 or not isinstance(exponent, int) or '"' in unit:
        return None
    digits = "0." + "0" * -exponent if exponent < 0 else "0"
    if figure.unit == "ratio":
        return f"{digits}%"
    return f'{digits}"{unit}"' if unit else digits


def _write_figures(book: Any, report: Report, names: set[str]) -> None:
    """Write every figure once, with its exact value and what it was taken from."""
    page = book.add_worksheet(_sheet_name(Annex(title="数据项"), names))
    head, plain = _head_format(book), book.add_format({"font_name": FONT, "valign": "top", "border": 1})
    for index, (title, width) in enumerate(zip(_FIGURE_HEAD, (36, 18, 10, 18, 12, 60), strict=True)):
        page.set_column(index, index, width)
        page.write_string(0, index, title, head)
    for row, figure in enumerate(dict.fromkeys(figures_of(report)), start=1):
        is_exact = figure.value is not None and len(figure.value.as_tuple().digits) <= EXACT_DIGITS
        page.write_string(row, 0, figure.key, plain)
        if figure.value is None:
            page.write_blank(row, 1, None, plain)
        elif is_exact:
            page.write_number(row, 1, float(figure.value), plain)
        else:
            page.write_string(row, 1, f"{figure.value:f}", plain)
        words = (figure.unit, figure.shown, _QUALITIES[figure.quality.value], "、".join(figure.sources))
        for index, word in enumerate(words, start=2):
            page.write_string(row, index, word[:CELL_LIMIT], plain)
    _set_up(page, title="数据项")


def _write_notes(book: Any, report: Report, names: set[str]) -> None:
    page = book.add_worksheet(_sheet_name(Annex(title="说明"), names))
    wrap = book.add_format({"font_name": FONT, "text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 90, wrap)
    lines = [
        report.title,
        str(report.document_number or ""),
        f"期间：{period_words(report.period)}" if report.period else "",
        report.signer,
        day_words(report.issued_on) if report.issued_on else "",
        *(line.text for line in foot_lines(report)),
    ]
    for row, line in enumerate(line for line in lines if line):
        page.write_string(row, 0, line, wrap)


def _head_format(book: Any) -> Any:
    return book.add_format(
        {
            "bold": True,
            "bg_color": "#E3EFF4",
            "border": 1,
            "text_wrap": True,
            "font_name": FONT,
            "valign": "vcenter",
        }
    )


def _set_up(page: Any, *, title: str) -> None:
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_header(printed_title(title))
    page.set_footer("&C&P / &N")
