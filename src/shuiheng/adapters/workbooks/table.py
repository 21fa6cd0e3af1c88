"""What stands in a workbook, before anybody asks what it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shuiheng.adapters.workbooks.forms import WorkbookForm


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell whose value is none: an error of the spreadsheet (`#REF!`) or a formula never computed."""

    words: str


Cell = str | float | bool | date | datetime | CellFault | None
UNCOMPUTED = CellFault("=")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSheet:
    """One sheet.

    Args:
        name: Its name.
        is_visible: Whether a person sees it.
        rows: Rows from the first of the sheet on, cells from column A on, blank ends left out.
        merged: Merged areas as first row, first column, last row, last column, counted from 0.
        percents: Places (row, column) of numbers that the sheet shows as percent.
    """

    name: str
    is_visible: bool
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    percents: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """A file that was read.

    Args:
        name: Name of the file, fit for display.
        form: Its form.
        content_key: SHA-256 of its bytes; the same file has the same key.
        sheets: Its sheets in order.
        is_1904: Whether bare day numbers count from 1904.
    """

    name: str
    form: WorkbookForm
    content_key: str
    sheets: tuple[RawSheet, ...]
    is_1904: bool = False
