"""What a job covers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from adapters.engines.columnar.worlds import batch_table, random_world, store_at
from adapters.engines.settlement.stores import filled, job_of
from shuiheng.adapters.engines.settlement import Asked
from shuiheng.adapters.engines.settlement.errors import NothingToSettleError
from shuiheng.adapters.engines.settlement.job import KINDS
from shuiheng.cli import settle_command


def test_without_a_period_all_readings_are_covered(tmp_path: Path) -> None:
    with filled(tmp_path / "store", random_world(1, days=3)).snapshot() as reader:
        job = job_of(reader, tmp_path / "out")
    assert (job.from_on, job.to_on) == (date(2025, 1, 29), date(2025, 2, 1))
    assert list(job.months) == [55 * 12, 55 * 12 + 1]
    assert job.days == (date(2025, 1, 29).toordinal() - 719163, date(2025, 2, 1).toordinal() - 719163)


def test_batches_that_wait_are_left_out(tmp_path: Path) -> None:
    store = filled(tmp_path / "store", random_world(1, days=3))
    with store.writer() as writer:
        writer.append("late", batch_table([(3, 1_800_000_000, 1, 1_800_000_000)]), settle=False)
    with store.snapshot() as reader:
        job = job_of(reader, tmp_path / "out")
    assert "late" not in {batch.id for batch in job.batches}


def test_a_store_without_readings_and_a_period_that_ends_before_it_begins_are_refused(tmp_path: Path) -> None:
    with store_at(tmp_path / "empty").snapshot() as reader, pytest.raises(NothingToSettleError):
        job_of(reader, tmp_path / "none")
    asked = Asked(from_on=date(2025, 2, 2), to_on=date(2025, 2, 1))
    with (
        filled(tmp_path / "store", random_world(1, days=2)).snapshot() as reader,
        pytest.raises(NothingToSettleError, match="2025-02-01 is before 2025-02-02"),
    ):
        job_of(reader, tmp_path / "out", asked)


def test_the_command_offers_every_kind() -> None:
    assert settle_command.KINDS == KINDS
