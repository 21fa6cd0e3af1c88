"""What passed between two neighbouring readings: the table of decision 0010."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor

from shuiheng.metering.civil_time import HOUR
from shuiheng.metering.errors import OrderError
from shuiheng.metering.model import (
    BREAKING,
    Basis,
    EventKind,
    Interval,
    IntervalRules,
    Meter,
    MeterEvent,
    Reading,
    Register,
)


def intervals_of(meter: Meter, readings: Sequence[Reading], rules: IntervalRules) -> tuple[Interval, ...]:
    """Return the intervals between the readings of a meter that hold, in order of time (计量区间).

    Raises:
        OrderError: Two readings are not in order of time.
    """
    return tuple(interval_between(meter, a, b, rules=rules) for a, b in pairwise(readings))


def interval_between(meter: Meter, start: Reading, end: Reading, *, rules: IntervalRules) -> Interval:
    """Return what passed between two neighbouring readings of a meter.

    Raises:
        OrderError: The second is not behind the first.
    """
    if end.read_at <= start.read_at:
        raise OrderError(start.read_at, end.read_at)
    breaks = breaks_inside(meter, start.read_at, end.read_at)
    register = register_at(meter, start.read_at)
    if breaks:
        volume = _spliced(register, breaks, start, end, rules)
        return Interval(start=start, end=end, volume_litres=volume, basis=Basis.SPLICED)
    volume, basis = leg(register, start, end, rules=rules)
    return Interval(start=start, end=end, volume_litres=volume, basis=basis)


def breaks_inside(meter: Meter, start_at: int, end_at: int) -> tuple[MeterEvent, ...]:
    """Return the events in (start_at, end_at] behind which the register goes on from another value."""
    inside = [each for each in meter.events if each.kind in BREAKING and start_at < each.at <= end_at]
    return tuple(sorted(inside, key=_order))


def register_at(meter: Meter, instant: int) -> Register:
    """Return the register that a reading at an instant shows."""
    register = meter.register
    for event in sorted(meter.events, key=_order):
        if event.at <= instant and event.register is not None:
            register = event.register
    return register


def leg(
    register: Register, start: Reading, end: Reading, *, rules: IntervalRules
) -> tuple[int | None, Basis]:
    """Return litres and basis between two showings of one register, without an event between them."""
    difference = end.register - start.register
    if difference >= -rules.tolerance_litres:
        return difference * register.multiplier, Basis.MEASURED
    if register.modulus_litres is not None and _can_roll_over(register, start, end, rules):
        return (difference + register.modulus_litres) * register.multiplier, Basis.ROLLED_OVER
    return None, Basis.FELL


def _can_roll_over(register: Register, start: Reading, end: Reading, rules: IntervalRules) -> bool:
    """Return whether a fall may be a rollover; where the greatest flow is not known, the shares decide."""
    modulus = register.modulus_litres or 0
    if start.register < ceil(rules.top_share * modulus) or end.register > floor(rules.bottom_share * modulus):
        return False
    if register.greatest_flow_l_h is None:
        return True
    water = (end.register - start.register + modulus) * register.multiplier
    return water * HOUR <= register.greatest_flow_l_h * (end.read_at - start.read_at)


def _spliced(
    register: Register, breaks: tuple[MeterEvent, ...], start: Reading, end: Reading, rules: IntervalRules
) -> int | None:
    """Return the sum of the legs before, between and behind the events; None when one is unknown."""
    total = 0
    opened: tuple[int, int | None] | None = (start.read_at, start.register)
    for event in breaks:
        litres = 0 if opened is None else _leg_litres(register, opened, (event.at, event.final), rules)
        if litres is None:
            return None
        total += litres
        opened = None if event.kind is EventKind.REMOVE else (event.at, event.start)
        register = event.register or register
    if opened is None:
        return None
    litres = _leg_litres(register, opened, (end.read_at, end.register), rules)
    return None if litres is None else total + litres


def _leg_litres(
    register: Register, opened: tuple[int, int | None], closed: tuple[int, int | None], rules: IntervalRules
) -> int | None:
    (start_at, first), (end_at, last) = opened, closed
    if first is None or last is None:
        return None
    start = Reading(read_at=start_at, register=first)
    litres, _ = leg(register, start, Reading(read_at=end_at, register=last), rules=rules)
    return litres


def _order(event: MeterEvent) -> tuple[int, int]:
    return event.at, event.sequence
