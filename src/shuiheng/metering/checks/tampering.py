"""Patterns that a tampered meter leaves: no use at work, and plateaus that come again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from shuiheng.kernel import Finding, Severity
from shuiheng.metering.checks.flows import stuck_seconds
from shuiheng.metering.checks.record import MeterRecord, days_of, found, hours_of, hours_text, m3_text
from shuiheng.metering.checks.rule import CheckRules
from shuiheng.metering.civil_time import DAY, HOUR, WEEK, local_words, start_of


def check_use_at_work(
    record: MeterRecord,
    *,
    working_hours: range,
    is_working: Callable[[date], bool],
    rules: CheckRules,
) -> tuple[Finding, ...]:
    """Return a finding for each run of working days on which a user with output took hardly any water.

    A day counts when its working hours are all told and moved the meter by no more than a
    share of what the same hours of the working days of the weeks before the run did.

    Args:
        record: The meter.
        working_hours: Local hours of the day in which the user works, `range(8, 18)`.
        is_working: Whether the user worked on a day: a workday on which there was output.
        rules: The rules.
    """
    rule = rules["working_hours"]
    by_day = _at_work(record, working_hours, is_working)
    run: list[date] = []
    findings = []
    for day in [*sorted(by_day), None]:
        usual = _usual(by_day, run[0] if run else day, rules)
        if day is not None and usual > 0 and by_day[day] <= rule.share("most_share") * usual:
            run.append(day)
            continue
        if len(run) >= rule.whole("days"):
            mean = Fraction(sum(by_day[each] for each in run), len(run))
            findings.append(
                found(
                    "use_lost_at_work",
                    Severity.WARN,
                    record.meter.id,
                    at=start_of(run[-1]) + working_hours.stop * HOUR,
                    evidence=f"{float(mean):.0f} L at work on {len(run)} days; {float(usual):.0f} L before",
                    since=run[0].isoformat(),
                    days=str(len(run)),
                    left=m3_text(round(mean)),
                    usual=m3_text(round(usual)),
                )
            )
        run = []
    return tuple(findings)


def check_no_plateau_comes_again(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return a finding when a meter stands still again and again at hours in which it usually runs.

    A magnet or a bypass leaves such plateaus: some hours without a move, then use as before.
    One counts when the same hours of the weeks before took a fair share of a day's use.
    """
    rule = rules["plateau"]
    plateaus = _plateaus(record, rules)
    window, times = rule.whole("window_days") * DAY, rule.whole("times")
    findings = []
    first = 0
    while first < len(plateaus):
        near = [each for each in plateaus[first:] if each[1] <= plateaus[first][0] + window]
        if len(near) < times:
            first += 1
            continue
        hidden = sum(each[2] for each in near)
        findings.append(
            found(
                "plateau_comes_again",
                Severity.WARN,
                record.meter.id,
                at=near[-1][1],
                evidence="; ".join(
                    f"{local_words(a)} {hours_text(b - a)} h, {h} L usual" for a, b, h in near
                ),
                since=local_words(near[0][0]),
                count=str(len(near)),
                hidden=m3_text(hidden),
            )
        )
        first += len(near)
    return tuple(findings)


def _at_work(
    record: MeterRecord, working_hours: range, is_working: Callable[[date], bool]
) -> Mapping[date, int]:
    """Return the litres at work of each working day whose working hours are all told."""
    hours = hours_of(record)
    by_day = {}
    for day in days_of(record):
        begins = [start_of(day) + hour * HOUR for hour in working_hours]
        if is_working(day) and all(begin in hours for begin in begins):
            by_day[day] = sum(hours[begin] for begin in begins)
    return by_day


def _usual(by_day: Mapping[date, int], day: date | None, rules: CheckRules) -> Fraction:
    """Return the mean at work of the working days of the weeks before a day; 0 when there are none."""
    if day is None:
        return Fraction(0)
    weeks = rules["working_hours"].whole("weeks")
    before = [litres for each, litres in by_day.items() if 0 < (day - each).days <= 7 * weeks]
    return Fraction(sum(before), len(before)) if before else Fraction(0)


def _plateaus(record: MeterRecord, rules: CheckRules) -> list[tuple[int, int, int]]:
    """Return begin, end and usual litres of each plateau after which use came back."""
    rule = rules["plateau"]
    hours = hours_of(record)
    longest = stuck_seconds(record.meter, rules["V7"])
    found_plateaus = []
    for start_at, end_at in _still_hours(hours):
        seconds = end_at - start_at
        if not rule.whole("hours") * HOUR <= seconds < longest or not hours.get(end_at):
            continue
        usual = _usual_between(hours, start_at, end_at, rule.whole("weeks"))
        day = _usual_between(hours, start_at, start_at + DAY, rule.whole("weeks"))
        if usual is not None and day and usual >= rule.share("hidden_share") * day:
            found_plateaus.append((start_at, end_at, round(usual)))
    return found_plateaus


def _still_hours(hours: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return begin and end of each run of told hours without a move."""
    runs: list[tuple[int, int]] = []
    for begin in sorted(hours):
        if hours[begin]:
            continue
        if runs and runs[-1][1] == begin:
            runs[-1] = (runs[-1][0], begin + HOUR)
        else:
            runs.append((begin, begin + HOUR))
    return runs


def _usual_between(hours: Mapping[int, int], start_at: int, end_at: int, weeks: int) -> Fraction | None:
    """Return the sum of the means of the same hours of the weeks before; None where one is not told."""
    total = Fraction(0)
    for begin in range(start_at, end_at, HOUR):
        earlier = [hours[b] for k in range(1, weeks + 1) if (b := begin - k * WEEK) in hours]
        if not earlier:
            return None
        total += Fraction(sum(earlier), len(earlier))
    return total
