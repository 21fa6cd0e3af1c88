"""V2: readings that are missing between others, and meters that have fallen silent."""

from __future__ import annotations

from shuiheng.kernel import Finding, Severity
from shuiheng.metering.checks.record import MeterRecord, found, hours_text, longest_gap
from shuiheng.metering.checks.rule import CheckRules
from shuiheng.metering.civil_time import local_words


def check_readings_follow_each_other(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return V2: a finding for each gap that is longer than the grid allows, and one for a silent meter."""
    longest = longest_gap(record.meter, rules["V2"])
    findings = [
        found(
            "gap",
            Severity.WARN,
            record.meter.id,
            at=interval.end.read_at,
            evidence=f"{interval.seconds} s > {longest} s",
            since=local_words(interval.start.read_at),
            hours=hours_text(interval.seconds),
        )
        for interval in record.intervals
        if interval.seconds > longest
    ]
    if record.readings and record.known_at - record.readings[-1].read_at > longest:
        silent = record.known_at - record.readings[-1].read_at
        findings.append(
            found(
                "silent",
                Severity.WARN,
                record.meter.id,
                at=record.readings[-1].read_at,
                evidence=f"{silent} s > {longest} s",
                hours=hours_text(silent),
            )
        )
    return tuple(findings)
