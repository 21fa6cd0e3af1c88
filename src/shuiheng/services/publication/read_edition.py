"""What anybody may read of a city's progress: the edition that is public, and when one was withdrawn."""

from __future__ import annotations

from django.db.models import QuerySet

from shuiheng.adapters.records.models import EditionState, Place, PublicEdition

ONCE_PUBLIC = (EditionState.PUBLISHED, EditionState.WITHDRAWN)


def public_edition(city: Place) -> PublicEdition | None:
    """Return the edition of a city that is public, or None."""
    return _readable().filter(place=city, state=EditionState.PUBLISHED).first()


def last_edition(city: Place) -> PublicEdition | None:
    """Return the edition that is public, else the one that was withdrawn last, or None."""
    return _readable().filter(place=city, state__in=ONCE_PUBLIC).order_by("-published_at").first()


def published_cities() -> frozenset[int]:
    """Return the keys of the cities whose progress is public."""
    rows = PublicEdition.objects.filter(state=EditionState.PUBLISHED)
    return frozenset(rows.values_list("place_id", flat=True))


def _readable() -> QuerySet[PublicEdition]:
    """Return editions without the users behind their tables, whom no reader sees."""
    return PublicEdition.objects.select_related("place").defer("users")
