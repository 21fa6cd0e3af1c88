"""Places and people, for services and pages."""

from __future__ import annotations

from shuiheng.adapters.records.models import Account, Place, PlaceKind

CITIES = (PlaceKind.CITY, PlaceKind.DISTRICT)


def city_named(name: str) -> Place | None:
    """Return the city, or the district with a plan of its own, of this name; None when there is none."""
    return Place.objects.filter(name=name, kind__in=CITIES).order_by("pk").first()


def account_with_key(key: int) -> Account | None:
    """Return the account with this key, or None."""
    return Account.objects.filter(pk=key).first()
