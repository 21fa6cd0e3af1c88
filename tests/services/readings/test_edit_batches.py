"""An edit is kept as plain words and gives its rows back."""

from __future__ import annotations

import json

from shuiheng.adapters.records.models import LedgerBatch, Meter
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.services.readings.batch_kinds import SetAside, kind_of
from shuiheng.services.readings.edit_batches import EDIT, HeldReading, ReadingChange, edit_content

METER = Meter(number="甲-1")
HELD = {5: HeldReading(litres=9, version="b:1"), 7: HeldReading(litres=None, version="")}


def _content(*changes: ReadingChange) -> bytes:
    return edit_content(METER, changes, HELD)


def test_rows_come_back_in_order_of_time_and_one_without_litres_sets_aside() -> None:
    content = _content(ReadingChange(read_at=7, litres=3), ReadingChange(read_at=5, litres=None))
    batch = LedgerBatch(kind=EDIT)
    rows = list(kind_of(batch).read(batch, content))
    assert rows == [
        SetAside(meter_number="甲-1", read_at=5),
        ReceivedReading(meter_number="甲-1", read_at=7, register_litres=3),
    ]


def test_the_order_in_which_changes_are_given_leaves_no_trace() -> None:
    one, other = ReadingChange(read_at=7, litres=3), ReadingChange(read_at=5, litres=None)
    assert _content(one, other) == _content(other, one)


def test_what_held_before_is_kept_so_that_a_later_edit_of_the_same_words_is_another() -> None:
    change = ReadingChange(read_at=5, litres=3)
    again = edit_content(METER, [change], {5: HeldReading(litres=9, version="b:2")})
    assert _content(change) != again
    assert json.loads(_content(change))["rows"][0]["was_litres"] == 9
