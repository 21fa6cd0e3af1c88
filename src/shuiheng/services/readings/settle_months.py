"""Write what meters measured in months from the store into the records, for the months that changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction

from shuiheng.adapters.engines.columnar import Reader
from shuiheng.adapters.records.models import Meter, SettledMonth
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.metering.checks.record import longest_gap
from shuiheng.metering.civil_time import month_after, months_before, start_of
from shuiheng.metering.model import Meter as MeterRules
from shuiheng.metering.model import Reading, Volume
from shuiheng.metering.month_volumes import MonthOfMeter, SpreadRules, volume_by_time
from shuiheng.services.readings.profiles_in_force import ProfileOn, profiles_in_force
from shuiheng.services.readings.reading_store import RECALL_MONTHS, meter_rules, rules_of_intervals

LONGEST_PROFILES = 60

FIELDS = [
    "as_read_litres",
    "by_time_litres",
    "measured_seconds",
    "spread_seconds",
    "estimated_litres",
    "estimated_seconds",
    "missing_seconds",
    "rung",
    "profile",
    "flags",
    "generation",
    "settled_at",
]
_FLAGS = (("rolled", "rolled"), ("spliced", "spliced"), ("unknown", "fell"))
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Month:
    """A month of a meter: its row of the store, the last reading before it and the first behind it."""

    meter: MeterRules
    begin: date
    row: Row | None
    before: Reading | None
    behind: Reading | None
    spreading: SpreadRules

    @property
    def needs_all(self) -> bool:
        """Whether only all its readings tell its volume, and not the first and the last alone."""
        row = self.row
        if row is None:
            return False
        is_unknown = row["litres"] is None or bool(row["unknown"])
        return is_unknown or bool(row["gap"] > self.spreading.longest_seconds)


class SettledSpan(NamedTuple):
    """How many rows were written, and the first of their months."""

    rows: int
    first: date


def settle_months(reader: Reader, meters: Iterable[Meter], first: date, last: date) -> SettledSpan:
    """Settle the months from that of `first` to that of `last` of some meters.

    A reading also moves the shares of the months between it and its neighbours, so each meter is
    settled from the month of its last reading before to that of its first reading behind.
    Volumes as read come from the store's months. Volumes by time are those of the core over all
    readings; where a month holds no gap, fall or swap, its first and last reading suffice. Doing
    it again writes the same rows; a month of which nothing is known any more loses its row.

    Args:
        reader: A generation of the store.
        meters: The meters.
        first: A day of the first month.
        last: A day of the last month.
    """
    meters = list(meters)
    rules, profile_on = meter_rules(meters), profiles_in_force(meters)
    first, last = first.replace(day=1), last.replace(day=1)
    store = _rows_of(reader, rules, first, last)
    months = [month for key in store for month in _months(store[key], rules[key], profile_on, (first, last))]
    inner = _inner_readings(reader, [month for month in months if month.needs_all])
    rows = [_row(month, _by_time(month, inner), reader.manifest.generation) for month in months]
    with transaction.atomic():
        SettledMonth.objects.filter(pk__in=_over(rows, store, rules, first, last)).delete()
        SettledMonth.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["meter", "month"], update_fields=FIELDS
        )
    return SettledSpan(len(rows), min((row.month for row in rows), default=first))


def _rows_of(
    reader: Reader, rules: Mapping[int, MeterRules], first: date, last: date
) -> Mapping[int, Mapping[date, Row]]:
    """Return the rows of the store by meter and month, with those of the neighbours."""
    begin, end = months_before(first, RECALL_MONTHS), months_before(last, -RECALL_MONTHS)
    found: dict[int, dict[date, Row]] = defaultdict(dict)
    for row in reader.months(sorted(rules), begin, end).to_pylist():
        found[row["meter"]][row["month"]] = row
    return found


def _span(months: Iterable[date], first: date, last: date) -> tuple[date, date]:
    """Return the months of the neighbours of a meter; the ends of all time where there is none."""
    known = list(months)
    before = max((each for each in known if each < first), default=date.min)
    return before, min((each for each in known if each > last), default=date.max)


def _over(
    rows: Sequence[SettledMonth],
    store: Mapping[int, Mapping[date, Row]],
    meters: Iterable[int],
    first: date,
    last: date,
) -> list[int]:
    """Return the keys of standing rows between the neighbours of which nothing is known any more."""
    wanted = {(row.meter_id, row.month) for row in rows}
    spans = {meter: _span(store.get(meter, ()), first, last) for meter in meters}
    standing = SettledMonth.objects.filter(meter__in=spans).values_list("pk", "meter", "month")
    return [
        key
        for key, meter, month in standing
        if (meter, month) not in wanted and spans[meter][0] <= month <= spans[meter][1]
    ]


def _months(
    rows: Mapping[date, Row], meter: MeterRules, profile_on: ProfileOn, asked: tuple[date, date]
) -> Iterator[_Month]:
    """Yield the months that hold a reading of a meter, or lie between two, up to its neighbours."""
    spreading = SpreadRules(
        rules=rules_of_intervals(),
        longest_seconds=longest_gap(meter, metering_checks().rules["V2"]),
        profile_on=partial(profile_on, int(meter.id)),
    )
    ordered = sorted(rows)
    before, behind = _span(ordered, *asked)
    month = asked[0] if before == date.min else before
    newest = asked[1] if behind == date.max else behind
    while month <= newest:
        earlier = [each for each in ordered if each < month]
        later = [each for each in ordered if each > month]
        found = _Month(
            meter=meter,
            begin=month,
            row=rows.get(month),
            before=_last(rows[earlier[-1]]) if earlier else None,
            behind=_first(rows[later[0]]) if later else None,
            spreading=spreading,
        )
        if found.row is not None or (found.before is not None and found.behind is not None):
            yield found
        month = month_after(month)


def _inner_readings(reader: Reader, months: Sequence[_Month]) -> dict[tuple[str, date], list[Reading]]:
    """Return all readings of months that need them, asked for month by month."""
    found: dict[tuple[str, date], list[Reading]] = {}
    for begin, group in groupby(sorted(months, key=lambda each: each.begin), key=lambda each: each.begin):
        meters = sorted({int(each.meter.id) for each in group})
        table = reader.readings_of(meters, start_of(begin), start_of(month_after(begin)))
        for meter, read_at, register in zip(
            *(table[name].to_pylist() for name in table.column_names), strict=True
        ):
            found.setdefault((str(meter), begin), []).append(Reading(read_at=read_at, register=register))
    return found


def _by_time(month: _Month, inner: Mapping[tuple[str, date], list[Reading]]) -> Volume:
    """Return the volume by time of a month, as the core gives it over all readings."""
    readings: Sequence[Reading] = ()
    if month.needs_all:
        readings = inner[month.meter.id, month.begin]
    elif month.row is not None:
        readings = (_first(month.row), _last(month.row))
    of_meter = MonthOfMeter(
        begin=month.begin,
        before=month.before,
        readings=tuple(readings),
        behind=month.behind,
        plain_litres=None if month.row is None or month.needs_all else month.row["litres"],
    )
    return volume_by_time(month.meter, of_meter, spreading=month.spreading)


def _first(row: Row) -> Reading:
    return Reading(read_at=row["first_at"], register=row["first"])


def _last(row: Row) -> Reading:
    return Reading(read_at=row["last_at"], register=row["last"])


def _row(month: _Month, by_time: Volume, generation: int) -> SettledMonth:
    flags = [flag for name, flag in _FLAGS if month.row is not None and month.row[name]]
    return SettledMonth(
        meter_id=int(month.meter.id),
        month=month.begin,
        as_read_litres=month.row["litres"] if month.row is not None else None,
        by_time_litres=by_time.litres,
        measured_seconds=by_time.measured_seconds,
        spread_seconds=by_time.spread_seconds,
        estimated_seconds=by_time.estimated_seconds,
        missing_seconds=by_time.missing_seconds,
        profile=",".join(by_time.profiles)[:LONGEST_PROFILES],
        flags=flags,
        generation=generation,
    )
