"""Official figures, as far as in sight, and the rows from which facts of figures were read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from shuiheng.adapters.records.models import Event, Figure, Place, PlaceKind, RegisterTarget, Statistic
from shuiheng.adapters.records.sight import Sight

AT_ONCE = 500
VERIFIED, LAST_VERIFIED = "figures.verified", timedelta(days=2)


def places_with_figures(seen: Sight) -> list[Place]:
    """Return the cities and districts of which somebody sees figures, cities first."""
    rows = seen(Place).filter(kind__in=(PlaceKind.CITY, PlaceKind.DISTRICT)).select_related("parent")
    return sorted(
        rows, key=lambda each: (each.kind != PlaceKind.CITY, each.parent_id or 0, each.order, each.pk)
    )


def standing_figures(seen: Sight, place: Place) -> QuerySet[Figure]:
    """Return the official figures of a place that nothing has superseded."""
    rows = seen(Figure).filter(place=place, superseded_at__isnull=True)
    return rows.select_related("place__parent", "released_by")


def figures_of(seen: Sight, *, place: Place, subject: str, up_to: date) -> list[Figure]:
    """Return all official figures of a subject and day, the one that stands first."""
    rows = seen(Figure).filter(place=place, subject=subject, up_to=up_to)
    return list(rows.select_related("place", "released_by").order_by("-pk"))


def statistics_by_key(seen: Sight, keys: Collection[int]) -> Mapping[int, Statistic]:
    """Return entered facts by key, with who entered and confirmed them, for a value in sight."""
    found: dict[int, Statistic] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), AT_ONCE):
        rows = seen(Statistic).filter(pk__in=wanted[start : start + AT_ONCE])
        found.update((row.pk, row) for row in rows.select_related("entered_by", "decided_by"))
    return found


def base_years(seen: Sight, city: Place) -> list[int]:
    """Return the base years that targets of a city compare with, the most frequent first."""
    rows = seen(RegisterTarget).filter(
        plan__place=city, withdrawn_at__isnull=True, baseline_year__isnull=False
    )
    counted = rows.order_by().values_list("baseline_year").annotate(n=Count("pk"))
    found = [(int(year), int(n)) for year, n in counted if year is not None]
    return [year for year, _ in sorted(found, key=lambda each: (-each[1], -each[0]))]


def standing_figures_in_sight(seen: Sight) -> QuerySet[Figure]:
    """Return all official figures in sight that nothing has superseded."""
    rows = seen(Figure).filter(superseded_at__isnull=True)
    return rows.select_related("place__parent", "city", "released_by").order_by(
        "place_id", "subject", "-year"
    )


def figures_to_look_at(seen: Sight) -> QuerySet[Figure]:
    """Return the official figures in sight that did not hold or had changed when last verified."""
    told = Event.objects.filter(action=VERIFIED, actor__isnull=True, at__gte=timezone.now() - LAST_VERIFIED)
    newest: dict[int | None, set[int]] = {}
    for place, after in told.order_by("-pk").values_list("place", "after"):
        held = after or {}
        newest.setdefault(place, {*held.get("changed", ()), *held.get("broken", ())})
    return seen(Figure).filter(superseded_at__isnull=True, pk__in=set().union(*newest.values()))
