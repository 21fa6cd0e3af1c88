"""Write what meters measured in months from the store into the records, for the months that changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction

from shuiheng.adapters.engines.columnar import Reader
from shuiheng.adapters.records.models import Meter, SettledMonth
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.metering.checks.record import longest_gap
from shuiheng.metering.civil_time import DAY, month_after, start_of
from shuiheng.metering.intervals import intervals_of
from shuiheng.metering.model import Meter as MeterRules
from shuiheng.metering.model import Reading, Volume
from shuiheng.metering.volumes import months, usage_of
from shuiheng.services.readings.reading_store import meter_rules, rules_of_intervals

FIELDS = [
    "as_read_litres",
    "by_time_litres",
    "measured_seconds",
    "spread_seconds",
    "estimated_seconds",
    "missing_seconds",
    "flags",
    "generation",
    "settled_at",
]
_FLAGS = (("rolled", "rolled"), ("spliced", "spliced"), ("unknown", "fell"))


def settle_months(reader: Reader, meters: Iterable[Meter], first: date, last: date) -> int:
    """Settle the months from that of `first` to that of `last` of some meters; return how many rows.

    Volumes as read come from the store's months. Volumes by time, with their seconds, come from
    the plain functions of the core over the readings of those months and their neighbours, so
    that a figure of a page can be made again by hand. Doing it again writes the same rows.

    Args:
        reader: A generation of the store.
        meters: The meters.
        first: A day of the first month.
        last: A day of the last month.
    """
    rules = meter_rules(meters)
    as_read = _as_read(reader, sorted(rules), first, last)
    rows = []
    for key, rule in rules.items():
        for begin, volume in _by_time(reader, rule, first, last).items():
            rows.append(_row(key, begin, volume, as_read.get((key, begin)), reader.manifest.generation))
    with transaction.atomic():
        SettledMonth.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["meter", "month"], update_fields=FIELDS
        )
    return len(rows)


def _as_read(
    reader: Reader, keys: Sequence[int], first: date, last: date
) -> Mapping[tuple[int, date], Mapping[str, int | None]]:
    table = reader.months(keys, first, last).to_pylist()
    return {(row["meter"], row["month"]): row for row in table}


def _by_time(reader: Reader, rule: MeterRules, first: date, last: date) -> dict[date, Volume]:
    """Return the volume by time of each month that holds or is crossed by a reading of the meter."""
    checks = metering_checks().rules
    margin = longest_gap(rule, checks["V2"])
    begin, end = start_of(first.replace(day=1)), start_of(month_after(last))
    table = reader.readings(int(rule.id), begin - margin - DAY, end + margin + DAY)
    readings = [
        Reading(read_at=row["read_at"], register=row["register"])
        for row in table.sort_by("read_at").to_pylist()
    ]
    if not readings:
        return {}
    intervals = intervals_of(rule, readings, rules_of_intervals())
    usage = usage_of(intervals, longest_seconds=margin)
    found = {}
    month = first.replace(day=1)
    for volume in months(usage, first, last):
        if volume.missing_seconds < volume.seconds or _has_reading(readings, volume):
            found[month] = volume
        month = month_after(month)
    return found


def _has_reading(readings: Sequence[Reading], volume: Volume) -> bool:
    """Return whether a reading lies in the period; one alone tells no volume, but that it came."""
    return any(volume.start_at < reading.read_at <= volume.end_at for reading in readings)


def _row(
    key: int, month: date, volume: Volume, read: Mapping[str, int | None] | None, generation: int
) -> SettledMonth:
    known = volume.seconds - volume.missing_seconds
    flags = [flag for name, flag in _FLAGS if read is not None and read[name]]
    return SettledMonth(
        meter_id=key,
        month=month,
        as_read_litres=read["litres"] if read is not None else None,
        by_time_litres=volume.measured_litres + volume.spread_litres if known else None,
        measured_seconds=volume.measured_seconds,
        spread_seconds=volume.spread_seconds,
        estimated_seconds=volume.estimated_seconds,
        missing_seconds=volume.missing_seconds,
        flags=flags,
        generation=generation,
    )
