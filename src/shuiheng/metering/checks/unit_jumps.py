"""V16: registers and flows that jump by ten, a hundred or a thousand, as a wrong unit makes them."""

from __future__ import annotations

from fractions import Fraction

from shuiheng.kernel import Finding, Severity
from shuiheng.metering.checks.record import MeterRecord, found, m3_text
from shuiheng.metering.checks.rule import CheckRule, CheckRules
from shuiheng.metering.civil_time import DAY
from shuiheng.metering.intervals import register_at
from shuiheng.metering.model import BREAKING, Basis, Interval
from shuiheng.metering.volumes import volume

FACTORS = tuple(Fraction(10) ** power for power in (3, 2, 1, -1, -2, -3))


def check_units_stay(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return V16: a finding for each jump of a register, or of the flow at a swap, by a power of ten.

    A register that shows more than its digits hold has another unit or another meter too.
    """
    return (*_registers(record, rules), *_flows(record, rules), *_beyond_digits(record))


def _beyond_digits(record: MeterRecord) -> tuple[Finding, ...]:
    beyond = [
        (each, modulus)
        for each in record.readings
        if (modulus := register_at(record.meter, each.read_at).modulus_litres) is not None
        and each.register >= modulus
    ]
    if not beyond:
        return ()
    first, modulus = beyond[0]
    return (
        found(
            "register_beyond_digits",
            Severity.DISQUALIFY,
            record.meter.id,
            at=first.read_at,
            evidence=f"{first.register} L ≥ {modulus} L",
            count=str(len(beyond)),
            register=m3_text(first.register),
            modulus=m3_text(modulus),
        ),
    )


def _registers(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return jumps of the register itself between neighbours without an event."""
    findings = []
    for interval in record.intervals:
        before, after = interval.start.register, interval.end.register
        factor = register_factor(interval, rules["V16"])
        if factor is None:
            continue
        findings.append(
            found(
                "unit_jump",
                Severity.DISQUALIFY,
                record.meter.id,
                at=interval.end.read_at,
                evidence=f"{after} L / {before} L ≈ {factor}",
                before=m3_text(before),
                after=m3_text(after),
                factor=str(factor),
            )
        )
    return tuple(findings)


def register_factor(interval: Interval, rule: CheckRule) -> Fraction | None:
    """Return the power of ten by which the register jumped between two readings; None when it did not."""
    before, after = interval.start.register, interval.end.register
    if 2 * min(before, after) > max(before, after) or min(before, after) < rule.whole("fewest_litres"):
        return None
    if interval.basis not in (Basis.MEASURED, Basis.FELL):
        return None
    return _factor(Fraction(after, before), rule.share("register_share"))


def _flows(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return jumps of the mean flow at swaps and resets."""
    rule = rules["V16"]
    window = rule.whole("window_days") * DAY
    findings = []
    for event in sorted(record.meter.events, key=lambda each: (each.at, each.sequence)):
        if event.kind not in BREAKING:
            continue
        before = _mean_flow(record, event.at - window, event.at)
        after = _mean_flow(record, event.at, event.at + window)
        factor = _factor(after / before, rule.share("flow_share")) if before and after else None
        if factor is None or before is None or after is None:
            continue
        findings.append(
            found(
                "unit_jump_at_swap",
                Severity.WARN,
                record.meter.id,
                at=event.at,
                evidence=f"{round(after * DAY)} L/d / {round(before * DAY)} L/d ≈ {factor}",
                before=m3_text(round(before * DAY)),
                after=m3_text(round(after * DAY)),
                factor=str(factor),
            )
        )
    return tuple(findings)


def _mean_flow(record: MeterRecord, start_at: int, end_at: int) -> Fraction | None:
    """Return litres a second of a run of which at least half is told; None otherwise or at no flow."""
    period = volume(record.usage, start_at, end_at)
    told = period.seconds - period.missing_seconds
    if 2 * told < period.seconds or not period.litres or period.litres < 0:
        return None
    return Fraction(period.litres, told)


def _factor(ratio: Fraction, share: Fraction) -> Fraction | None:
    return next((factor for factor in FACTORS if abs(ratio - factor) <= share * factor), None)
