"""Make a city with its water-saving office, and put people into organisations."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    Membership,
    Organisation,
    OrganisationKind,
    Place,
    PlaceKind,
    Role,
)
from shuiheng.services.events import record_event
from shuiheng.services.role_separation import refuse_mixed_roles

OFFICE_NAME = "节约用水办公室"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_slug(head: str) -> str:
    """Return a short address that nobody guesses."""
    return f"{head}-{''.join(secrets.choice(LETTERS) for _ in range(8))}"


def found_city(
    name: str, *, slug: str | None = None, kind: PlaceKind = PlaceKind.CITY, is_synthetic: bool = False
) -> Organisation:
    """Make a city and its office, or return the office of the city that has this slug.

    Args:
        name: Name of the place, for example of a city or of a district with a plan of its own.
        slug: Address of the place; a new one unless told.
        kind: What the place is.
        is_synthetic: Whether the city is made up.

    Returns:
        The office (节水办) of the city.
    """
    with transaction.atomic():
        place, is_new = Place.objects.get_or_create(
            slug=slug or new_slug("place"),
            defaults={"name": name, "kind": kind, "is_synthetic": is_synthetic},
        )
        office = Organisation.objects.filter(place=place, kind=OrganisationKind.OFFICE).first()
        is_new_office = office is None
        if office is None:
            office = Organisation.objects.create(
                slug=new_slug("unit"),
                name=OFFICE_NAME,
                kind=OrganisationKind.OFFICE,
                place=place,
                term="water_saving_office",
            )
        if is_new or is_new_office:
            record_event(
                None,
                "city.founded" if is_new else "organisation.made",
                subject=f"place:{place.pk}" if is_new else f"organisation:{office.pk}",
                place=place,
                after={"name": place.name if is_new else office.name, "office": office.pk},
            )
    return office


def join(
    account: Account,
    organisation: Organisation,
    role: Role,
    *,
    from_on: date | None = None,
    granted_by: Account | None = None,
) -> Membership:
    """Give an account a role in an organisation from a day, today unless told; once only.

    Raises:
        ServiceError: `accounts.mixed_roles`, the role may not stand beside another of the account.
    """
    with transaction.atomic():
        refuse_mixed_roles(account, role, from_on=from_on or timezone.localdate())
        membership, is_new = Membership.objects.get_or_create(
            account=account,
            organisation=organisation,
            role=role,
            to_on=None,
            defaults={"from_on": from_on or timezone.localdate(), "granted_by": granted_by},
        )
        if is_new:
            record_event(
                granted_by,
                "membership.granted",
                subject=f"account:{account.pk}",
                place=organisation.place,
                organisation=organisation,
                after={"role": str(role), "from_on": membership.from_on.isoformat()},
            )
    return membership
