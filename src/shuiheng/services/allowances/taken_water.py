"""What users took from their sources in past years, as the methods of allocation take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_source_use import Taker, use_of_sources
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use
from shuiheng.adapters.rulebook.comparison import comparison
from shuiheng.allowances.model import MONTHS, YearUse

LITRES_OF_M3, SHARE_PLACES = Decimal(1000), 4
NOTHING: Mapping[date, Use] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class PastYear:
    """A past year of a source: its water, and how well it is known.

    Args:
        year: The year.
        m3: Its water, or None when too much of it is not known.
        measured: Share of the time that was measured or spread between readings; None without meters.
        estimated: Share that was estimated.
        missing: Share of which nothing is known.
        months: Water of each month in m³; None for a month of which nothing, or too little, is known.
    """

    year: int
    m3: Decimal | None
    measured: float | None
    estimated: float | None
    missing: float | None
    months: tuple[Decimal | None, ...]

    @property
    def use(self) -> YearUse:
        """Return it as the methods take it."""
        return YearUse(year=self.year, m3=self.m3, origin=f"settled_year:{self.year}")

    def as_json(self) -> dict[str, Any]:
        """Return how an allowance keeps it."""
        return {
            "year": self.year,
            "m3": None if self.m3 is None else str(self.m3),
            "measured": self.measured,
            "estimated": self.estimated,
            "missing": self.missing,
        }


def past_water(
    seen: Sight, city: Place, years: Sequence[int], *, users: Sequence[int] | None = None
) -> Mapping[Taker, Mapping[date, Use]]:
    """Return the water of each source in the months of some years."""
    months = [date(year, month, 1) for year in years for month in range(1, MONTHS + 1)]
    return use_of_sources(seen, months, city=city.pk, users=users)


def past_year(months: Mapping[date, Use], year: int) -> PastYear:
    """Return a past year of a source from its months; with too much missing its water is not known."""
    held = [months.get(date(year, month, 1)) for month in range(1, MONTHS + 1)]
    known = [use for use in held if use is not None]
    whole = reduce(Use.joined, known) if known else None
    shares = whole.time_shares if whole is not None else None
    is_known = len(known) == MONTHS and whole is not None and _is_known(whole)
    measured, spread, estimated, missing = shares or (None, None, None, None)
    return PastYear(
        year=year,
        m3=_m3(whole) if is_known else None,
        measured=_rounded(None if measured is None else measured + (spread or 0)),
        estimated=_rounded(estimated),
        missing=_rounded(missing),
        months=tuple(_m3(use) if use is not None and _is_known(use) else None for use in held),
    )


def joined_months(parts: Sequence[Mapping[date, Use]]) -> Mapping[date, Use]:
    """Return the water of several rows of one source, month by month."""
    found: dict[date, Use] = {}
    for part in parts:
        for month, use in part.items():
            found[month] = found[month].joined(use) if month in found else use
    return found


def _is_known(use: Use) -> bool:
    missing = use.missing_share
    return use.litres is not None and missing is not None and missing <= comparison().most_missing_share


def _m3(use: Use | None) -> Decimal | None:
    return None if use is None or use.litres is None else Decimal(use.litres) / LITRES_OF_M3


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, SHARE_PLACES)
