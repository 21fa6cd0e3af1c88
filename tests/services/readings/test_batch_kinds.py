"""A batch is read as its kind says, and one that brings no readings is no batch of readings."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import LedgerBatch
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.services.errors import NotThereError
from shuiheng.services.readings.batch_kinds import INTERVAL_CSV, counts_at_once, kind_of
from shuiheng.services.readings.month_workbook import MONTH_WORKBOOK


def test_an_interval_file_is_read_row_by_row() -> None:
    batch = LedgerBatch(kind=INTERVAL_CSV)
    content = "表号,读数时间,读数(m3)\nA-1,2026-03-01 00:00,1\n".encode()
    rows = list(kind_of(batch).read(batch, content))
    assert [
        (each.meter_number, each.register_litres) for each in rows if isinstance(each, ReceivedReading)
    ] == [("A-1", 1000)]
    assert not counts_at_once(batch)


def test_a_monthly_workbook_brings_more_than_readings_and_waits_for_a_person() -> None:
    kind = kind_of(LedgerBatch(kind=MONTH_WORKBOOK))
    assert kind.take is not None and kind.undo is not None and not kind.is_direct


def test_a_kind_that_brings_no_readings_is_not_there() -> None:
    batch = LedgerBatch(pk=1, kind="ledger_workbook")
    assert not counts_at_once(batch)
    with pytest.raises(NotThereError):
        kind_of(batch)
