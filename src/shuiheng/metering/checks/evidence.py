"""V1 and V14: rows that repeat or contradict each other, and clocks that run wrong."""

from __future__ import annotations

from statistics import median_low

from shuiheng.kernel import Finding, Severity
from shuiheng.metering.checks.record import MeterRecord, found, m3_text
from shuiheng.metering.checks.rule import CheckRules
from shuiheng.metering.civil_time import HOUR, OFFSET, local_words
from shuiheng.metering.model import Version

SECONDS_OF_MINUTE = 60


def check_each_instant_has_one_register(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return V1: a warning for each instant with two registers of one delivery, and notes of what came again.

    A later row with another register is a correction, one with the same register a repeat;
    both are usual and are counted in one note each.
    """
    by_instant: dict[int, list[Version]] = {}
    for version in record.versions:
        if version.register is not None:
            by_instant.setdefault(version.read_at, []).append(version)
    holding = {reading.read_at: reading.register for reading in record.readings}
    findings, repeats, corrected = [], 0, []
    for instant, versions in sorted(by_instant.items()):
        registers = {version.register or 0 for version in versions}
        repeats += len({(v.recorded_at, v.batch, v.row) for v in versions}) - len(registers)
        if len(registers) == 1 or instant not in holding:
            continue
        if len({(v.recorded_at, v.register) for v in versions}) > len({v.recorded_at for v in versions}):
            findings.append(_two_registers(record, instant, registers, held=holding[instant]))
        else:
            corrected.append(instant)
    return (*findings, *_came_again(record, repeats, corrected))


def _two_registers(record: MeterRecord, instant: int, registers: set[int], *, held: int) -> Finding:
    shown = [m3_text(register) for register in sorted(registers)]
    return found(
        "two_registers",
        Severity.WARN,
        record.meter.id,
        at=instant,
        evidence="; ".join(f"{each} m³" for each in shown),
        held=m3_text(held),
        registers=" / ".join(shown),
    )


def _came_again(record: MeterRecord, repeats: int, corrected: list[int]) -> tuple[Finding, ...]:
    findings = []
    if repeats:
        evidence = f"{repeats} rows repeat what was known"
        findings.append(
            found("rows_repeat", Severity.NOTE, record.meter.id, evidence=evidence, count=str(repeats))
        )
    if corrected:
        count = str(len(corrected))
        evidence = f"{count} instants with a later register, the last {local_words(corrected[-1])}"
        findings.append(
            found(
                "readings_corrected",
                Severity.NOTE,
                record.meter.id,
                at=corrected[-1],
                evidence=evidence,
                count=count,
            )
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
    """Return a finding when the newest readings lie off the grid by more than the limit, most of them.

    A meter that is read once a day may be read at any full hour.
    """
    rule = rules["V14"]
    fewest = rule.whole("fewest_readings")
    if record.meter.grid_seconds is None or len(record.readings) < fewest:
        return ()
    grid = min(record.meter.grid_seconds, HOUR)
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
