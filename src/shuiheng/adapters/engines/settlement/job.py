"""What is to be settled: the store, the period, the kinds of answers, the ranges of meters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from shuiheng.adapters.engines.columnar.manifest import Batch, Manifest
from shuiheng.adapters.engines.columnar.meters import empty_book, read_book
from shuiheng.adapters.engines.columnar.months import day_number, month_number
from shuiheng.adapters.engines.settlement.errors import NothingToSettleError
from shuiheng.adapters.engines.settlement.ranges import MOST_READINGS, bounds_of
from shuiheng.metering.checks.rule import CheckRule
from shuiheng.metering.civil_time import day_of
from shuiheng.metering.model import IntervalRules
from shuiheng.metering.month_volumes import DatedProfile

KINDS = ("months", "days", "nights", "quality", "by_time", "readings")
"""Volumes as read by month and day, nights, how meters were read, volumes by time, readings that hold."""

USUAL_KINDS = KINDS[:-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementRules:
    """What the rulebook and the ledger say of intervals.

    Args:
        intervals: When a fall of a register is noise, and when a rollover.
        gaps: How long an interval may be to count as measured (check V2).
        profiles: By which profiles intervals lie over time, by meter id; evenly where it is not named.
    """

    intervals: IntervalRules
    gaps: CheckRule
    profiles: Mapping[int, tuple[DatedProfile, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for.

    Args:
        from_on: First day; None for that of the first reading.
        to_on: Last day; None for that of the last reading.
        kinds: Kinds of answers. Months that the period cuts are given whole.
        most_readings: Readings of a month for which a range of meters is cut.
    """

    from_on: date | None = None
    to_on: date | None = None
    kinds: tuple[str, ...] = USUAL_KINDS
    most_readings: int = MOST_READINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleJob:
    """All that a machine must know to settle a range of meters. Nothing in it is open or bound to a process.

    Args:
        store: Folder of the store, the same on every machine.
        out: Folder into which the answers are written, the same on every machine.
        generation: Generation of the store.
        meters: File of the meters.
        events: File of their events, empty when there are none.
        batches: Batches that the generation has settled, in order of id.
        rules: What the rulebook says.
        from_on: First day.
        to_on: Last day.
        kinds: Kinds of answers.
        bounds: First meter id of each range of meters but the first.
    """

    store: Path
    out: Path
    generation: int
    meters: str
    events: str
    batches: tuple[Batch, ...]
    rules: SettlementRules
    from_on: date
    to_on: date
    kinds: tuple[str, ...]
    bounds: tuple[int, ...]

    @property
    def months(self) -> range:
        """The months of the period, counted from 1970-01."""
        return range(month_number(self.from_on), month_number(self.to_on) + 1)

    @property
    def days(self) -> tuple[int, int]:
        """First and last day of the period, counted from 1970-01-01."""
        return day_number(self.from_on), day_number(self.to_on)

    @property
    def ranges(self) -> int:
        """Number of ranges of meters."""
        return len(self.bounds) + 1


def job_for(store: Path, manifest: Manifest, *, out: Path, rules: SettlementRules, asked: Asked) -> SettleJob:
    """Return the job for what is asked of a generation.

    Batches that wait to be settled are left out: the answers are those of the generation.

    Args:
        store: Folder of the store.
        manifest: The generation, which must be pinned while the job runs.
        out: Folder into which the answers are written.
        rules: What the rulebook says.
        asked: What is asked for.

    Raises:
        NothingToSettleError: There is no reading, or the period ends before it begins.
    """
    batches = sorted((each for each in manifest.batches if each.is_settled and each.rows), key=_id)
    if not batches:
        raise NothingToSettleError("the store holds no settled readings")
    from_on = asked.from_on or day_of(min(batch.first_at for batch in batches))
    to_on = asked.to_on or day_of(max(batch.last_at for batch in batches))
    if to_on < from_on:
        raise NothingToSettleError(f"{to_on} is before {from_on}")
    book = read_book(store / "state" / manifest.meters) if manifest.meters else empty_book()
    return SettleJob(
        store=store,
        out=out,
        generation=manifest.generation,
        meters=manifest.meters,
        events=manifest.events,
        batches=tuple(batches),
        rules=rules,
        from_on=from_on,
        to_on=to_on,
        kinds=tuple(kind for kind in KINDS if kind in asked.kinds),
        bounds=bounds_of(book, most_readings=asked.most_readings),
    )


def _id(batch: Batch) -> str:
    return batch.id
