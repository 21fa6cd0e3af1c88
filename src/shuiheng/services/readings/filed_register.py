"""A register as a water user files it: its litres, when it was read, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from shuiheng.adapters.engines.columnar import Reader
from shuiheng.adapters.records.models import Meter, MeterFact, MeterFiling
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.metering.checks.record import LITRES_OF_M3, longest_gap
from shuiheng.metering.civil_time import day_of, end_of, start_of
from shuiheng.metering.model import Meter as MeterRules
from shuiheng.metering.model import Reading
from shuiheng.services.readings.meter_readings import readings_around
from shuiheng.services.readings.reading_store import newest_readings

MINUTE = 60
ON_THE_WAY = ("received", "checked", "taking")
_REGISTER = re.compile(r"\d{1,12}(\.\d{1,6})?")
_PLAIN = str.maketrans("０１２３４５６７８９．。", "0123456789..", " ,，\u3000\u00a0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The readings of a meter before and behind an instant; None where there is none."""

    before: Reading | None
    after: Reading | None


def register_litres(text: str) -> int | None:
    """Return what was typed as m³ in litres, or None when it is no number or finer than a litre."""
    plain = text.translate(_PLAIN).strip()
    if not _REGISTER.fullmatch(plain):
        return None
    litres = Decimal(plain) * LITRES_OF_M3
    return int(litres) if litres == litres.to_integral_value() else None


def instant_of(day: date, now: datetime) -> int:
    """Return when a register of a day was read: today now, to the minute; any other day at its end."""
    seconds = int(now.timestamp())
    if day_of(seconds) == day:
        return max(seconds // MINUTE * MINUTE, start_of(day) + MINUTE)
    return end_of(day)


def reports_itself(fact: MeterFact) -> bool:
    """Return whether a meter reports by itself; what its user files is then compared and does not count."""
    return bool(fact.telemetry_id) or fact.grid_minutes is not None


def neighbours_of(reader: Reader, meter: Meter, filed_at: int, *, without: int | None = None) -> Neighbours:
    """Return the readings of a meter before and behind an instant, filings on their way among them.

    Args:
        reader: A generation of the store.
        meter: The meter.
        filed_at: The instant.
        without: Instant of a filing that this one takes the place of.
    """
    instants = [filed_at] if without is None else [filed_at, without]
    near = [each for at in instants for each in readings_around(reader, meter.pk, at - 1, at)]
    readings = {each.read_at: each.register for each in near}
    waiting = MeterFiling.objects.filter(meter=meter, superseded_at__isnull=True, batch__state__in=ON_THE_WAY)
    readings |= {int(row.read_at.timestamp()): row.register_litres for row in waiting}
    known = sorted((at, each) for at, each in readings.items() if at not in (filed_at, without))
    before = [Reading(read_at=at, register=each) for at, each in known if at < filed_at]
    after = [Reading(read_at=at, register=each) for at, each in known if at > filed_at]
    return Neighbours(before=before[-1] if before else None, after=after[0] if after else None)


def last_readings(
    reader: Reader, meters: Sequence[int], on: date, *, without: Mapping[int, int]
) -> dict[int, Reading]:
    """Return the last reading of each meter up to a day, by its key; meters without one are left out.

    Args:
        reader: A generation of the store.
        meters: Keys of the meters.
        on: The day.
        without: Instants that do not count, by key of the meter: those of the filing that is looked at.
    """
    found = newest_readings(reader, meters, on)
    for key, at in without.items():
        if key in found and found[key].read_at == at:
            del found[key]
            before = readings_around(reader, key, at - 1, at)[0]
            if before.read_at < at:
                found[key] = before
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the own readings of a meter tell of an instant, and by how much another register may differ."""

    litres: int
    slack_litres: int


def compared_register(rules: MeterRules, reader: Reader, meter: Meter, filed_at: int) -> Compared | None:
    """Return what the own readings of a meter tell of an instant, or None where they tell nothing.

    Between two readings it is the straight line. Behind the last one it is the line of the last interval, as
    long as the time since is no gap. What passes between two readings is the slack.
    """
    held = reader.readings_of([meter.pk], filed_at - 1, filed_at).to_pylist()
    if held:
        return Compared(litres=int(held[0]["register"]), slack_litres=0)
    beside = neighbours_of(reader, meter, filed_at)
    longest = longest_gap(rules, metering_checks().rules["V2"])
    a, b = beside.before, beside.after
    if a is None:
        return None
    if b is not None:
        is_near = b.read_at - a.read_at <= longest and b.register >= a.register
        return _on_line(a, b, filed_at) if is_near else None
    earlier = neighbours_of(reader, meter, a.read_at).before
    if filed_at - a.read_at > longest or earlier is None or earlier.register > a.register:
        return None
    return _on_line(earlier, a, filed_at)


def _on_line(a: Reading, b: Reading, at: int) -> Compared:
    """Return the register at an instant on the line through two readings."""
    rise, seconds = b.register - a.register, b.read_at - a.read_at
    return Compared(
        litres=a.register + rise * (at - a.read_at) // seconds,
        slack_litres=max(rise, rise * (at - b.read_at) // seconds),
    )
