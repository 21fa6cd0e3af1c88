"""Words by which plans name a part of the city, and what persons said that they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Count

from shuiheng.adapters.records.models import Place, PlaceKind, RegisterTarget, ScopeMeaning
from shuiheng.adapters.records.sight import Sight


def scope_words(seen: Sight, city: int) -> Mapping[str, int]:
    """Return the words of scopes of targets in force, with how many targets bear each; the most first."""
    rows = seen(RegisterTarget).filter(plan__place=city, withdrawn_at__isnull=True).exclude(scope="")
    counted = rows.order_by().values("scope").annotate(n=Count("pk")).order_by("-n", "scope")
    return {row["scope"]: row["n"] for row in counted}


def meanings_in_force(seen: Sight, city: int) -> Sequence[ScopeMeaning]:
    """Return what holds of the words of a city, by words."""
    rows = seen(ScopeMeaning).filter(city=city, superseded_at__isnull=True)
    return list(rows.select_related("said_by").order_by("words"))


def cities_of_plans(seen: Sight) -> Sequence[Place]:
    """Return the cities whose plans are in sight."""
    own = seen(RegisterTarget).order_by().values("plan__place")
    return list(seen(Place).filter(pk__in=own).order_by("pk"))


def districts_of(seen: Sight, city: int) -> Sequence[Place]:
    """Return the districts of a city that stand today."""
    kinds = (PlaceKind.DISTRICT, PlaceKind.ZONE)
    return list(seen(Place).filter(parent=city, kind__in=kinds, to_on__isnull=True).order_by("order", "pk"))
