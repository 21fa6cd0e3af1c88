"""Months of metered water of a city by district and class, from which the odds of totals go on (月度用水)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_fact_use import settled_from, use_in_groups
from shuiheng.adapters.records.use_figures import Use, months_between
from shuiheng.indicators.odds.monthly import MONTHS, MonthsOfParts
from shuiheng.indicators.odds.series import UseSeries
from shuiheng.metering.civil_time import months_before
from shuiheng.services.inspections.city_sight import CitySight

MOST_YEARS = 5
MOST_MISSING = 0.2
"""A month of which more is missing, by time, is not known; a planning aid, no rule of law."""


@dataclass(frozen=True, slots=True)
class CityMonths:
    """The months of a city by district and class.

    Args:
        months: First days of months, the oldest first, from a January on.
        by_part: By district and class, the water in litres of each month; None where it is not known.
    """

    months: tuple[date, ...] = ()
    by_part: Mapping[tuple[int | None, str], tuple[float | None, ...]] = field(default_factory=dict)

    def of(self, districts: Collection[int] | None, classes: Collection[str]) -> MonthsOfParts | None:
        """Return the parts of some districts and classes; None where there is none.

        Args:
            districts: Keys of districts; None for the whole city.
            classes: Classes of use; all when empty.
        """
        parts = [
            UseSeries(name=f"{district}:{use_class}", season=MONTHS, values=values)
            for (district, use_class), values in self.by_part.items()
            if (districts is None or district in districts) and (not classes or use_class in classes)
        ]
        return MonthsOfParts(first_year=self.months[0].year, parts=parts) if parts else None


def city_months(city: Place, on: date) -> CityMonths:
    """Return the months of a city that ended before a day, at most five years of them."""
    seen = CitySight(city)
    first, last = settled_from(seen, city.pk), months_before(on.replace(day=1), 1)
    if first is None or first > last:
        return CityMonths()
    january = date(max(first.year, last.year - MOST_YEARS + 1), 1, 1)
    months = months_between(january, last)
    uses: dict[tuple[int | None, str], dict[date, Use]] = {}
    for group, use in use_in_groups(seen, city.pk, months).items():
        held = uses.setdefault((group.district, group.use_class), {})
        held[group.month] = held[group.month].joined(use) if group.month in held else use
    by_part = {
        part: tuple(_litres(held.get(month)) for month in months)
        for part, held in sorted(uses.items(), key=lambda row: (row[0][0] or 0, row[0][1]))
    }
    return CityMonths(tuple(months), by_part)


def _litres(use: Use | None) -> float | None:
    if use is None or use.litres is None or (use.missing_share or 0) > MOST_MISSING:
        return None
    return float(max(use.litres, 0))
