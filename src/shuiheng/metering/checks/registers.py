"""V3 to V6: registers that fall, roll over, run backwards or are exchanged."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from shuiheng.kernel import Finding, Severity
from shuiheng.metering.checks.record import MeterRecord, found, m3_text
from shuiheng.metering.checks.rule import CheckRules
from shuiheng.metering.checks.unit_jumps import register_factor
from shuiheng.metering.civil_time import HOUR, local_words
from shuiheng.metering.intervals import breaks_inside, register_at
from shuiheng.metering.model import Basis, Interval, MeterEvent


class Fall(StrEnum):
    """What a fall of a register looks like, by the readings around it."""

    LONE_LOW = "reading_too_low"
    LONE_HIGH = "reading_too_high"
    NEW_METER = "swap_not_recorded"
    REVERSE = "reverse_flow"
    TURNED_BACK = "turned_back"
    UNIT = "unit"
    OPEN = "open"


def check_registers_rise(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return V3: a finding for each interval in which the register fell without a known reason."""
    return tuple(
        found(
            "register_fell",
            Severity.DISQUALIFY,
            record.meter.id,
            at=interval.end.read_at,
            evidence=_difference(interval),
            before=m3_text(interval.start.register),
            after=m3_text(interval.end.register),
            since=local_words(interval.start.read_at),
        )
        for interval in record.intervals
        if interval.basis is Basis.FELL
    )


def check_rollovers_are_told(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return V4: a note for each rollover; a warning where no greatest flow could bear it out."""
    findings = []
    for interval in record.intervals:
        if interval.basis is not Basis.ROLLED_OVER:
            continue
        register = register_at(record.meter, interval.start.read_at)
        flow = register.greatest_flow_l_h
        findings.append(
            found(
                "rolled_over",
                Severity.WARN if flow is None else Severity.NOTE,
                record.meter.id,
                at=interval.end.read_at,
                evidence=f"({_difference(interval)}) + {register.modulus_litres} L = {_litres(interval)}",
                modulus=m3_text(register.modulus_litres or 0),
                volume=m3_text(interval.volume_litres or 0),
                flow="" if flow is None else m3_text(flow),
            )
        )
    return tuple(findings)


def check_no_register_runs_backwards(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return V5 and its kin: what each fall looks like, where the readings around it tell.

    A lone low or high reading is a fault of reading. A fall that lasts is a swap that nobody
    wrote down when it ends near zero; water that ran back where the meter may be wide and
    no more is gone than can flow in the time; else a meter that was turned back.
    """
    findings = []
    for index, interval in enumerate(record.intervals):
        if interval.basis is not Basis.FELL:
            continue
        fall = fall_at(record, index, rules=rules)
        if fall in (Fall.OPEN, Fall.UNIT):
            continue
        severity = Severity.DISQUALIFY if fall in (Fall.REVERSE, Fall.TURNED_BACK) else Severity.WARN
        findings.append(
            found(
                fall.value,
                severity,
                record.meter.id,
                at=interval.start.read_at if fall is Fall.LONE_HIGH else interval.end.read_at,
                evidence=_around(record, index),
                before=m3_text(interval.start.register),
                after=m3_text(interval.end.register),
                fallen=m3_text(interval.start.register - interval.end.register),
            )
        )
    return tuple(findings)


def fall_at(record: MeterRecord, index: int, *, rules: CheckRules) -> Fall:
    """Return what the fall in the interval at `index` looks like; open while no reading follows.

    A fall by a power of ten is left to V16.
    """
    interval = record.intervals[index]
    readings = record.readings
    if register_factor(interval, rules["V16"]) is not None:
        return Fall.UNIT
    if index + 2 >= len(readings):
        return Fall.OPEN
    is_next_same = not breaks_inside(record.meter, interval.end.read_at, readings[index + 2].read_at)
    if is_next_same and readings[index + 2].register >= interval.start.register:
        return Fall.LONE_LOW
    before = readings[index - 1] if index else None
    if before is not None and not breaks_inside(record.meter, before.read_at, interval.start.read_at):
        is_earlier_lower = before.register <= interval.end.register
        if is_earlier_lower and record.intervals[index - 1].basis is not Basis.FELL:
            return Fall.LONE_HIGH
    if interval.end.register <= rules["turned_back"].whole("new_meter_litres"):
        return Fall.NEW_METER
    nominal = record.meter.nominal_mm
    is_wide = nominal is None or nominal >= rules["V5"].whole("least_nominal_mm")
    return Fall.REVERSE if is_wide and _can_have_run_back(record, interval) else Fall.TURNED_BACK


def check_exchanges_are_whole(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return V6: a note for each splice over a swap or reset; a fault where a register is not known."""
    findings = []
    for interval in record.intervals:
        if interval.basis is not Basis.SPLICED:
            continue
        events = breaks_inside(record.meter, interval.start.read_at, interval.end.read_at)
        is_known = interval.volume_litres is not None
        legs = _legs(interval, events)
        findings.append(
            found(
                "spliced" if is_known else "splice_unknown",
                Severity.NOTE if is_known else Severity.DISQUALIFY,
                record.meter.id,
                at=events[0].at,
                evidence=f"{legs} = {_litres(interval)}" if is_known else legs,
                count=str(len(events)),
                volume=m3_text(interval.volume_litres or 0) if is_known else "",
            )
        )
    return tuple(findings)


def _can_have_run_back(record: MeterRecord, interval: Interval) -> bool:
    """Return whether no more is gone than can flow in the time: the greatest flow, else the greatest seen."""
    register = register_at(record.meter, interval.start.read_at)
    greatest = register.greatest_flow_l_h
    flow = Fraction(greatest, HOUR) if greatest is not None else _greatest_seen(record)
    water = (interval.start.register - interval.end.register) * register.multiplier
    return water <= flow * interval.seconds


def _greatest_seen(record: MeterRecord) -> Fraction:
    """Return the greatest mean flow of an interval of the record, litres a second."""
    flows = (
        Fraction(each.volume_litres, each.seconds)
        for each in record.intervals
        if each.volume_litres is not None
    )
    return max(flows, default=Fraction(0))


def _difference(interval: Interval) -> str:
    difference = interval.end.register - interval.start.register
    return f"{interval.end.register} - {interval.start.register} = {difference} L"


def _around(record: MeterRecord, index: int) -> str:
    return " → ".join(f"{each.register} L" for each in record.readings[max(index - 1, 0) : index + 3])


def _legs(interval: Interval, events: tuple[MeterEvent, ...]) -> str:
    """Return the legs of a splice as arithmetic, `?` where nobody wrote the register down."""
    shown = [str(interval.start.register)]
    for event in events:
        final = "?" if event.final is None else str(event.final)
        start = "?" if event.start is None else str(event.start)
        shown = [*shown[:-1], f"({final} - {shown[-1]})", start]
    return " + ".join([*shown[:-1], f"({interval.end.register} - {shown[-1]})"])


def _litres(interval: Interval) -> str:
    return f"{interval.volume_litres} L"
