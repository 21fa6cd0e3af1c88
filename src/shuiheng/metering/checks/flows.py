"""V7 to V10: meters that stand still, jump, spike or never rest."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from shuiheng.kernel import Finding, Severity
from shuiheng.metering.checks.record import MeterRecord, days_of, found, hours_of, hours_text, m3_text
from shuiheng.metering.checks.rule import CheckRule, CheckRules
from shuiheng.metering.civil_time import DAY, HOUR, day_of, end_of, local_words, start_of
from shuiheng.metering.intervals import register_at
from shuiheng.metering.model import Meter, Volume
from shuiheng.metering.volumes import volume

HOUSEHOLD, INDUSTRY = "household", "industry"
HOURS_OF_DAY = 24
PLACE_OF_THIRD = 3


def check_meter_turns(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return V7: a finding for each run of days without a move of a meter that moved before.

    A run counts when the use before would have turned the register by several steps in it.
    """
    rule = rules["V7"]
    longest = stuck_seconds(record.meter, rule)
    findings = []
    for start_at, end_at in still_runs(record):
        if end_at - start_at < longest:
            continue
        before = volume(record.usage, start_at - rule.whole("history_days") * DAY, start_at)
        told = before.seconds - before.missing_seconds
        if not told or not before.litres:
            continue
        expected = Fraction(before.litres * (end_at - start_at), told)
        register = register_at(record.meter, start_at)
        if expected < rule.whole("fewest_steps") * register.step_litres * register.multiplier:
            continue
        findings.append(
            found(
                "stuck",
                Severity.WARN,
                record.meter.id,
                at=end_at,
                evidence=f"0 L in {end_at - start_at} s ≥ {longest} s; {round(expected)} L expected",
                since=local_words(start_at),
                hours=hours_text(end_at - start_at),
                expected=m3_text(round(expected)),
            )
        )
    return tuple(findings)


def stuck_seconds(meter: Meter, rule: CheckRule) -> int:
    """Return from how many seconds without a move a meter of its kind counts as stuck."""
    names = {HOUSEHOLD: "household_days", INDUSTRY: "industry_days"}
    return rule.whole(names.get(meter.kind, "other_days")) * DAY


def still_runs(record: MeterRecord) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each run of intervals in which the register did not move."""
    begin: int | None = None
    for interval in record.intervals:
        if interval.volume_litres == 0:
            begin = interval.start.read_at if begin is None else begin
        elif begin is not None:
            yield begin, interval.start.read_at
            begin = None
    if begin is not None:
        yield begin, record.intervals[-1].end.read_at


def check_days_are_possible(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return V8: a finding for each day above what the meter can pass, or far above the days before."""
    rule = rules["V8"]
    findings: list[Finding] = []
    known: list[int] = []
    for day in days_of(record):
        period = volume(record.usage, start_of(day), end_of(day))
        if period.missing_seconds or period.litres is None:
            continue
        most = _most_of_a_day(record, start_of(day), rule)
        usual = _percentile(known[-rule.whole("history_days") :], rule)
        limit = most
        if most is not None and period.litres > most:
            code, evidence = "day_impossible", f"{period.litres} L > {round(most)} L = Q4 × 24 h"
        elif usual is not None and period.litres > rule.share("times") * usual > 0:
            code, evidence = "day_high", f"{period.litres} L > {rule.share('times')} × {usual} L"
            limit = Fraction(usual)
        else:
            code, evidence = "", ""
        if code and limit is not None:
            findings.append(_high(record, code, period, evidence=evidence, limit=limit))
        known.append(period.litres)
    return tuple(findings)


def _high(record: MeterRecord, code: str, period: Volume, *, evidence: str, limit: Fraction) -> Finding:
    return found(
        code,
        Severity.DISQUALIFY if code == "day_impossible" else Severity.WARN,
        record.meter.id,
        at=period.end_at,
        evidence=evidence,
        day=day_of(period.end_at).isoformat(),
        volume=m3_text(period.litres or 0),
        limit=m3_text(round(limit)),
    )


def _most_of_a_day(record: MeterRecord, at: int, rule: CheckRule) -> Fraction | None:
    """Return the litres that can pass in a day at overload flow, by Q3 or by the register's own limit."""
    if record.meter.permanent_flow_l_h is not None:
        return record.meter.permanent_flow_l_h * rule.share("overload_ratio") * HOURS_OF_DAY
    flow = register_at(record.meter, at).greatest_flow_l_h
    return None if flow is None else Fraction(flow * HOURS_OF_DAY)


def _percentile(history: list[int], rule: CheckRule) -> int | None:
    """Return the percentile of past days by nearest rank, None when there are too few."""
    if len(history) < rule.whole("fewest_days"):
        return None
    rank = ceil(rule.share("percentile_share") * len(history))
    return sorted(history)[max(rank, 1) - 1]


def check_no_spike_in_a_month(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return V9: a finding for each month whose highest hour, or day, stands far above the third highest.

    Hours are compared where the readings tell hours, days where they tell days.
    """
    excess = rules["V9"].share("excess_share")
    by_month: dict[str, list[tuple[int, int]]] = {}
    for begin, litres in _grid_volumes(record):
        by_month.setdefault(day_of(begin + 1).isoformat()[:7], []).append((litres, begin))
    findings = []
    for month, volumes in sorted(by_month.items()):
        highest = sorted(volumes, reverse=True)[:PLACE_OF_THIRD]
        if len(highest) < PLACE_OF_THIRD or highest[-1][0] <= 0:
            continue
        (top, begin), third = highest[0], highest[-1][0]
        if top - third <= excess * third:
            continue
        share = f"{float((top - third) / third):.0%} > {float(excess):.0%}"
        findings.append(
            found(
                "spike",
                Severity.WARN,
                record.meter.id,
                at=begin,
                evidence=f"({top} - {third}) / {third} = {share}",
                month=month,
                highest=m3_text(top),
                third=m3_text(third),
            )
        )
    return tuple(findings)


def _grid_volumes(record: MeterRecord) -> Iterator[tuple[int, int]]:
    """Yield begin and litres of each hour that is told, or of each day where hours are not."""
    if record.meter.grid_seconds is None:
        return
    if record.meter.grid_seconds <= HOUR:
        yield from sorted(hours_of(record).items())
        return
    for day in days_of(record):
        period = volume(record.usage, start_of(day), end_of(day))
        if period.litres is not None and not period.missing_seconds:
            yield start_of(day), period.litres


def check_household_rests(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return V10: a finding for each run of days in which a household's water never stopped."""
    if record.meter.kind != HOUSEHOLD:
        return ()
    hours = hours_of(record)
    fewest = rules["V10"].whole("days") * HOURS_OF_DAY
    findings, run = [], list[int]()
    for begin in [*sorted(hours), None]:
        is_following = begin is not None and hours[begin] > 0 and (not run or begin == run[-1] + HOUR)
        if begin is not None and is_following:
            run.append(begin)
            continue
        if len(run) >= fewest:
            least = min(hours[each] for each in run)
            findings.append(
                found(
                    "never_rests",
                    Severity.NOTE,
                    record.meter.id,
                    at=run[-1] + HOUR,
                    evidence=f"{len(run)} h ≥ {fewest} h above 0, least {least} L/h",
                    since=local_words(run[0]),
                    hours=hours_text(len(run) * HOUR),
                    least=str(least),
                )
            )
        run = [begin] if begin is not None and hours[begin] > 0 else []
    return tuple(findings)
