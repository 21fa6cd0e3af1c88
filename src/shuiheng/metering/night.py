"""Night flow: what passed between two and four o'clock, when use is least."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shuiheng.metering.civil_time import HOUR, start_of
from shuiheng.metering.intervals import interval_between
from shuiheng.metering.model import IntervalRules, Meter, Reading

NIGHT_FROM, NIGHT_TO = 2 * HOUR, 4 * HOUR


def night_litres(meter: Meter, readings: Sequence[Reading], day: date, *, rules: IntervalRules) -> int | None:
    """Return the night volume (夜间水量) of a civil day: the register at 04:00 less that at 02:00.

    None unless both instants have a reading and the interval between them has a volume.
    Readings between the two do not matter.
    """
    found = {reading.read_at - start_of(day): reading for reading in readings}
    first, last = found.get(NIGHT_FROM), found.get(NIGHT_TO)
    if first is None or last is None:
        return None
    return interval_between(meter, first, last, rules=rules).volume_litres
