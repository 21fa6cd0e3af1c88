"""Water of a group in a period, and how well it is known; and the months of a stretch of time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import add
from typing import NamedTuple

from shuiheng.metering.civil_time import month_after


class Use(NamedTuple):
    """Water of a group in a period (水量), and how well it is known; a tuple, as there are many of them.

    Args:
        told_litres: What registers tell, measured or spread between readings (by time).
        estimated_litres: What was estimated beside it.
        abstracted_litres: The part of both that came from abstractions of the users themselves.
        meters: Months of meters that should tell.
        silent: Those of them of which nothing is known.
        measured_seconds: Time of all meters in intervals of the period.
        spread_seconds: Time in parts of intervals, or in intervals longer than the grid allows.
        estimated_seconds: Time that was estimated.
        missing_seconds: Time of which nothing is known.
        weight_litres: Litres without signs, for the share that is estimated.
    """

    told_litres: int = 0
    estimated_litres: int = 0
    abstracted_litres: int = 0
    meters: int = 0
    silent: int = 0
    measured_seconds: int = 0
    spread_seconds: int = 0
    estimated_seconds: int = 0
    missing_seconds: int = 0
    weight_litres: int = 0

    def joined(self, other: Use) -> Use:
        """Return the water of both."""
        return Use._make(map(add, self, other))

    @property
    def litres(self) -> int | None:
        """All litres; None when nothing is known of any meter. None is not zero."""
        return None if self.silent == self.meters else self.told_litres + self.estimated_litres

    @property
    def estimated_share(self) -> float | None:
        """Share of the litres that was estimated; None where there are none."""
        if self.litres is None or self.weight_litres == 0:
            return None
        return abs(self.estimated_litres) / self.weight_litres

    @property
    def missing_share(self) -> float | None:
        """Share of the time of all meters of which nothing is known; None without meters."""
        return self._time(self.missing_seconds)

    @property
    def time_shares(self) -> tuple[float, float, float, float] | None:
        """Shares of the time measured, spread, estimated and missing; None without meters."""
        if self._seconds == 0:
            return None
        parts = (self.measured_seconds, self.spread_seconds, self.estimated_seconds, self.missing_seconds)
        return tuple(part / self._seconds for part in parts)  # type: ignore[return-value]  # four of them

    @property
    def _seconds(self) -> int:
        known = self.measured_seconds + self.spread_seconds
        return known + self.estimated_seconds + self.missing_seconds

    def _time(self, seconds: int) -> float | None:
        return seconds / self._seconds if self._seconds else None


def months_between(first: date, last: date) -> list[date]:
    """Return the first days of all months from that of one day to that of another."""
    months = [first.replace(day=1)]
    while months[-1] < last.replace(day=1):
        months.append(month_after(months[-1]))
    return months if first.replace(day=1) <= last.replace(day=1) else []


def totals(uses: Iterable[Use]) -> Use | None:
    """Return the water of all; None of none."""
    known = list(uses)
    return reduce(Use.joined, known) if known else None
