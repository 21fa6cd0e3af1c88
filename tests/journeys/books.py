"""Workbooks that a person fills in cell by cell."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl import load_workbook

FIRST_ROW = 5


def in_cells(content: bytes, rows: Sequence[Mapping[str, object]]) -> bytes:
    """Return a blank form after a person wrote rows under its headings."""
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    head = next(row for row in page.iter_rows() if any(_plain(cell.value) in rows[0] for cell in row))
    columns = {_plain(cell.value): cell.column for cell in head}
    for number, row in enumerate(rows, start=FIRST_ROW):
        for heading, value in row.items():
            cell = page.cell(number, columns[heading])
            cell.value = value
            cell.number_format = "yyyy-mm-dd" if isinstance(value, date) else "General"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(heading: object) -> str:
    return str(heading).strip("* ").split("（")[0]
