"""Words of a cell: free text, and words out of a list."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches

from shuiheng.adapters.workbooks.cells.fault import Fault
from shuiheng.adapters.workbooks.cells.plain import plain_text, plain_word
from shuiheng.adapters.workbooks.printing import printed_cell
from shuiheng.adapters.workbooks.table import Cell
from shuiheng.adapters.workbooks.template import Column

_COMPARED_CHOICES = 300
_BETWEEN = re.compile(r"[、,;/]")


def text_of(cell: Cell, column: Column) -> str | Fault:
    """Return the text of a cell that may have a value, or what is wrong with it."""
    if not isinstance(cell, str):
        return cell.isoformat()[:10] if isinstance(cell, date) else printed_cell(cell)
    text = plain_text(cell)
    length = ("length", str(len(text)))
    if len(text) > column.longest:
        return Fault("text_too_long", (length, ("limit", str(column.longest))))
    if len(text) < column.shortest:
        return Fault("text_too_short", (length, ("limit", str(column.shortest))))
    return text


def choice_of(cell: Cell, column: Column) -> str | Fault:
    """Return the choice that a cell that may have a value names, or what is wrong with it."""
    text = cell if isinstance(cell, str) else printed_cell(cell)
    known = {plain_word(choice).lower(): choice for choice in column.choices}
    word = plain_word(text).lower()
    if word in known:
        return known[word]
    parts = [part for part in _BETWEEN.split(word) if part]
    if len(parts) > 1 and all(part in known for part in parts):
        return Fault("choice_several")
    near = get_close_matches(word[:60], list(known)[:_COMPARED_CHOICES], n=1, cutoff=0.5)
    if near:
        return Fault("choice_near", (("suggestion", known[near[0]]),))
    return Fault("choice_unknown", (("choices", "、".join(column.choices[:8])),))
