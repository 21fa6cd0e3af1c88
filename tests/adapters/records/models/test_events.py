"""What the database refuses on the log and its seals."""

from __future__ import annotations

import pytest

from access.rows import Rows
from shuiheng.adapters.records.models import Event, Seal, SealedEvent

from .refusals import breaks, keeps


@pytest.mark.parametrize("table", [Event, Seal, SealedEvent])
def test_the_log_and_its_seals_are_neither_changed_nor_deleted(rows: Rows, table: type) -> None:
    keeps(rows.row(table))


def test_an_event_stands_in_one_seal_at_one_place(rows: Rows) -> None:
    sealed = rows.row(SealedEvent)
    breaks("event", lambda: rows.make(SealedEvent, place=sealed.place + 1))
    breaks("one_event_per_place", lambda: rows.make(SealedEvent, event=rows.make(Event), place=sealed.place))


def test_a_seal_has_a_number_and_an_event_a_key_of_its_own(rows: Rows) -> None:
    breaks("sequence", lambda: rows.make(Seal, sequence=rows.row(Seal).sequence))
    breaks("key", lambda: rows.make(Event, key=rows.row(Event).key))
