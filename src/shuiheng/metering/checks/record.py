"""What the checks of one meter look at, and how they say what they found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shuiheng.kernel import Finding, Severity
from shuiheng.metering.checks.rule import CheckRule, CheckRules
from shuiheng.metering.civil_time import DAY, HOUR, day_of, local_words
from shuiheng.metering.intervals import intervals_of
from shuiheng.metering.model import EVEN, Interval, IntervalRules, Meter, Profile, Reading, Version
from shuiheng.metering.versions import effective_readings
from shuiheng.metering.volumes import Usage, usage_of

LITRES_OF_M3 = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterRecord:
    """All that is known of a meter at an instant (计量记录).

    Args:
        meter: The meter with its events.
        versions: Every version of its readings that had been recorded.
        readings: Those that hold.
        intervals: What passed between them.
        usage: The same laid over time.
        known_at: The instant.
    """

    meter: Meter
    versions: tuple[Version, ...]
    readings: tuple[Reading, ...]
    intervals: tuple[Interval, ...]
    usage: Usage
    known_at: int


def record_of(
    meter: Meter, versions: Iterable[Version], *, known_at: int, rules: CheckRules, profile: Profile = EVEN
) -> MeterRecord:
    """Return what is known of a meter at an instant (计量记录).

    Raises:
        RowsClashError: Two versions are the same row of a batch, with two registers.
    """
    recorded = tuple(each for each in versions if each.recorded_at <= known_at)
    readings = effective_readings(recorded)
    intervals = intervals_of(meter, readings, interval_rules(rules))
    longest = longest_gap(meter, rules["V2"])
    return MeterRecord(
        meter=meter,
        versions=recorded,
        readings=readings,
        intervals=intervals,
        usage=usage_of(intervals, profile=profile, longest_seconds=longest),
        known_at=known_at,
    )


def interval_rules(rules: CheckRules) -> IntervalRules:
    """Return when a fall of a register is noise, and when a rollover, by V3 and V4."""
    return IntervalRules(
        tolerance_litres=rules["V3"].whole("tolerance_litres"),
        top_share=rules["V4"].share("top_share"),
        bottom_share=rules["V4"].share("bottom_share"),
    )


def longest_gap(meter: Meter, rule: CheckRule) -> int:
    """Return the longest time between two readings of a meter that is no gap, by V2, in seconds."""
    if meter.grid_seconds is None:
        return rule.whole("longest_irregular_days") * DAY
    if meter.grid_seconds == DAY:
        return rule.whole("longest_daily_hours") * HOUR
    return rule.whole("longest_intervals") * meter.grid_seconds


def hours_of(record: MeterRecord) -> dict[int, int]:
    """Return the litres of each hour that intervals of an hour or less tell whole, by its begin."""
    litres: dict[int, int] = {}
    seconds: dict[int, int] = {}
    for interval in record.intervals:
        begin = (interval.end.read_at - 1) // HOUR * HOUR
        if interval.start.read_at < begin or interval.volume_litres is None:
            continue
        litres[begin] = litres.get(begin, 0) + interval.volume_litres
        seconds[begin] = seconds.get(begin, 0) + interval.seconds
    return {begin: litres[begin] for begin in litres if seconds[begin] == HOUR}


def days_of(record: MeterRecord) -> tuple[date, ...]:
    """Return the days from that of the first reading to that of the last one."""
    if not record.readings:
        return ()
    first, last = day_of(record.readings[0].read_at), day_of(record.readings[-1].read_at)
    return tuple(date.fromordinal(each) for each in range(first.toordinal(), last.toordinal() + 1))


def found(
    code: str, severity: Severity, meter: str, *, evidence: str, at: int | None = None, **values: str
) -> Finding:
    """Return a finding about a meter, `at` an instant; its values hold meter and instant first."""
    when = {} if at is None else {"at": local_words(at)}
    return Finding(
        code=f"metering.{code}",
        severity=severity,
        subject=meter,
        evidence=evidence,
        values=tuple({"meter": meter, **when, **values}.items()),
    )


def m3_text(litres: int) -> str:
    """Return litres as cubic metres, `12.345`, without needless zeros."""
    sign, amount = ("-" if litres < 0 else ""), abs(litres)
    rest = f"{amount % LITRES_OF_M3:03d}".rstrip("0")
    return f"{sign}{amount // LITRES_OF_M3}" + (f".{rest}" if rest else "")


def hours_text(seconds: int) -> str:
    """Return a length of time in hours, with one decimal where it is not whole."""
    return f"{seconds / HOUR:.1f}".removesuffix(".0")
