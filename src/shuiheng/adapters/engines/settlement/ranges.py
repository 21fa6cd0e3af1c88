"""Ranges of meters: parts of a settlement that are made by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from shuiheng.adapters.engines.columnar.meters import (
    EVENT_SCHEMA,
    METER_SCHEMA,
    MeterBook,
    book_of,
    events_by_meter,
    rules_of,
)
from shuiheng.metering.checks.record import longest_gap
from shuiheng.metering.checks.rule import CheckRule
from shuiheng.metering.civil_time import DAY
from shuiheng.metering.model import IntervalRules, Meter, MeterEvent, Register
from shuiheng.metering.rule_arrays import Ints, Registers, RuleArrays

MOST_READINGS = 4_000_000
"""Readings of a month for which a range is cut: about 130 MB while they are put in order."""

DAYS_OF_MONTH = 31


def bounds_of(book: MeterBook, *, most_readings: int = MOST_READINGS) -> tuple[int, ...]:
    """Return the first meter id of each range but the first, by the readings that their grids let expect."""
    order = np.argsort(book.ids)
    ids, grid = book.ids[order], book.grid_of[order].astype(np.int64)
    expected = np.cumsum(DAYS_OF_MONTH * DAY // np.where(grid > 0, grid, DAY))
    place = expected // most_readings
    return tuple(int(each) for each in ids[1:][place[1:] > place[:-1]])


def range_of(ids: NDArray[Any], bounds: Ints) -> Ints:
    """Return the range of each meter id."""
    ranges: Ints = np.searchsorted(bounds, ids, side="right")
    return ranges


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeMeters:
    """The meters of a range, in order of id.

    Args:
        book: The meters.
        rules: What their volumes depend on.
        events: Their events by id.
        longest: Longest interval of each that counts as measured, seconds.
    """

    book: MeterBook
    rules: RuleArrays
    events: dict[int, list[MeterEvent]]
    longest: Ints

    def meter(self, index: int) -> Meter:
        """Return a meter as the plain functions of the core take it."""
        id_, registers = int(self.book.ids[index]), self.book.registers
        flow, grid = int(registers.greatest_flow[index]), int(self.book.grid_of[index])
        register = Register(
            modulus_litres=int(registers.modulus[index]) or None,
            multiplier=int(registers.multiplier[index]),
            greatest_flow_l_h=None if flow < 0 else flow,
        )
        events = tuple(self.events.get(id_, ()))
        return Meter(id=str(id_), register=register, events=events, grid_seconds=grid or None)


def load_range(
    meters: Path,
    events: Path | None,
    *,
    ids: tuple[int | None, int | None],
    rules: IntervalRules,
    gaps: CheckRule,
) -> RangeMeters:
    """Return the meters of a range from the files of a generation.

    Args:
        meters: File of the meters.
        events: File of their events, None when there are none.
        ids: First id, and that of the next range; None where the range has no end.
        rules: When a fall of a register is noise, and when a rollover.
        gaps: How long an interval may be.
    """
    inside = [(("meter", sign, id_)) for sign, id_ in zip((">=", "<"), ids, strict=True) if id_ is not None]
    table = pq.read_table(meters, schema=METER_SCHEMA, filters=inside or None).sort_by("meter")
    columns = {name: table[name].to_numpy() for name in METER_SCHEMA.names}
    registers = Registers(**{name: columns[name] for name in ("modulus", "multiplier", "greatest_flow")})
    book = book_of(columns["meter"], columns["grid_seconds"], registers)
    known = EVENT_SCHEMA.empty_table()
    if events is not None:
        known = pq.read_table(events, schema=EVENT_SCHEMA, filters=inside or None)
    grids, place = np.unique(book.grid_of, return_inverse=True)
    longest = [longest_gap(Meter(id="", grid_seconds=int(grid) or None), gaps) for grid in grids]
    return RangeMeters(
        book=book,
        rules=rules_of(book, known, rules),
        events=events_by_meter(known),
        longest=np.array(longest, np.int64)[place],
    )
