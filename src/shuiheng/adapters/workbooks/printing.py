"""How values are written into cells, and how they read in a sentence."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shuiheng.adapters.workbooks.table import Cell, CellFault
from shuiheng.adapters.workbooks.template import ColumnForm, Value

CELL_LIMIT = 32_767
DIGITS = 15  # a spreadsheet keeps no more significant digits of a number
FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets do not agree on the number of a day


def write_value(page: Any, place: tuple[int, int], value: Value, *, form: ColumnForm, look: Any) -> None:
    """Write a value with xlsxwriter: numbers as numbers, days as days, all else as text."""
    if value is None or value == "":
        page.write_blank(*place, None, look)
    elif isinstance(value, str):
        page.write_string(*place, value[:CELL_LIMIT], look)
    elif isinstance(value, date):
        if value < FIRST_DAY:
            page.write_string(*place, value.isoformat(), look)
        else:
            page.write_datetime(*place, datetime(value.year, value.month, value.day), look)  # noqa: DTZ001  a civil day
    else:
        number = Decimal(value) * 100 if form is ColumnForm.PERCENT else Decimal(value)
        if len(number.normalize().as_tuple().digits) > DIGITS:
            page.write_string(*place, f"{number:f}", look)
        else:
            page.write_number(*place, float(number), look)


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
