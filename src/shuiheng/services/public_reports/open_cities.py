"""Of which cities the public may report: those in whose office somebody sorts what comes in."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.records.models import Membership, OrganisationKind, Place, PlaceKind
from shuiheng.adapters.rulebook import role_rules
from shuiheng.services.errors import NotThereError
from shuiheng.services.permission import Action

MOST = 400


def open_cities() -> Sequence[Place]:
    """Return the cities whose office takes reports by the public, by name."""
    today = timezone.localdate()
    roles = [role for role, rule in role_rules().items() if Action.PUBLIC_REPORTS_KEEP.value in rule.reaches]
    held = Membership.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gt=today),
        from_on__lte=today,
        role__in=roles,
        account__is_active=True,
        organisation__kind=OrganisationKind.OFFICE,
    )
    found = Place.objects.filter(pk__in=held.values("organisation__place"))
    return list(found.order_by("order", "name", "pk")[:MOST])


def open_city(slug: str) -> Place:
    """Return a city whose office takes reports by the public.

    Raises:
        NotThereError: There is none of this name, or nobody of its office would read them.
    """
    for place in open_cities():
        if place.slug == slug:
            return place
    raise NotThereError(f"place:{slug}")


def districts_of(city: Place) -> Sequence[Place]:
    """Return the districts of a city in their order."""
    kinds = (PlaceKind.DISTRICT, PlaceKind.ZONE)
    rows = Place.objects.filter(parent=city, kind__in=kinds, to_on__isnull=True, is_beside=False)
    return list(rows.order_by("order", "name", "pk")[:MOST])
