"""Whether a meter fits the flow that it measures."""

from __future__ import annotations

from fractions import Fraction

from shuiheng.kernel import Finding, Severity
from shuiheng.metering.checks.record import MeterRecord, found, longest_gap, m3_text
from shuiheng.metering.checks.rule import CheckRules
from shuiheng.metering.civil_time import HOUR


def check_meter_fits_its_flow(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return findings for a meter too large (大表小流量) or too small (小表大流量) for its flow.

    The flow of an interval is its mean. Too large: among intervals with water running, more
    than the share of the rule are below the least flow Q1 = Q3 / R. Too small: one is above
    the overload flow Q4. Nothing is said without Q3, R for Q1, or enough intervals.
    """
    rule = rules["sizing"]
    permanent = record.meter.permanent_flow_l_h
    longest = longest_gap(record.meter, rules["V2"])
    flows = [
        (Fraction(each.volume_litres * HOUR, each.seconds), each.end.read_at)
        for each in record.intervals
        if each.volume_litres is not None and each.volume_litres > 0 and each.seconds <= longest
    ]
    if permanent is None or len(flows) < rule.whole("fewest_records"):
        return ()
    overload = permanent * rule.share("overload_ratio")
    peak, at = max(flows)
    findings = []
    if peak > overload:
        evidence = f"{round(peak)} L/h > Q4 = {round(overload)} L/h"
        words = {"peak": m3_text(round(peak)), "limit": m3_text(round(overload))}
        findings.append(
            found("meter_too_small", Severity.WARN, record.meter.id, at=at, evidence=evidence, **words)
        )
    if record.meter.flow_range is not None:
        findings += _too_large(
            record, [flow for flow, _ in flows], permanent / record.meter.flow_range, rules
        )
    return tuple(findings)


def _too_large(
    record: MeterRecord, flows: list[Fraction], least: Fraction, rules: CheckRules
) -> tuple[Finding, ...]:
    limit = rules["sizing"].share("small_flow_share")
    below = sum(flow < least for flow in flows)
    share = Fraction(below, len(flows))
    if share <= limit:
        return ()
    return (
        found(
            "meter_too_large",
            Severity.NOTE,
            record.meter.id,
            evidence=f"{below} / {len(flows)} = {float(share):.1%} > {float(limit):.0%} below Q1",
            share=f"{float(share):.1%}",
            least=m3_text(round(least)),
        ),
    )
