"""The readings of one meter for its page: what holds and what passed between, hours, nights, versions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from shuiheng.adapters.engines.columnar import Reader
from shuiheng.adapters.records.models import LedgerBatch, Meter, MeterFact
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.kernel import Finding
from shuiheng.metering.checks.record import MeterRecord, hours_of, longest_gap
from shuiheng.metering.civil_time import DAY, HOUR, day_of, end_of, month_after, months_before, start_of
from shuiheng.metering.intervals import interval_between, intervals_of
from shuiheng.metering.model import Interval, Reading
from shuiheng.metering.model import Meter as MeterRules
from shuiheng.metering.volumes import Usage
from shuiheng.services.file_store import kept_content
from shuiheng.services.readings.batch_kinds import SetAside, kind_of
from shuiheng.services.readings.batch_names import batch_of_name
from shuiheng.services.readings.reading_store import meter_rules, reading_store, rules_of_intervals

NEIGHBOUR_MONTHS = (1, 6, 24)
"""How far the reading before and behind is looked for, the next width only when the last found none."""

HOURS_OF_DAY = 24
RECENT_DAYS = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLine:
    """A reading that holds, with what passed since the one before.

    Args:
        reading: The reading.
        interval: From the reading before; None at the very first one.
        is_gap: Whether more time passed than the grid of the meter allows.
    """

    reading: Reading
    interval: Interval | None
    is_gap: bool

    @property
    def litres_a_day(self) -> float | None:
        """Mean flow of the interval in litres a day; None where its volume is not known."""
        if self.interval is None or self.interval.volume_litres is None:
            return None
        return self.interval.volume_litres * DAY / self.interval.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVersion:
    """One row of evidence about an instant.

    Args:
        register_litres: What it says; None says that there is no reading.
        recorded_at: When it was taken in.
        name: Name of its batch in the store.
        batch: The batch; None where the records keep none.
        is_undoing: Whether it was written when that batch was undone.
        row: Its row in the batch.
        holds: Whether it is the one that holds.
    """

    register_litres: int | None
    recorded_at: int
    name: str
    batch: LedgerBatch | None
    is_undoing: bool
    row: int
    holds: bool


def lines_in(meter: Meter, first: date, last: date) -> Sequence[ReadingLine]:
    """Return the readings of a meter from a day to a day, in order of time."""
    rules = meter_rules([meter])[meter.pk]
    start_at, end_at = start_of(first), end_of(last)
    with reading_store().snapshot() as reader:
        around = readings_around(reader, meter.pk, start_at, end_at)
    return lines_of(rules, around, start_at, end_at)


def lines_of(
    rules: MeterRules, readings: Sequence[Reading], start_at: int, end_at: int
) -> Sequence[ReadingLine]:
    """Return the lines of the readings in (start_at, end_at]; those around give the intervals."""
    longest = longest_gap(rules, metering_checks().rules["V2"])
    found = []
    for place, reading in enumerate(readings):
        earlier = readings[place - 1] if place else None
        if not start_at < reading.read_at <= end_at:
            continue
        interval = None
        if earlier is not None:
            interval = interval_between(rules, earlier, reading, rules=rules_of_intervals())
        is_gap = interval is not None and interval.seconds > longest
        found.append(ReadingLine(reading=reading, interval=interval, is_gap=is_gap))
    return found


def readings_around(reader: Reader, meter: int, start_at: int, end_at: int) -> list[Reading]:
    """Return the readings in (start_at, end_at] with the last one before and the first one behind."""
    first, last = day_of(start_at + 1).replace(day=1), day_of(end_at).replace(day=1)
    table = reader.readings_of([meter], start_of(first), start_of(month_after(last)))
    columns = (table["read_at"].to_pylist(), table["register"].to_pylist())
    known = [Reading(read_at=at, register=register) for at, register in zip(*columns, strict=True)]
    if not known or known[0].read_at > start_at:
        known = [*_neighbour(reader, meter, first, is_before=True), *known]
    if not known or known[-1].read_at <= end_at:
        known = [*known, *_neighbour(reader, meter, last, is_before=False)]
    begin = max((i for i, each in enumerate(known) if each.read_at <= start_at), default=0)
    end = min((i for i, each in enumerate(known) if each.read_at > end_at), default=len(known) - 1)
    return known[begin : end + 1]


def newest_day(meter: Meter) -> date | None:
    """Return the day of the newest reading of a meter, None when it has none."""
    with reading_store().snapshot() as reader:
        months = sorted(reader.manifest.months, reverse=True)
        for number in months:
            day = date(1970 + number // 12, number % 12 + 1, 1)
            rows = reader.months([meter.pk], day, day).to_pylist()
            if rows:
                return day_of(rows[0]["last_at"])
    return None


def hours_in(meter: Meter, first: date, last: date) -> Mapping[date, Sequence[int | None]]:
    """Return the litres of the 24 hours of each day; None where no reading tells the hour whole.

    Hours come from intervals of an hour or less; a meter that is read more seldom has none.
    """
    rules = meter_rules([meter])[meter.pk]
    with reading_store().snapshot() as reader:
        readings = readings_around(reader, meter.pk, start_of(first), end_of(last))
    told = hours_of(_record(rules, readings))
    found = {}
    for place in range((last - first).days + 1):
        day = first + timedelta(days=place)
        begin = start_of(day)
        found[day] = [told.get(begin + hour * HOUR) for hour in range(HOURS_OF_DAY)]
    return found


def nights_in(meter: Meter, first: date, last: date) -> Mapping[date, int]:
    """Return the litres from two to four o'clock of each night whose two readings are there."""
    with reading_store().snapshot() as reader:
        table = reader.nights([meter.pk], first, last)
    days, litres = (table.column(place).to_pylist() for place in (1, 2))
    return {day: each for day, each in zip(days, litres, strict=True) if each is not None}


def versions_at(meter: Meter, read_at: int) -> Sequence[KnownVersion]:
    """Return everything that was ever said of a meter at an instant, the newest last."""
    return versions_at_each(meter, [read_at])[read_at]


def versions_at_each(meter: Meter, instants: Collection[int]) -> Mapping[int, Sequence[KnownVersion]]:
    """Return everything that was ever said of a meter at some instants, the newest last of each."""
    told: dict[int, list[Mapping[str, Any]]] = {at: [] for at in instants}
    if told:
        with reading_store().snapshot() as reader:
            table = reader.readings(meter.pk, min(told) - 1, max(told), with_versions=True)
        for row in table.to_pylist():
            told.get(row["read_at"], []).append(row)
    keys = {batch_of_name(row["batch"]) for rows in told.values() for row in rows} - {None}
    batches = LedgerBatch.objects.select_related("made_by").in_bulk({key[0] for key in keys if key})
    return {
        at: [_version(row, batches, holds=place == len(rows) - 1) for place, row in enumerate(rows)]
        for at, rows in told.items()
    }


def rows_as_sent(
    batch: LedgerBatch, meter: Meter, read_at: int
) -> Sequence[tuple[int, ReceivedReading | SetAside]]:
    """Return the rows of the kept file of a batch that are about a meter at an instant, with their place.

    The file is read again from its begin; rows count from one, those that could not be read too.

    Raises:
        NotThereError: The file is gone.
    """
    names = {meter.number} | set(
        MeterFact.objects.filter(subject=meter)
        .exclude(telemetry_id="")
        .values_list("telemetry_id", flat=True)
    )
    found = []
    rows = kind_of(batch).read(batch, kept_content(batch.stored_name))
    for place, row in enumerate(rows, start=1):
        if isinstance(row, Finding):
            continue
        if row.read_at == read_at and row.meter_number in names:
            found.append((place, row))
    return found


def _version(row: Mapping[str, Any], batches: Mapping[int, LedgerBatch], *, holds: bool) -> KnownVersion:
    key = batch_of_name(row["batch"])
    return KnownVersion(
        register_litres=row["register"],
        recorded_at=row["recorded_at"],
        name=row["batch"],
        batch=batches.get(key[0]) if key else None,
        is_undoing=bool(key and key[1]),
        row=row["row"],
        holds=holds,
    )


def _record(rules: MeterRules, readings: Iterable[Reading]) -> MeterRecord:
    told = tuple(readings)
    intervals = intervals_of(rules, told, rules_of_intervals())
    return MeterRecord(
        meter=rules, versions=(), readings=told, intervals=intervals, usage=Usage(spreads=()), known_at=0
    )


def _neighbour(reader: Reader, meter: int, month: date, *, is_before: bool) -> list[Reading]:
    """Return the last reading before a month, or the first one behind it, if there is one."""
    for narrow, wide in pairwise((0, *NEIGHBOUR_MONTHS)):
        near, far = (months_before(month, each if is_before else -each) for each in (narrow + 1, wide))
        rows = reader.months([meter], min(near, far), max(near, far)).to_pylist()
        if rows and is_before:
            return [_reading(max(rows, key=lambda row: row["month"]), "last")]
        if rows:
            return [_reading(min(rows, key=lambda row: row["month"]), "first")]
    return []


def _reading(row: Mapping[str, Any], which: str) -> Reading:
    return Reading(read_at=row[f"{which}_at"], register=row[which])
