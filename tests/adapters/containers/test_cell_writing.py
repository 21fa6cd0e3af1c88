"""Values in cells: typed where a spreadsheet keeps them, in words where it would not."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from openpyxl import load_workbook

from shuiheng.adapters.containers.cell_writing import write_cell


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, None),
        ("", None),
        ("=1+1", "=1+1"),
        ("字" * 40_000, "字" * 32_767),
        (12, 12),
        (Decimal("0.1"), 0.1),
        (0.25, 0.25),
        (123456789012345, 123456789012345),
        (1234567890123456, "1234567890123456"),
        (Decimal("1E+20"), 1e20),
        (date(1900, 3, 1), datetime(1900, 3, 1)),  # noqa: DTZ001  a civil day
        (date(1900, 2, 28), "1900-02-28"),
        (date(1898, 5, 1), "1898-05-01"),
    ],
)
def test_a_value_reads_back_as_what_it_is(value: object, read: object) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    look = book.add_format({"num_format": "yyyy-mm-dd" if isinstance(value, date) else "General"})
    write_cell(book.add_worksheet(), (0, 0), value, look)  # type: ignore[arg-type]  # one of its sorts
    book.close()
    cell = load_workbook(io.BytesIO(out.getvalue())).worksheets[0]["A1"]
    assert cell.value == read
    assert cell.data_type != "f"
