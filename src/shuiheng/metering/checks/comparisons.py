"""V11 to V13 and V15: volumes against other figures: the device's own, sub-meters, norm, allowance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from shuiheng.kernel import Finding, Severity
from shuiheng.metering.checks.record import MeterRecord, found, m3_text
from shuiheng.metering.checks.rule import CheckRules
from shuiheng.metering.intervals import register_at
from shuiheng.metering.model import Volume
from shuiheng.metering.volumes import volume


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What a device itself says passed between two instants (上报水量)."""

    start_at: int
    end_at: int
    litres: int


def check_reported_volumes_add_up(
    record: MeterRecord, reported: Sequence[Reported], *, rules: CheckRules
) -> tuple[Finding, ...]:
    """Return V11: a finding when what a device reported differs from what its register tells.

    The reported intervals are taken together; nothing is said where the register does not
    tell the whole of their time.
    """
    if not reported:
        return ()
    rule = rules["V11"]
    start_at, end_at = reported[0].start_at, reported[-1].end_at
    is_whole = all(a.end_at == b.start_at for a, b in pairwise(reported))
    told = volume(record.usage, start_at, end_at)
    if not is_whole or told.spread_seconds or told.missing_seconds or told.litres is None:
        return ()
    register = register_at(record.meter, start_at)
    steps = rule.share("steps") * register.step_litres * register.multiplier
    limit = max(steps, rule.share("difference_share") * abs(told.litres))
    total = sum(each.litres for each in reported)
    if abs(total - told.litres) <= limit:
        return ()
    return (
        found(
            "reported_differs",
            Severity.WARN,
            record.meter.id,
            at=end_at,
            evidence=f"|{total} - {told.litres}| = {abs(total - told.litres)} L > {float(limit):g} L",
            reported=m3_text(total),
            register=m3_text(told.litres),
        ),
    )


def check_master_and_subs(
    master: str, own: Volume, subs: Mapping[str, Volume], *, rules: CheckRules
) -> tuple[Finding, ...]:
    """Return V12: a finding when sub-meters and their master differ (总分表差).

    Args:
        master: Id of the master meter.
        own: Its volume in a period.
        subs: Volume of each sub-meter in the same period.
        rules: The rules.
    """
    if not subs:
        return ()
    rule = rules["V12"]
    parts = [own, *subs.values()]
    missing = max(Fraction(each.missing_seconds, each.seconds) for each in parts)
    if missing > rule.share("most_missing_share") or not own.litres or own.litres < 0:
        evidence = f"{float(missing):.1%} missing, master {own.litres} L"
        return (found("tree_not_comparable", Severity.NOTE, master, at=own.end_at, evidence=evidence),)
    total = sum(each.litres or 0 for each in subs.values())
    gap = Fraction(abs(own.litres - total), own.litres)
    if gap <= rule.share("check_share"):
        return ()
    is_alarm = gap > rule.share("alarm_share")
    return (
        found(
            "tree_alarm" if is_alarm else "tree_differs",
            Severity.WARN if is_alarm else Severity.NOTE,
            master,
            at=own.end_at,
            evidence=f"|{own.litres} - {total}| / {own.litres} = {float(gap):.1%}",
            master=m3_text(own.litres),
            subs=m3_text(total),
            gap=f"{float(gap):.1%}",
        ),
    )


def check_use_by_norm(
    subject: str, used: Volume, expected_litres: Fraction, *, rules: CheckRules
) -> tuple[Finding, ...]:
    """Return V13: a finding when use is far from norm times activity.

    Args:
        subject: Meter or user.
        used: Its volume in a period.
        expected_litres: Use norm times activity of the period, litres, above 0.
        rules: The rules.
    """
    rule = rules["V13"]
    if used.litres is None or used.missing_seconds:
        return ()
    times = used.litres / expected_litres
    if rule.share("least_times") <= times <= rule.share("most_times"):
        return ()
    return (
        found(
            "far_above_norm" if times > 1 else "far_below_norm",
            Severity.WARN,
            subject,
            at=used.end_at,
            evidence=f"{used.litres} L / {float(expected_litres):g} L = {float(times):.2f}",
            volume=m3_text(used.litres),
            expected=m3_text(round(expected_litres)),
            times=f"{float(times):.2f}",
        ),
    )


def check_use_by_allowance(
    subject: str, used: Volume, allowance_litres: int, *, rules: CheckRules
) -> tuple[Finding, ...]:
    """Return V15: a finding when use so far exceeds the allowance so far by more than the rule lets.

    What is missing can only add to it, so that a finding stands whatever is missing.

    Args:
        subject: Meter or user.
        used: Its volume from the begin of the year, or of the plan's period.
        allowance_litres: Planned allowance for the same time, above 0.
        rules: The rules.
    """
    times = rules["V15"].share("times")
    if used.litres is None or used.litres <= times * allowance_litres:
        return ()
    ratio = Fraction(used.litres, allowance_litres)
    return (
        found(
            "above_allowance",
            Severity.WARN,
            subject,
            at=used.end_at,
            evidence=f"{used.litres} L / {allowance_litres} L = {float(ratio):.3f} > {float(times):g}",
            volume=m3_text(used.litres),
            allowance=m3_text(allowance_litres),
            times=f"{float(ratio):.2f}",
        ),
    )
