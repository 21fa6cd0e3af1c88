"""Cells that hold no value at all, whatever their column asks for."""

from __future__ import annotations

from shuiheng.adapters.workbooks.cells.fault import Fault
from shuiheng.adapters.workbooks.cells.plain import has_controls, is_ditto, is_nothing, plain_text
from shuiheng.adapters.workbooks.table import UNCOMPUTED, Cell, CellFault

_ERROR_WORDS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!"})
_BLANKS = "\u200b\ufeff \t\r\n\u3000\xa0"


def is_blank(cell: Cell) -> bool:
    """Return whether a cell is empty or holds only white space."""
    return cell is None or (isinstance(cell, str) and not cell.strip(_BLANKS))


def no_value(cell: Cell, *, takes_nothing: bool) -> Fault | None:
    """Return why a cell has no value, or None when it may have one.

    Args:
        cell: A cell that is not blank.
        takes_nothing: Whether 无, —, / and the like are words here; elsewhere they are neither
            blank nor zero, and only the sender knows which.
    """
    if isinstance(cell, CellFault):
        return Fault("formula_not_computed" if cell == UNCOMPUTED else "error_value")
    if not isinstance(cell, str):
        return None
    for cause, holds in (
        ("error_value", plain_text(cell).upper() in _ERROR_WORDS),
        ("ditto", is_ditto(cell)),
        ("nothing_mark", not takes_nothing and is_nothing(cell)),
        ("text_controls", has_controls(cell)),
    ):
        if holds:
            return Fault(cause)
    return None
