"""What happens when a commit fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.engines.columnar.test_writer import hours, litres_of_months
from adapters.engines.columnar.worlds import START, batch_table, event_table, store_at
from shuiheng.adapters.engines.columnar import session
from shuiheng.adapters.engines.columnar.session import events_between
from shuiheng.metering.model import EventKind, Meter, MeterEvent


def test_a_commit_that_fails_changes_nothing_and_the_next_one_goes_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_at(tmp_path)
    with store.writer() as writer:
        writer.append("a", batch_table(hours(1, [10, 25])))
        with monkeypatch.context() as patch:

            def full(*_: object) -> None:
                raise OSError(28, "No space left on device")

            patch.setattr(session, "write_manifest", full)
            with pytest.raises(OSError, match="No space"):
                writer.append("b", batch_table(hours(1, [10, 99], recorded_at=START + 10**6)))
        with store.snapshot() as reader:
            assert next(iter(litres_of_months(reader).values())) == 15
        assert writer.append("b", batch_table(hours(1, [10, 99], recorded_at=START + 10**6)))
        with store.snapshot() as reader:
            assert next(iter(litres_of_months(reader).values())) == 89


def test_the_events_that_differ_are_named_once() -> None:
    one, other = (MeterEvent(at=at, kind=EventKind.SWAP, final=1, start=0) for at in (5, 6))
    left = event_table({1: Meter(id="1", events=(one, other))})
    right = event_table({1: Meter(id="1", events=(other,))})
    assert [row["at"] for row in events_between(left, right)] == [5]
