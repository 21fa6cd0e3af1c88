"""The registers and events of many meters as arrays, and the volumes of many intervals at once.

Meters are rows of arrays, named by their index. What arrays cannot say (an interval with
a swap in it) goes to `intervals.interval_between`, one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shuiheng.metering.intervals import interval_between
from shuiheng.metering.model import BREAKING, Basis, IntervalRules, Meter, Reading, Register
from shuiheng.metering.tables import MISSING

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

INSTANT_BITS = 36
SECONDS_OF_HOUR = 3600
MEASURED, ROLLED_OVER, SPLICED, FELL = range(4)
_CODES = {
    Basis.MEASURED: MEASURED,
    Basis.ROLLED_OVER: ROLLED_OVER,
    Basis.SPLICED: SPLICED,
    Basis.FELL: FELL,
}


def key_of(meter: NDArray[Any], instant: NDArray[Any] | int) -> Ints:
    """Return one number per meter and instant that sorts by meter, then instant."""
    keys: Ints = (meter.astype(np.int64) << INSTANT_BITS) + instant
    return keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Registers:
    """Registers of meters, one element each: 0 is no modulus, below 0 no greatest flow.

    Args:
        modulus: Where the register starts again, litres shown.
        multiplier: Litres of water per litre shown.
        greatest_flow: Most water in an hour, litres.
    """

    modulus: Ints
    multiplier: Ints
    greatest_flow: Ints


def plain_registers(count: int) -> Registers:
    """Return registers of which nothing is known but that they show litres."""
    return Registers(
        modulus=np.zeros(count, np.int64),
        multiplier=np.ones(count, np.int64),
        greatest_flow=np.full(count, -1, np.int64),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleArrays:
    """What the volume of an interval depends on, for meters 0 to count - 1.

    Args:
        rules: When a fall is noise, and when a rollover.
        keys: Meter and first instant of each row of `registers`, sorted.
        registers: Registers by meter and first instant.
        row_of: Row of the first register of each meter.
        is_changing: Whether a meter changes to a register of another make.
        has_events: Whether something breaks the register of a meter.
        meters: Meters with such events, by index.
        event_keys: Meter and instant of those events, sorted.
    """

    rules: IntervalRules
    keys: Ints
    registers: Registers
    row_of: Ints
    is_changing: Mask
    has_events: Mask
    meters: Mapping[int, Meter]
    event_keys: Ints

    @property
    def count(self) -> int:
        """Number of meters."""
        return len(self.row_of)

    def rows_at(self, meter: NDArray[Any], instant: Ints) -> Ints:
        """Return the row of the register that each meter shows at an instant."""
        rows: Ints = self.row_of[meter]
        changing = np.flatnonzero(self.is_changing[meter])
        if changing.size:
            keys = key_of(meter[changing], instant[changing])
            rows[changing] = np.searchsorted(self.keys, keys, side="right") - 1
        return rows

    def meters_with_events(self, start_at: int, end_at: int) -> Ints:
        """Return the meters, each once, that have a breaking event in (start_at, end_at]."""
        instants = self.event_keys & ((1 << INSTANT_BITS) - 1)
        inside = (instants > start_at) & (instants <= end_at)
        found: Ints = np.unique(self.event_keys[inside] >> INSTANT_BITS)
        return found


def rule_arrays(
    registers: Registers, rules: IntervalRules, *, meters: Mapping[int, Meter] | None = None
) -> RuleArrays:
    """Return the arrays for meters by the registers that they began with and those that have events.

    Args:
        registers: First register of each meter.
        rules: When a fall is noise, and when a rollover.
        meters: Meters with events, by index; their own first register is not read.
    """
    count = len(registers.modulus)
    broken = {index: meter for index, meter in (meters or {}).items() if _breaks(meter)}
    changes = [
        (index, event.at, event.register)
        for index, meter in (meters or {}).items()
        for event in sorted(meter.events, key=lambda each: (each.at, each.sequence))
        if event.register is not None
    ]
    has_events, is_changing = np.zeros(count, bool), np.zeros(count, bool)
    has_events[list(broken)] = True
    is_changing[[index for index, _, _ in changes]] = True
    keys, rows = _with_changes(registers, changes)
    marks = [(index << INSTANT_BITS) + at for index, meter in broken.items() for at in _breaks(meter)]
    return RuleArrays(
        rules=rules,
        keys=keys,
        registers=rows,
        row_of=np.searchsorted(keys, key_of(np.arange(count), 0)).astype(np.int64),
        is_changing=is_changing,
        has_events=has_events,
        meters={index: _with_first(registers, index, meter) for index, meter in broken.items()},
        event_keys=np.sort(np.array(marks, np.int64)),
    )


def _breaks(meter: Meter) -> list[int]:
    return [event.at for event in meter.events if event.kind in BREAKING]


def _with_first(registers: Registers, index: int, meter: Meter) -> Meter:
    """Return a meter that begins with the register of the arrays."""
    flow, modulus = int(registers.greatest_flow[index]), int(registers.modulus[index])
    first = Register(
        modulus_litres=modulus or None,
        multiplier=int(registers.multiplier[index]),
        greatest_flow_l_h=None if flow < 0 else flow,
    )
    return Meter(id=meter.id, register=first, events=meter.events)


def _with_changes(registers: Registers, changes: list[tuple[int, int, Register]]) -> tuple[Ints, Registers]:
    """Return keys and registers with a further row for each change of make, in order of key."""
    index = np.array([index for index, _, _ in changes], np.int64)
    keys = np.concatenate(
        [
            key_of(np.arange(len(registers.modulus)), 0),
            key_of(index, np.array([at for _, at, _ in changes], np.int64)),
        ]
    )
    order = np.argsort(keys, kind="stable")
    made = [register for _, _, register in changes]
    flows = [-1 if each.greatest_flow_l_h is None else each.greatest_flow_l_h for each in made]
    columns = (
        (registers.modulus, [each.modulus_litres or 0 for each in made]),
        (registers.multiplier, [each.multiplier for each in made]),
        (registers.greatest_flow, flows),
    )
    modulus, multiplier, flow = (
        np.concatenate([first, np.array(later, np.int64)])[order] for first, later in columns
    )
    return keys[order], Registers(modulus=modulus, multiplier=multiplier, greatest_flow=flow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals:
    """Intervals between neighbouring readings, one element each.

    Args:
        meter: Index of the meter.
        start_at: Instant of the earlier reading.
        start: Its register.
        end_at: Instant of the later reading.
        end: Its register.
    """

    meter: NDArray[Any]
    start_at: Ints
    start: Ints
    end_at: Ints
    end: Ints

    def at(self, index: NDArray[Any]) -> Intervals:
        """Return some of them."""
        return Intervals(
            meter=self.meter[index],
            start_at=self.start_at[index],
            start=self.start[index],
            end_at=self.end_at[index],
            end=self.end[index],
        )


def interval_volumes(pairs: Intervals, rules: RuleArrays) -> tuple[Ints, NDArray[np.int8]]:
    """Return litres (MISSING where unknown) and basis of each interval.

    One element per interval; the same figures as `intervals.interval_between`.
    """
    difference = pairs.end - pairs.start
    rows = rules.rows_at(pairs.meter, pairs.start_at)
    litres: Ints = difference * rules.registers.multiplier[rows]
    basis = np.full(len(litres), MEASURED, np.int8)
    fallen = np.flatnonzero(difference < -rules.rules.tolerance_litres)
    if fallen.size:
        litres[fallen], basis[fallen] = _falls(pairs.at(fallen), rows[fallen], rules)
    for index in _broken(pairs, rules):
        litres[index], basis[index] = _broken_volume(pairs, int(index), rules)
    return litres, basis


def _falls(pairs: Intervals, rows: Ints, rules: RuleArrays) -> tuple[Ints, NDArray[np.int8]]:
    """Return litres and basis where the register fell by more than noise."""
    modulus = rules.registers.modulus[rows]
    makes, make = np.unique(modulus, return_inverse=True)
    highest = np.array([ceil(rules.rules.top_share * int(each)) for each in makes])[make]
    lowest = np.array([floor(rules.rules.bottom_share * int(each)) for each in makes])[make]
    flow = rules.registers.greatest_flow[rows]
    water = (pairs.end - pairs.start + modulus) * rules.registers.multiplier[rows]
    can_roll = (modulus > 0) & (pairs.start >= highest) & (pairs.end <= lowest)
    can_roll &= (flow < 0) | (water * SECONDS_OF_HOUR <= flow * (pairs.end_at - pairs.start_at))
    return np.where(can_roll, water, MISSING), np.where(can_roll, ROLLED_OVER, FELL).astype(np.int8)


def _broken(pairs: Intervals, rules: RuleArrays) -> Ints:
    """Return the places of intervals that have an event in (start_at, end_at]."""
    some = np.flatnonzero(rules.has_events[pairs.meter])
    meter = pairs.meter[some]
    before = np.searchsorted(rules.event_keys, key_of(meter, pairs.start_at[some]), side="right")
    until = np.searchsorted(rules.event_keys, key_of(meter, pairs.end_at[some]), side="right")
    found: Ints = some[until > before]
    return found


def _broken_volume(pairs: Intervals, index: int, rules: RuleArrays) -> tuple[int, int]:
    found = interval_between(
        rules.meters[int(pairs.meter[index])],
        Reading(read_at=int(pairs.start_at[index]), register=int(pairs.start[index])),
        Reading(read_at=int(pairs.end_at[index]), register=int(pairs.end[index])),
        rules=rules.rules,
    )
    return MISSING if found.volume_litres is None else found.volume_litres, _CODES[found.basis]
