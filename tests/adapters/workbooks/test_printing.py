from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from shuiheng.adapters.workbooks.printing import printed_cell, printed_number, printed_value, write_value
from shuiheng.adapters.workbooks.table import Cell, CellFault
from shuiheng.adapters.workbooks.template import ColumnForm, Value


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (Decimal("0.125"), ColumnForm.PERCENT, "12.5"),
        (Decimal("1.50"), ColumnForm.DECIMAL, "1.5"),
        (Decimal("1E+3"), ColumnForm.DECIMAL, "1000"),
        (7, ColumnForm.INTEGER, "7"),
        (date(2026, 5, 1), ColumnForm.DAY, "2026-05-01"),
        ("甲", ColumnForm.TEXT, "甲"),
        (None, ColumnForm.TEXT, ""),
    ],
)
def test_a_value_reads_as_a_person_would_type_it(value: Value, form: ColumnForm, text: str) -> None:
    assert printed_value(value, form) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (CellFault("#REF!"), "#REF!"),
        (True, "TRUE"),
        (9.11e17, "911000000000000000"),
        (datetime(2026, 5, 1, 9, 5), "2026-05-01 09:05"),  # noqa: DTZ001  a cell has no zone
        ("长" * 90, "长" * 79 + "…"),
    ],
)
def test_a_cell_reads_as_it_shows_and_is_cut(cell: Cell, text: str) -> None:
    assert printed_cell(cell) == text


def test_a_number_has_no_exponent_and_no_zeros_at_its_end() -> None:
    assert [printed_number(Decimal(text)) for text in ("0.000", "100", "1E-7")] == ["0", "100", "0.0000001"]


def test_a_number_that_a_spreadsheet_would_round_is_written_as_text() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    for column, value in enumerate((Decimal("1234567890.123456"), Decimal("1.5"), "=1+1", date(1899, 1, 1))):
        write_value(page, (0, column), value, form=ColumnForm.DECIMAL, look=None)
    book.close()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue())).get_sheet_by_index(0).to_python()
    assert rows == [["1234567890.123456", 1.5, "=1+1", "1899-01-01"]]
