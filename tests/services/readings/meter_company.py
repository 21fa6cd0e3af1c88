"""A made-up water company with meters and what they showed, for tests of monthly workbooks."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from office import the_office
from shuiheng.adapters.records.models import Account, LedgerBatch, Meter, Organisation, Role
from shuiheng.services.found_city import join
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.readings.month_form import MONTH_FORM
from shuiheng.services.readings.month_workbook import issue_month_form, receive_month_workbook
from shuiheng.services.readings.take_readings import receive_readings, take_in

Callbacks = Callable[..., AbstractContextManager[Any]]
SINCE = date(2025, 1, 1)
MARCH = date(2026, 3, 1)
HEAD_ROW, FIRST_ROW = 2, 5  # stamp, headings, two samples
COLUMNS = {column.key: at for at, column in enumerate(MONTH_FORM.columns, start=3)}
REASON = len(MONTH_FORM.columns) + 3


def water_company() -> Organisation:
    """Return a company that keeps meters."""
    return Organisation.objects.create(slug="ws", name="青禾水司", kind="supplier", place=the_office().place)


def clerk_of(company: Organisation) -> Account:
    """Return someone who sends readings for the company."""
    account = Account.objects.create(username="ws-clerk", display_name="水司抄表员")
    join(account, company, Role.SUPPLIER)
    return account


def add_meters(officer: Account, company: Organisation, count: int, **fields: Any) -> list[Meter]:
    """Return new meters A-001, A-002, … of the company."""
    said = {"register_digits": 5, "step_litres": 1000} | fields
    return [
        add_meter(
            officer, NewMeter(number=f"A-{at:03}", keeper=company.pk), MeterFields(**said), valid_from=SINCE
        )
        for at in range(1, count + 1)
    ]


def take_history(
    officer: Account, company: Organisation, callbacks: Callbacks, rows: Sequence[tuple[str, date, Decimal]]
) -> LedgerBatch:
    """Take readings at the end of days in, by an interval file."""
    lines = [f"{number},{day.isoformat()} 24:00,{register}" for number, day, register in rows]
    content = ("表号,读数时间,读数(m3)\n" + "\n".join(lines) + "\n").encode()
    with callbacks(execute=True):
        batch = receive_readings(officer, content=content, name="旧读数.csv", keeper=company.pk)
    with callbacks(execute=True):
        take_in(officer, batch.pk)
    return batch


def form_for(actor: Account, company: Organisation, month: date = MARCH) -> bytes:
    """Return the workbook as it is issued."""
    return issue_month_form(actor, keeper=company.pk, month=month)[1]


def filled(content: bytes, rows: dict[int, dict[str, Any]]) -> bytes:
    """Return a workbook after a person filled cells, by the place of the row and the key of the column."""
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    for at, cells in rows.items():
        for key, value in cells.items():
            column = REASON if key == "reason" else COLUMNS[key]
            cell = page.cell(FIRST_ROW + at, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sent(
    actor: Account, company: Organisation, callbacks: Callbacks, content: bytes, **more: Any
) -> LedgerBatch:
    """Send a workbook and have it checked."""
    with callbacks(execute=True):
        batch = receive_month_workbook(actor, content=content, name="三月.xlsx", keeper=company.pk, **more)
    batch.refresh_from_db()
    return batch


def taken(actor: Account, callbacks: Callbacks, batch: LedgerBatch) -> LedgerBatch:
    """Take a checked batch in."""
    with callbacks(execute=True):
        take_in(actor, batch.pk)
    batch.refresh_from_db()
    return batch


def codes(batch: LedgerBatch) -> Iterator[tuple[str, str]]:
    """Yield row and code of each finding of a batch that bars a row."""
    return (
        (each["values"].get("line", ""), each["code"])
        for each in batch.findings
        if each["severity"] != "note"
    )
