"""The outlines of districts that a city supplied, and the places that may have one."""

from __future__ import annotations

from collections.abc import Sequence

from shuiheng.adapters.records.models import CityOutline, Place, PlaceKind
from shuiheng.adapters.records.sight import Sight

NEWEST, OUTLINED = 20, (PlaceKind.DISTRICT, PlaceKind.ZONE)


def outline_of(seen: Sight, city: int) -> CityOutline | None:
    """Return the outlines of a city that stand now."""
    return seen(CityOutline).filter(place=city, superseded_at__isnull=True).first()


def outlines_of(seen: Sight, city: int) -> Sequence[CityOutline]:
    """Return all outlines that a city ever had, the newest first, without their shapes."""
    rows = seen(CityOutline).filter(place=city).select_related("added_by").defer("shapes")
    return list(rows.order_by("-pk")[:NEWEST])


def outlined_places(seen: Sight, city: int) -> Sequence[Place]:
    """Return the districts and zones of a city that are in sight, in the city's own order."""
    rows = seen(Place).filter(parent=city, kind__in=OUTLINED, to_on__isnull=True)
    return list(rows.order_by("order", "pk"))


def cities_of(seen: Sight) -> Sequence[Place]:
    """Return the cities in sight as a whole."""
    rows = seen(Place).filter(to_on__isnull=True, kind=PlaceKind.CITY)
    return list(rows.order_by("order", "pk"))


def mapped_cities(seen: Sight) -> Sequence[Place]:
    """Return the cities that have a map for a reader: those in sight, and those of the districts in sight."""
    parts = seen(Place).filter(
        to_on__isnull=True,
        kind__in=OUTLINED,
        parent__kind=PlaceKind.CITY,
        parent__to_on__isnull=True,
    )
    above = {part.parent for part in parts.select_related("parent") if part.parent is not None}
    return sorted(above.union(cities_of(seen)), key=lambda city: (city.order, city.pk))
