"""V1 and V14: rows that repeat or contradict each other, and clocks that run wrong."""

from __future__ import annotations

from statistics import median_low

from shuiheng.kernel import Finding, Severity
from shuiheng.metering.checks.record import MeterRecord, found, m3_text
from shuiheng.metering.checks.rule import CheckRules
from shuiheng.metering.civil_time import OFFSET, local_words
from shuiheng.metering.model import Version

SECONDS_OF_MINUTE = 60


def check_each_instant_has_one_register(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return V1: a finding for each instant with two registers, and one for all rows that only repeat."""
    by_instant: dict[int, list[Version]] = {}
    for version in record.versions:
        if version.register is not None:
            by_instant.setdefault(version.read_at, []).append(version)
    findings, repeats = [], 0
    holding = {reading.read_at: reading.register for reading in record.readings}
    for instant, versions in sorted(by_instant.items()):
        registers = sorted({version.register or 0 for version in versions})
        repeats += len({(v.recorded_at, v.batch, v.row) for v in versions}) - len(registers)
        if len(registers) > 1 and instant in holding:
            findings.append(
                found(
                    "two_registers",
                    Severity.WARN,
                    record.meter.id,
                    at=instant,
                    evidence="; ".join(f"{m3_text(register)} m³" for register in registers),
                    held=m3_text(holding[instant]),
                    registers=" / ".join(m3_text(register) for register in registers),
                )
            )
    if repeats:
        evidence = f"{repeats} rows repeat what was known"
        findings.append(
            found("rows_repeat", Severity.NOTE, record.meter.id, evidence=evidence, count=str(repeats))
        )
    return tuple(findings)


def check_clock_runs_true(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return V14: a finding for readings from the future, and one for a clock that has drifted."""
    rule = rules["V14"]
    limit = rule.whole("future_minutes") * SECONDS_OF_MINUTE
    early = [version for version in record.versions if version.read_at - version.recorded_at > limit]
    findings = []
    if early:
        worst = max(early, key=lambda each: (each.read_at - each.recorded_at, each.read_at))
        ahead = worst.read_at - worst.recorded_at
        findings.append(
            found(
                "reading_from_the_future",
                Severity.WARN,
                record.meter.id,
                at=worst.read_at,
                evidence=f"{ahead} s > {limit} s, recorded {local_words(worst.recorded_at)}",
                count=str(len(early)),
                minutes=str(ahead // SECONDS_OF_MINUTE),
            )
        )
    return (*findings, *_drift(record, rules))


def _drift(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return a finding when the newest readings lie off the grid by more than the limit, most of them."""
    rule, grid = rules["V14"], record.meter.grid_seconds
    fewest = rule.whole("fewest_readings")
    if grid is None or len(record.readings) < fewest:
        return ()
    newest = record.readings[-fewest:]
    off = median_low(min(gone := (each.read_at + OFFSET) % grid, grid - gone) for each in newest)
    limit = rule.whole("drift_seconds")
    if off <= limit:
        return ()
    evidence = f"median of {fewest} readings: {off} s off a grid of {grid} s > {limit} s"
    return (
        found(
            "clock_drifted",
            Severity.WARN,
            record.meter.id,
            at=newest[-1].read_at,
            evidence=evidence,
            seconds=str(off),
        ),
    )
