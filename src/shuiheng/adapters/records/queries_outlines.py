"""The outlines of districts that a city supplied, and the places that may have one."""

from __future__ import annotations

from collections.abc import Sequence

from shuiheng.adapters.records.models import CityOutline, Place, PlaceKind
from shuiheng.adapters.records.sight import Sight

NEWEST = 20


def outline_of(seen: Sight, city: int) -> CityOutline | None:
    """Return the outlines of a city that stand now."""
    return seen(CityOutline).filter(place=city, superseded_at__isnull=True).first()


def outlines_of(seen: Sight, city: int) -> Sequence[CityOutline]:
    """Return all outlines that a city ever had, the newest first, without their shapes."""
    rows = seen(CityOutline).filter(place=city).select_related("added_by").defer("shapes")
    return list(rows.order_by("-pk")[:NEWEST])


def outlined_places(seen: Sight, city: int) -> Sequence[Place]:
    """Return the districts and zones of a city, in the city's own order."""
    kinds = (PlaceKind.DISTRICT, PlaceKind.ZONE)
    rows = seen(Place).filter(parent=city, kind__in=kinds, to_on__isnull=True)
    return list(rows.order_by("order", "pk"))


def cities_of(seen: Sight) -> Sequence[Place]:
    """Return the cities in sight as a whole; of a district alone there is no map."""
    rows = seen(Place).filter(to_on__isnull=True)
    own = rows.filter(kind=PlaceKind.CITY)
    return list(own.order_by("order", "pk"))
