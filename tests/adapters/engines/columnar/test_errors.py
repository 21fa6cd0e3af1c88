"""Errors of the store say what, why, and what to do next."""

from __future__ import annotations

import pytest

from shuiheng.adapters.engines.columnar.errors import (
    BadEvidenceError,
    BatchClashError,
    DamagedStoreError,
    StoreBusyError,
    UnknownBatchError,
    UnknownSnapshotError,
)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (StoreBusyError("readings", "number 7"), ("columnar.busy", "readings", "number 7", "wait")),
        (BadEvidenceError("b7", "no column meter"), ("columnar.bad_evidence", "b7", "no column", "Give")),
        (BatchClashError("b7"), ("columnar.batch_clash", "b7", "id of their own")),
        (UnknownBatchError("b7"), ("columnar.unknown_batch", "b7", "Look")),
        (UnknownSnapshotError("r"), ("columnar.unknown_snapshot", "r")),
        (DamagedStoreError("x.json", "gone"), ("columnar.damaged", "x.json", "gone", "Restore")),
    ],
)
def test_an_error_names_its_code_its_values_and_the_remedy(error: Exception, words: tuple[str, ...]) -> None:
    assert all(word in str(error) for word in words)
