"""Workbooks of the ledger as people change them, and what is believed before and after."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from django.utils import timezone
from openpyxl import load_workbook

from shuiheng.adapters.records.as_of import AsOf
from shuiheng.adapters.records.models import Account, LedgerBatch
from shuiheng.adapters.records.queries_ledger import LedgerFilter
from shuiheng.adapters.records.queries_ledger_book import BOOK_TABLES
from shuiheng.services.ledger.keep_facts import columns_of
from shuiheng.services.ledger.ledger_book import export_book, receive_book, take_book

FIRST_ROW = 5
Beliefs = dict[str, set[tuple[Any, ...]]]
Callbacks = Callable[..., AbstractContextManager[Any]]


def today() -> AsOf:
    """Return today as it is known now."""
    return AsOf(on=timezone.localdate())


def exported(account: Account) -> bytes:
    """Return the ledger as its workbook."""
    return export_book(account, LedgerFilter(has_closed=True), today())[1]


def changed(content: bytes, change: Callable[[Any], None]) -> bytes:
    """Return a workbook after a person changed it."""
    book = load_workbook(io.BytesIO(content))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def columns_by_heading(page: Any) -> dict[str, int]:
    """Return the columns of a sheet by their headings."""
    return {str(cell.value).strip("*").split("（")[0]: cell.column for cell in page[2] if cell.value}


def write(page: Any, row: int, **cells: Any) -> None:
    """Write cells of a row by the headings of their columns."""
    at = columns_by_heading(page)
    for heading, value in cells.items():
        cell = page.cell(row, at[heading])
        cell.value = value
        cell.number_format = "yyyy-mm-dd" if isinstance(value, date) else "General"


def row_with(page: Any, words: str) -> int:
    """Return the row in which a cell holds these words."""
    return next(row for row in range(3, page.max_row + 1) for cell in page[row] if cell.value == words)


def sent(account: Account, callbacks: Callbacks, content: bytes, reason: str = "年度核对") -> LedgerBatch:
    """Send a workbook and have it checked."""
    with callbacks(execute=True):
        batch = receive_book(account, content=content, name="台账.xlsx", reason=reason)
    batch.refresh_from_db()
    return batch


def taken(account: Account, callbacks: Callbacks, batch: LedgerBatch) -> LedgerBatch:
    """Take a checked workbook in."""
    with callbacks(execute=True):
        take_book(account, batch.pk)
    batch.refresh_from_db()
    return batch


def beliefs() -> Beliefs:
    """Return what is believed now of everything, day by day."""
    found: Beliefs = {}
    for table in BOOK_TABLES:
        rows: Any = table._default_manager.filter(superseded_at__isnull=True)
        found[table.__name__] = {
            (row.subject_id, row.valid_from, row.valid_to, columns_of(row)) for row in rows
        }
    return found
