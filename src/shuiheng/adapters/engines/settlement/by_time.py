"""Volumes by time of the months of many meters, from their months as read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from shuiheng.adapters.engines.columnar.answers import dates_of
from shuiheng.adapters.engines.columnar.months import EPOCH, first_day
from shuiheng.adapters.engines.settlement.job import SettlementRules
from shuiheng.adapters.engines.settlement.ranges import RangeMeters
from shuiheng.metering.kernels import day_start
from shuiheng.metering.model import Reading, Volume
from shuiheng.metering.month_volumes import (
    MonthOfMeter,
    SpreadRules,
    profile_held,
    uncut_months,
    volume_by_time,
)
from shuiheng.metering.rule_arrays import Ints, Mask
from shuiheng.metering.tables import MISSING

AMOUNTS = ("measured_litres", "spread_litres", "measured_seconds", "spread_seconds", "missing_seconds")
SCHEMA = pa.schema(
    [
        pa.field("meter", pa.int64()),
        pa.field("month", pa.date32()),
        pa.field("litres", pa.int64()),
        *[pa.field(name, pa.int64()) for name in AMOUNTS],
        pa.field("profiles", pa.string()),
    ]
)
"""One row per meter and month from that of its first reading to that of its last. Litres are null where
nothing is known; `profiles` names those by which parts of intervals were spread."""

Inner = Callable[[list[tuple[int, int]]], Mapping[tuple[int, int], list[Reading]]]
"""Gives all readings of months, asked for and answered by meter id and month counted from 1970-01."""


@dataclass(frozen=True, slots=True)
class _Months:
    """Months with readings as arrays, sorted by meter, then month."""

    meter: Ints
    number: Ints
    columns: Mapping[str, Any]

    def reading(self, place: int, end: str) -> Reading:
        """Return the `first` or `last` reading of a month."""
        return Reading(read_at=int(self.columns[f"{end}_at"][place]), register=int(self.columns[end][place]))

    def before(self, place: int) -> int | None:
        """Return the place of the month with readings before one of the same meter."""
        return place - 1 if place and self.meter[place - 1] == self.meter[place] else None

    def behind(self, place: int) -> int | None:
        """Return the place of the month with readings behind one of the same meter."""
        following = place + 1
        return (
            following if following < len(self.meter) and self.meter[following] == self.meter[place] else None
        )


def by_time_table(
    months: pa.Table, meters: RangeMeters, *, wanted: range, inner: Inner, rules: SettlementRules
) -> pa.Table:
    """Return the volumes by time of months, sorted by meter, then month.

    Args:
        months: Months as read of the meters, all that there are: neighbours reach over any time.
        meters: The meters.
        wanted: Months to give, counted from 1970-01.
        inner: Gives all readings of the few months whose ends do not suffice.
        rules: What the rulebook and the ledger say of intervals.
    """
    held = _months_of(months)
    index = meters.book.index_of(held.meter)
    longest = meters.longest[index]
    is_wanted = (held.number >= wanted.start) & (held.number < wanted.stop)
    is_uncut = _uncut(held, longest)
    plain = (held.columns["unknown"] == 0) & (held.columns["gap"] <= longest)
    open_ = np.flatnonzero(is_wanted & ~is_uncut)
    asked = [(int(held.meter[place]), int(held.number[place])) for place in open_[~plain[open_]]]
    readings = inner(asked) if asked else {}
    rows = [_uncut_rows(held, np.flatnonzero(is_wanted & is_uncut))]
    rows.append(_told_one_by_one(_open_months(held, open_, plain, readings), meters, rules))
    rows.append(_told_one_by_one(_silent_months(held, wanted), meters, rules))
    return pa.concat_tables(rows).sort_by([("meter", "ascending"), ("month", "ascending")])


def _months_of(table: pa.Table) -> _Months:
    table = table.sort_by([("meter", "ascending"), ("month", "ascending")])
    days = table["month"].cast(pa.int32()).to_numpy().astype("datetime64[D]")
    names = ("first_at", "first", "last_at", "last", "unknown", "gap")
    columns = {name: table[name].to_numpy() for name in names}
    columns["litres"] = table["litres"].fill_null(MISSING).to_numpy()
    return _Months(table["meter"].to_numpy(), days.astype("datetime64[M]").astype(np.int64), columns)


def _ends(numbers: Ints) -> tuple[Ints, Ints]:
    """Return the instants at which months begin and end."""
    known, place = np.unique(numbers, return_inverse=True)
    begins = [day_start(first_day(int(number))) for number in known]
    ends = [day_start(first_day(int(number) + 1)) for number in known]
    return np.array(begins, np.int64)[place], np.array(ends, np.int64)[place]


def _neighbours(held: _Months) -> tuple[Ints, Ints]:
    """Return the instants of the last reading before each month and the first behind it, MISSING for none."""
    before_at, behind_at = np.full((2, len(held.meter)), MISSING, np.int64)
    follows = held.meter[1:] == held.meter[:-1]
    before_at[1:] = np.where(follows, held.columns["last_at"][:-1], MISSING)
    behind_at[:-1] = np.where(follows, held.columns["first_at"][1:], MISSING)
    return before_at, behind_at


def _uncut(held: _Months, longest: Ints) -> Mask:
    start_at, end_at = _ends(held.number)
    before_at, behind_at = _neighbours(held)
    edges = {"start_at": start_at, "end_at": end_at, "before_at": before_at, "behind_at": behind_at}
    return uncut_months({**held.columns, **edges}, longest)


def _uncut_rows(held: _Months, places: Ints) -> pa.Table:
    """Return months of which the volume by time is that as read."""
    start_at, end_at = _ends(held.number[places])
    before_at, first_at = _neighbours(held)[0][places], held.columns["first_at"][places]
    seconds = held.columns["last_at"][places] - np.where(before_at == MISSING, first_at, before_at)
    litres, nothing = held.columns["litres"][places], np.zeros(len(places), np.int64)
    is_unknown = litres == MISSING
    columns = [
        pa.array(held.meter[places]),
        dates_of([first_day(int(number)) for number in held.number[places]]),
        pa.array(litres, mask=is_unknown),
    ]
    amounts = (np.where(is_unknown, 0, litres), nothing, seconds, nothing, end_at - start_at - seconds)
    profiles = pa.array([""] * len(places), pa.string())
    return pa.table([*columns, *(pa.array(each) for each in amounts), profiles], schema=SCHEMA)


def _open_months(
    held: _Months, places: Ints, plain: Mask, readings: Mapping[tuple[int, int], list[Reading]]
) -> Iterator[tuple[int, int, MonthOfMeter]]:
    """Yield months with readings of which single intervals tell: meter, number, month."""
    for place in places.tolist():
        id_, number = int(held.meter[place]), int(held.number[place])
        before, behind = held.before(place), held.behind(place)
        litres = int(held.columns["litres"][place])
        is_plain = bool(plain[place])
        own = [held.reading(place, "first"), held.reading(place, "last")]
        if is_plain and own[0] == own[1]:
            own = own[:1]
        yield (
            id_,
            number,
            MonthOfMeter(
                begin=_begin(number),
                before=None if before is None else held.reading(before, "last"),
                readings=tuple(own if is_plain else readings[id_, number]),
                behind=None if behind is None else held.reading(behind, "first"),
                plain_litres=litres if is_plain and litres != MISSING else None,
            ),
        )


def _silent_months(held: _Months, wanted: range) -> Iterator[tuple[int, int, MonthOfMeter]]:
    """Yield the months without readings between two with some."""
    follows = (held.meter[1:] == held.meter[:-1]) & (held.number[1:] - held.number[:-1] > 1)
    for place in np.flatnonzero(follows).tolist():
        before, behind = held.reading(place, "last"), held.reading(place + 1, "first")
        between = range(int(held.number[place]) + 1, int(held.number[place + 1]))
        for number in range(max(between.start, wanted.start), min(between.stop, wanted.stop)):
            month = MonthOfMeter(begin=_begin(number), before=before, readings=(), behind=behind)
            yield int(held.meter[place]), number, month


def _told_one_by_one(
    months: Iterator[tuple[int, int, MonthOfMeter]], meters: RangeMeters, rules: SettlementRules
) -> pa.Table:
    found: list[tuple[int, int, Volume]] = []
    for id_, number, month in months:
        index = int(meters.book.index_of(np.array([id_]))[0])
        spreading = SpreadRules(
            rules=rules.intervals,
            longest_seconds=int(meters.longest[index]),
            profile_on=partial(profile_held, rules.profiles.get(id_, ())),
        )
        found.append((id_, number, volume_by_time(meters.meter(index), month, spreading=spreading)))
    columns: list[Any] = [
        pa.array([id_ for id_, _, _ in found], pa.int64()),
        dates_of([first_day(number) for _, number, _ in found]),
        pa.array([each.litres for _, _, each in found], pa.int64()),
    ]
    for name in AMOUNTS:
        columns.append(pa.array([getattr(each, name) for _, _, each in found], pa.int64()))
    profiles = pa.array([",".join(each.profiles) for _, _, each in found], pa.string())
    return pa.table([*columns, profiles], schema=SCHEMA)


def _begin(number: int) -> date:
    return date.fromordinal(first_day(number) + EPOCH)
