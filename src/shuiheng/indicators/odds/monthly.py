"""What a year that is under way will come to, by the months of its parts that are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from shuiheng.indicators.odds.driven import driven
from shuiheng.indicators.odds.drivers import DriverSeries
from shuiheng.indicators.odds.scenarios import Drawing, totals_of
from shuiheng.indicators.odds.series import Floats, UseSeries

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthsOfParts:
    """Months of the parts of a total, all from one month to one other.

    Args:
        first_year: The year of the first month, which is January.
        parts: The series by month, of equal length.
    """

    first_year: int
    parts: Sequence[UseSeries]

    @property
    def length(self) -> int:
        """Return how many months there are."""
        return len(self.parts[0].values) if self.parts else 0

    def total(self, year: int) -> float | None:
        """Return the total of a year; None while a month of a part is not known."""
        first = (year - self.first_year) * MONTHS
        if first < 0 or first + MONTHS > self.length:
            return None
        values = [value for part in self.parts for value in part.values[first : first + MONTHS]]
        known = [value for value in values if value is not None]
        return sum(known) if known and len(known) == len(values) else None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class YearGrowth:
    """What a year may come to.

    Args:
        samples: Its total as a multiple of the year before.
        drivers: By driver, for how many parts it was used.
    """

    samples: Floats
    drivers: Mapping[str, int]


def growth_of_year(
    months: MonthsOfParts, year: int, drawing: Drawing, *, drivers: Sequence[DriverSeries] = ()
) -> YearGrowth | None:
    """Return samples of the total of a year as a multiple of the year before.

    Known months count as they are, the others are sampled, for all parts from the same past months. Models
    take turns from sample to sample. None where the year before is not whole, or no model can be fitted.

    Args:
        months: The months of the parts.
        year: The year, of which the last known month is one, or which follows it.
        drawing: How futures are drawn.
        drivers: What may move the parts.
    """
    before = months.total(year - 1)
    first = months.length - (year - months.first_year) * MONTHS
    if not before or first < 0 or first > MONTHS:
        return None
    ahead = MONTHS - first
    parts = [driven(each, drivers, ahead=MONTHS) for each in months.parts]
    found = totals_of(parts, first=first, ahead=ahead, drawing=drawing)
    models = [found[kind] for kind in sorted(found)]
    if not models:
        return None
    turns = np.arange(drawing.paths) % len(models)
    samples = np.asarray(np.choose(turns, models) / before, dtype=np.float64)
    used = Counter(name for part in parts for name in part.names)
    return YearGrowth(samples=samples, drivers=dict(sorted(used.items())))
