"""Which places and years pictures of a city can be drawn for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from shuiheng.adapters.records.models import WHOLE_YEAR, Place, Statistic, StatisticState
from shuiheng.adapters.records.queries_outlines import cities_of, mapped_cities, outlined_places
from shuiheng.adapters.records.sight import Sight


def drawn_places(seen: Sight, city: Place) -> Sequence[Place]:
    """Return what is in sight of a city: itself, then its districts in the city's own order."""
    whole = [each for each in cities_of(seen) if each.pk == city.pk]
    return [*whole, *outlined_places(seen, city.pk)]


def drawn_cities(seen: Sight) -> Sequence[Place]:
    """Return the cities of which something can be drawn."""
    return mapped_cities(seen)


def told_years(seen: Sight, places: Collection[Place], fact: str, *, is_whole: bool = True) -> Sequence[int]:
    """Return the years for which a fact of any of these places is confirmed, the newest first.

    Args:
        seen: What the reader may see.
        places: The places.
        fact: The fact.
        is_whole: Whether only whole years count, not those of which the first months are told.
    """
    rows = seen(Statistic).filter(
        place__in=places,
        fact=fact,
        **({"through_month": WHOLE_YEAR} if is_whole else {}),
        state=StatisticState.CONFIRMED,
        superseded_at__isnull=True,
    )
    return sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)
