"""A meter with readings that came in by a file, as tests of its page and its edits need it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pytest_django import DjangoCaptureOnCommitCallbacks

from office import the_office
from shuiheng.adapters.records.models import Account, LedgerBatch, Meter, Organisation
from shuiheng.metering.civil_time import local_words
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.readings.take_readings import receive_readings, take_in

Callbacks = DjangoCaptureOnCommitCallbacks
FIRST = date(2025, 1, 1)
Told = Sequence[tuple[int, int]]


def some_meter(
    officer: Account,
    number: str = "A-1",
    *,
    user: int | None = None,
    keeper: Organisation | None = None,
    **fields: object,
) -> Meter:
    """Return a meter in the ledger."""
    new = NewMeter(number=number, keeper=(keeper or the_office()).pk, user=user)
    return add_meter(officer, new, MeterFields(**fields), valid_from=FIRST)  # type: ignore[arg-type]


def told(officer: Account, meter: Meter, readings: Told, callbacks: Callbacks) -> LedgerBatch:
    """Take readings (instant and litres) of a meter in by a file, as an officer would."""
    rows = [f"{meter.number},{local_words(at)},{litres / 1000:.3f}" for at, litres in readings]
    content = "\n".join(["表号,读数时间,读数(m3)", *rows, ""]).encode()
    with callbacks(execute=True):
        batch = receive_readings(officer, content=content, name="读数.csv", keeper=meter.keeper_id)
    with callbacks(execute=True):
        take_in(officer, batch.pk)
    batch.refresh_from_db()
    assert batch.state == "taken", batch.findings
    return batch
