"""Which reading holds, out of all versions that arrived."""

from __future__ import annotations

from collections.abc import Iterable

from shuiheng.metering.errors import RowsClashError
from shuiheng.metering.model import Reading, Version


def effective_versions(versions: Iterable[Version], *, known_at: int | None = None) -> tuple[Version, ...]:
    """Return the version that holds at each instant of one meter, withdrawals too, in order of time.

    The greatest (recorded_at, batch, row) holds. The order in which versions are given
    does not matter, and a version that is given again changes nothing.

    Args:
        versions: Versions of one meter.
        known_at: Take only what was recorded up to then; None takes all.

    Raises:
        RowsClashError: Two versions of an instant are the same row of a batch, with two registers.
    """
    best: dict[int, Version] = {}
    for version in versions:
        if known_at is not None and version.recorded_at > known_at:
            continue
        held = best.get(version.read_at)
        if held is None or _rank(version) > _rank(held):
            best[version.read_at] = version
        elif _rank(version) == _rank(held) and version.register != held.register:
            raise RowsClashError(version.meter, version.batch, version.row)
    return tuple(best[read_at] for read_at in sorted(best))


def effective_readings(versions: Iterable[Version], *, known_at: int | None = None) -> tuple[Reading, ...]:
    """Return the readings of one meter that hold, in order of time (有效读数).

    Raises:
        RowsClashError: Two versions of an instant are the same row of a batch, with two registers.
    """
    return tuple(
        Reading(read_at=version.read_at, register=version.register)
        for version in effective_versions(versions, known_at=known_at)
        if version.register is not None
    )


def versions_that_undo(
    versions: Iterable[Version], *, batch: str, recorded_at: int, new_batch: str
) -> tuple[Version, ...]:
    """Return the versions that bring one meter back to what was known without a batch (撤销批次).

    Where the batch had overwritten an older version, that one is written again; where it
    was the only one, a version without register withdraws it. Instants at which a later
    version holds are left alone.
    """
    kept = tuple(versions)
    without = {
        version.read_at: version.register
        for version in effective_versions(each for each in kept if each.batch != batch)
    }
    undone = [version for version in effective_versions(kept) if version.batch == batch]
    return tuple(
        Version(
            meter=version.meter,
            read_at=version.read_at,
            register=without.get(version.read_at),
            recorded_at=recorded_at,
            batch=new_batch,
            row=row,
        )
        for row, version in enumerate(undone)
    )


def _rank(version: Version) -> tuple[int, str, int]:
    return version.recorded_at, version.batch, version.row
