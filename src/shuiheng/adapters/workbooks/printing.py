"""How values are written into cells, and how they read in a sentence."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shuiheng.adapters.containers.cell_writing import write_cell
from shuiheng.adapters.workbooks.table import Cell, CellFault
from shuiheng.adapters.workbooks.template import ColumnForm, Value


def write_value(page: Any, place: tuple[int, int], value: Value, *, form: ColumnForm, look: Any) -> None:
    """Write a value with xlsxwriter: numbers as numbers, days as days, all else as text."""
    if isinstance(value, Decimal | int) and form is ColumnForm.PERCENT:
        write_cell(page, place, Decimal(value) * 100, look)
    else:
        write_cell(page, place, value, look)


def printed_value(value: Value, form: ColumnForm) -> str:
    """Return a value as a person would type it into its cell."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    return printed_number(Decimal(value) * 100 if form is ColumnForm.PERCENT else Decimal(value))


def printed_number(number: Decimal) -> str:
    """Return a number without exponent and without zeros at its end."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def printed_cell(cell: Cell) -> str:
    """Return what a cell shows, cut to a length fit for a sentence."""
    if cell is None:
        return ""
    if isinstance(cell, CellFault):
        return cell.words
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return printed_number(Decimal(repr(cell)))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    text = cell if isinstance(cell, str) else cell.isoformat()
    return text if len(text) <= 80 else f"{text[:79]}…"
