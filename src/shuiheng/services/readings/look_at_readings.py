"""The readings of one meter for a program: those that hold, or all that was ever said, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shuiheng.adapters.records.models import Meter
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.readings.batch_names import batch_of_name
from shuiheng.services.readings.reading_store import reading_store
from shuiheng.services.scope import row_for

LONGEST_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReading:
    """A reading that holds, or one version of what was said of an instant.

    Args:
        read_at: UTC seconds.
        register_litres: What the register showed; None where a version says that there is no reading.
        recorded_at: When it was taken in, UTC seconds; None where only what holds was asked for.
        batch: Key of its batch, None where the records keep none or only what holds was asked for.
    """

    read_at: int
    register_litres: int | None
    recorded_at: int | None = None
    batch: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingsPage:
    """One helping of readings in order of time; `following` asks for the next, None at the end."""

    rows: Sequence[KeptReading]
    following: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReadings:
    """Which readings of a meter are asked for: those in (from_at, to_at].

    Args:
        from_at: Instant, not part of it.
        to_at: Instant, part of it.
        after: UTC seconds up to which the caller has them already.
        limit: How many at the least, if there are so many.
        with_versions: Give everything that was said, with when and by which batch.
    """

    from_at: datetime
    to_at: datetime
    after: int = 0
    limit: int = 1000
    with_versions: bool = False


def look_at_readings(actor: Actor, key: int, asked: AskedReadings) -> ReadingsPage:
    """Return readings of a meter.

    Versions of one instant are never parted, so that a page may be a little longer than asked for.

    Args:
        actor: Who asks.
        key: Key of the meter.
        asked: Which readings.

    Raises:
        ServiceError: `readings.period_too_long`.
        NotThereError, NotPermittedError: The meter is not the actor's.
    """
    account = require(actor, Action.READINGS_LOOK)
    meter = row_for(account, Action.READINGS_LOOK, Meter, pk=key)
    if asked.to_at - asked.from_at > timedelta(days=LONGEST_DAYS):
        raise ServiceError("readings.period_too_long", days=str(LONGEST_DAYS))
    begin, end = max(int(asked.from_at.timestamp()), asked.after), int(asked.to_at.timestamp())
    if end <= begin:
        return ReadingsPage(rows=(), following=None)
    with reading_store().snapshot() as reader:
        table = reader.readings(meter.pk, begin, end, with_versions=asked.with_versions)
    instants = table["read_at"].to_pylist()
    count = min(asked.limit, len(instants))
    while 0 < count < len(instants) and instants[count] == instants[count - 1]:
        count += 1
    rows = [_kept(row) for row in table.slice(0, count).to_pylist()]
    return ReadingsPage(rows=rows, following=rows[-1].read_at if count < len(instants) else None)


def _kept(row: dict[str, int | str | None]) -> KeptReading:
    batch = batch_of_name(str(row.get("batch", "")))
    recorded = row.get("recorded_at")
    register = row["register"]
    return KeptReading(
        read_at=int(row["read_at"] or 0),
        register_litres=None if register is None else int(register),
        recorded_at=None if recorded is None else int(recorded),
        batch=batch[0] if batch else None,
    )
