"""A table on its way out: columns, rows, and the words that say what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shuiheng.adapters.containers.stamp import FoundStamp

Value = str | int | float | Decimal | date | None


class ColumnForm(StrEnum):
    """How the values of a column are written; codes stay text."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading with the unit, its form, its width in characters."""

    title: str
    form: ColumnForm = ColumnForm.TEXT
    width: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table to be written.

    Args:
        title: Name of the table.
        columns: Columns in order.
        rows: Rows in the order shown, each as long as `columns`.
        notes: Lines that say what was filtered, when, by whom and how many rows.
        stamp: Stamp of the form as which the table may be sent in again, or None.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[str] = ()
    stamp: FoundStamp | None = None
