"""Evidence: forms, refusals, bounds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from adapters.engines.columnar.worlds import RULES, batch_table
from shuiheng.adapters.engines.columnar import BadEvidenceError, evidence, open_store
from shuiheng.adapters.engines.columnar.evidence import (
    CUBIC_METRES_LOCAL,
    LITRES,
    EvidenceFiles,
    checksum_of,
    concatenated,
    evidence_table,
    pieces_of,
    versions_of,
)
from shuiheng.metering.civil_time import start_of
from shuiheng.metering.tables import WITHDRAWN


def _landing(values: list[float]) -> pa.Table:
    at = [datetime(2025, 1, 1, hour, 0) for hour in range(1, len(values) + 1)]  # noqa: DTZ001 - local time is the form
    return pa.table(
        {
            "meter_id": pa.array([4] * len(values), pa.int32()),
            "ts": pa.array(at, pa.timestamp("us")),
            "value": pa.array(values),
            "recorded_at": pa.array(at, pa.timestamp("us")),
        }
    )


def test_cubic_metres_in_local_time_become_litres_and_seconds() -> None:
    versions = versions_of(_landing([12.345, 0.0009999999]), CUBIC_METRES_LOCAL, "b")
    assert versions.register.tolist() == [12345, 1]
    assert versions.read_at[0] == start_of(datetime(2025, 1, 1).date()) + 3600  # noqa: DTZ001 - a day only


@pytest.mark.parametrize("value", [12.3456, float("nan"), float("inf")])
def test_a_value_that_is_finer_than_a_litre_or_no_number_is_refused(value: float) -> None:
    with pytest.raises(BadEvidenceError, match="finer"):
        versions_of(_landing([value]), CUBIC_METRES_LOCAL, "b")


def test_every_stretch_of_values_is_converted_and_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "ROWS_AT_ONCE", 2)
    versions = versions_of(_landing([0.001, 0.002, 0.003, 0.004, 0.005]), CUBIC_METRES_LOCAL, "b")
    assert versions.register.tolist() == [1, 2, 3, 4, 5]
    assert np.diff(versions.read_at).tolist() == np.diff(versions.recorded_at).tolist() == [3600] * 4
    with pytest.raises(BadEvidenceError, match="finer"):
        versions_of(_landing([0.001, 0.002, 0.003, 0.004, 0.0005]), CUBIC_METRES_LOCAL, "b")


@pytest.mark.parametrize(("recorded", "stretches"), [((5, 5, 6, 7, 9), [2, 2, 1]), ((5, 9, 6, 9, 5), [5])])
def test_a_piece_is_read_by_stretches_where_it_stands_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recorded: tuple[int, ...], stretches: list[int]
) -> None:
    monkeypatch.setattr(evidence, "ROWS_OF_STRETCH", 2)
    rows = [(1, 10 + place, place, at) for place, at in enumerate(recorded)]
    with open_store(tmp_path, rules=RULES).writer() as writer:
        writer.append("b", batch_table(rows))
        (piece,) = pieces_of(tmp_path, writer.manifest.batches[0])
    files = EvidenceFiles(tmp_path)
    parts = list(files.read_in_order(piece))
    files.close()
    assert [len(part) for part in parts] == stretches
    in_order = sorted(rows, key=lambda row: row[3])
    assert concatenated(parts).recorded_at.tolist() == [row[3] for row in in_order]
    assert concatenated(parts).register.tolist() == [row[2] for row in in_order]


def test_64_bit_registers_and_withdrawals_come_back_from_a_table() -> None:
    rows = [(2**40, 10, 2**62, 11), (1, 12, None, 13)]
    versions = versions_of(batch_table(rows), LITRES, "b")
    assert versions.register.tolist() == [2**62, WITHDRAWN]
    again = versions_of(evidence_table(versions), LITRES, "b")
    assert checksum_of(again) == checksum_of(versions)
    assert checksum_of(versions.at(np.array([1, 0]))) != checksum_of(versions)


def test_the_bounds_of_a_file_are_in_seconds_of_utc(tmp_path: Path) -> None:
    path = tmp_path / "landing.parquet"
    pq.write_table(_landing([1.0, 2.0, 4.5]), path, row_group_size=2)
    with open_store(tmp_path / "s", rules=RULES).writer() as writer:
        assert writer.append_files({"x": path}) == 1
        assert writer.append_files({"x": path}) == 0
        batch = writer.manifest.batches[0]
        pieces = pieces_of(tmp_path / "s", batch)
        first = start_of(datetime(2025, 1, 1).date()) + 3600  # noqa: DTZ001 - a day only
        assert [(piece.read_from, piece.read_to) for piece in pieces] == [
            (first, first + 3600),
            (first + 7200, first + 7200),
        ]
        assert (batch.first_at, batch.last_at) == (first, first + 7200)


def test_a_file_with_a_bad_value_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "landing.parquet"
    pq.write_table(_landing([1.0, 2.00001]), path)
    with open_store(tmp_path / "s", rules=RULES).writer() as writer:
        with pytest.raises(BadEvidenceError):
            writer.append_files({"x": path})
        assert not writer.manifest.batches and not list((tmp_path / "s" / "evidence").iterdir())
        with pytest.raises(BadEvidenceError, match="no column"):
            writer.append_files({"x": path}, form=LITRES)
