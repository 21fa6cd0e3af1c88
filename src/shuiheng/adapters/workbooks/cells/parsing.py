"""A cell as the value that its column asks for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shuiheng.adapters.workbooks.cells.codes import code_of
from shuiheng.adapters.workbooks.cells.days import day_of
from shuiheng.adapters.workbooks.cells.fault import Fault
from shuiheng.adapters.workbooks.cells.no_values import is_blank, no_value
from shuiheng.adapters.workbooks.cells.numbers import number_of
from shuiheng.adapters.workbooks.cells.texts import choice_of, text_of
from shuiheng.adapters.workbooks.printing import printed_number, printed_value
from shuiheng.adapters.workbooks.table import Cell
from shuiheng.adapters.workbooks.template import Column, ColumnForm, Value
from shuiheng.kernel import Severity

_WORDS = {ColumnForm.CODE: code_of, ColumnForm.CHOICE: choice_of}
_SIZES = ("number_too_low", "number_too_high")
_SUSPECT = Fault("percent_looks_like_share", severity=Severity.WARN)


def parse_cell(
    cell: Cell, column: Column, *, is_1904: bool = False, is_percent: bool = False
) -> tuple[Value, Fault | None]:
    """Return the value of a cell and its fault; a fault that is no error leaves the value.

    Args:
        cell: The cell; blank gives None without fault.
        column: What it must hold.
        is_1904: Whether bare day numbers count from 1904.
        is_percent: Whether the sheet shows the number as percent, so that 0.12 reads 12%.
    """
    if is_blank(cell):
        return None, None
    takes_nothing = column.form in (ColumnForm.TEXT, ColumnForm.CHOICE)
    if (fault := no_value(cell, takes_nothing=takes_nothing)) is not None:
        return None, fault
    if column.form is ColumnForm.DAY:
        return _within(day_of(cell, is_1904=is_1904), column)
    if column.form.is_number:
        return _number(cell, column, is_percent=is_percent)
    found = _WORDS.get(column.form, text_of)(cell, column)
    return (None, found) if isinstance(found, Fault) else (found, None)


def _number(cell: Cell, column: Column, *, is_percent: bool) -> tuple[Value, Fault | None]:
    is_percent_column = column.form is ColumnForm.PERCENT
    units = (column.unit, *column.unit_also, *(("%",) if is_percent_column else ()))
    number = number_of(cell, units=units)
    if isinstance(number, Fault):
        return None, number
    shown = number * 100 if is_percent else number
    if (fault := _form_fault(shown, column, is_percent=is_percent)) is not None:
        return None, fault
    if column.form is ColumnForm.INTEGER:
        return _within(int(number), column)
    value, fault = _within(shown / 100 if is_percent_column else number, column)
    is_suspect = is_percent_column and isinstance(cell, float) and not is_percent and 0 < number < 1
    return value, fault or (_SUSPECT if is_suspect else None)


def _form_fault(shown: Decimal, column: Column, *, is_percent: bool) -> Fault | None:
    """Return what is wrong with the digits of a number, before its size is looked at."""
    if is_percent and column.form is not ColumnForm.PERCENT:
        return Fault("number_has_unit", (("found", "%"),))
    places = len(printed_number(shown).partition(".")[2])
    if column.form is ColumnForm.INTEGER and places:
        return Fault("integer_has_fraction")
    if column.places is not None and places > column.places:
        return Fault("too_many_places", (("limit", str(column.places)),))
    return None


def _within(value: Decimal | int | date | Fault, column: Column) -> tuple[Value, Fault | None]:
    """Return the value when it lies within the bounds of its column."""
    if isinstance(value, Fault):
        return None, value
    early, late = ("day_too_early", "day_too_late") if isinstance(value, date) else _SIZES
    low, high = column.lowest, column.highest
    if low is not None and _is_less(value, low):
        return None, Fault(early, (("limit", printed_value(low, column.form)),))
    if high is not None and _is_less(high, value):
        return None, Fault(late, (("limit", printed_value(high, column.form)),))
    return value, None


def _is_less(left: Decimal | int | date, right: Decimal | int | date) -> bool:
    """Return whether one bound or value lies before another of its kind."""
    if isinstance(left, date) and isinstance(right, date):
        return left < right
    return not isinstance(left, date) and not isinstance(right, date) and left < right
