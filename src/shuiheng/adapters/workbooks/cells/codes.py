"""Codes: text from the first character to the last, never a number."""

from __future__ import annotations

import re
from datetime import date

from shuiheng.adapters.workbooks.cells.fault import Fault
from shuiheng.adapters.workbooks.cells.plain import plain_word
from shuiheng.adapters.workbooks.table import Cell
from shuiheng.adapters.workbooks.template import CodeScheme, Column
from shuiheng.kernel.credit_code import credit_code_fault

_SCIENTIFIC = re.compile(r"[0-9]\.[0-9]{1,15}E\+[0-9]{1,2}")


def code_of(cell: Cell, column: Column) -> str | Fault:
    """Return the code of a cell that may have a value, or what is wrong with it.

    A number is refused, never converted: a spreadsheet keeps 15 digits and drops leading zeros.
    """
    if not isinstance(cell, str):
        return Fault("code_is_day" if isinstance(cell, date) else "code_is_number")
    code = plain_word(cell).upper().removeprefix("'")
    return _fault(code, column) or code


def _fault(code: str, column: Column) -> Fault | None:
    if _SCIENTIFIC.fullmatch(code):
        return Fault("code_scientific")
    if column.scheme is CodeScheme.CREDIT_CODE:
        fault = credit_code_fault(code)
        return None if fault is None else Fault(fault.value, (("length", str(len(code))),))
    if len(code) > column.longest:
        return Fault("text_too_long", (("length", str(len(code))), ("limit", str(column.longest))))
    if column.pattern and not re.fullmatch(column.pattern, code):
        return Fault("code_form", (("help", column.help or column.pattern),))
    return None
