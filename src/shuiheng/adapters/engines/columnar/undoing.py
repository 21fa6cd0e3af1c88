"""The versions that undo a batch: what it had overwritten is written again, the rest is withdrawn."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from shuiheng.adapters.engines.columnar.evidence import EvidenceFiles, Piece, Versions, concatenated
from shuiheng.adapters.engines.columnar.manifest import Batch
from shuiheng.adapters.engines.columnar.meters import MeterBook
from shuiheng.metering.kernels import are_in, latest_rows
from shuiheng.metering.rule_arrays import key_of
from shuiheng.metering.tables import WITHDRAWN


def versions_that_undo(
    folder: Path, batch: Batch, *, pieces: list[Piece], book: MeterBook, recorded_at: int
) -> Versions:
    """Return the versions that bring the store back to what was known without a batch.

    The same as `metering.versions.versions_that_undo` for all meters at once. Instants at
    which a later version of another batch holds are left alone.
    """
    files = EvidenceFiles(folder)
    try:
        own = [files.read(piece) for piece in pieces if piece.batch.id == batch.id]
        ours = concatenated(own)
        keys = np.unique(key_of(book.index_of(ours.meter), ours.read_at))
        parts, is_own = [], []
        for piece in sorted(pieces, key=lambda each: (each.batch.id, each.group)):
            if piece.read_to >= batch.first_at and piece.read_from <= batch.last_at:
                versions = files.read(piece)
                chosen = are_in(key_of(book.index_of(versions.meter), versions.read_at), keys)
                parts.append(versions.at(chosen))
                is_own.append(np.full(int(chosen.sum()), piece.batch.id == batch.id))
    finally:
        files.close()
    return _undoing(concatenated(parts), np.concatenate(is_own), book, recorded_at)


def _undoing(versions: Versions, is_own: np.ndarray, book: MeterBook, recorded_at: int) -> Versions:
    order = np.argsort(versions.recorded_at, kind="stable")
    versions, is_own = versions.at(order), is_own[order]
    meter = book.index_of(versions.meter)
    held = latest_rows(meter, versions.read_at, is_own.astype(np.int64))
    undone = held.at(held.register == 1)
    others = versions.at(~is_own)
    before = latest_rows(book.index_of(others.meter), others.read_at, others.register)
    register = np.full(len(undone), WITHDRAWN, np.int64)
    if len(before):
        place = np.minimum(np.searchsorted(before.keys, undone.keys), len(before) - 1)
        register = np.where(before.keys[place] == undone.keys, before.register[place], WITHDRAWN)
    return Versions(
        meter=book.ids[undone.meter],
        read_at=undone.read_at,
        register=register,
        recorded_at=np.full(len(undone), recorded_at, np.int64),
    )
