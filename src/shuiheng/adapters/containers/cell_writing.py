"""One value into one cell, as every workbook that we write holds it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

CELL_LIMIT = 32_767
EXACT_DIGITS = 15  # a spreadsheet keeps no more significant digits of a number
FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets do not agree on the number of a day


def is_exact(number: Decimal) -> bool:
    """Return whether a spreadsheet keeps a number as it is."""
    return len(number.normalize().as_tuple().digits) <= EXACT_DIGITS


def write_cell(
    page: Any, place: tuple[int, int], value: str | float | Decimal | date | None, look: Any
) -> None:
    """Write a value with xlsxwriter: numbers as numbers, days as days, all else as text.

    A number with more digits than a spreadsheet keeps, and a day before its calendar begins,
    are written in words.
    """
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
        number = Decimal(str(value))
        if is_exact(number):
            page.write_number(*place, float(number), look)
        else:
            page.write_string(*place, f"{number:f}", look)
