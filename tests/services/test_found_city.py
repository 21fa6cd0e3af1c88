"""Cities with their office, and who works there."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.adapters.records.models import Account, Event, Membership, OrganisationKind, Place, Role
from shuiheng.services.found_city import LETTERS, found_city, join, new_slug

pytestmark = pytest.mark.django_db


def test_a_city_gets_one_office_however_often_it_is_founded() -> None:
    first = found_city("临江市", slug="linjiang")
    assert found_city("临江市", slug="linjiang") == first
    assert (first.kind, first.place.name) == (OrganisationKind.OFFICE, "临江市")
    assert Event.objects.filter(action="city.founded").count() == 1


def test_two_cities_of_one_name_are_two_places_unless_the_address_is_the_same() -> None:
    assert found_city("临江市").place != found_city("临江市").place
    assert Place.objects.count() == 2


def test_an_address_is_not_guessed_from_the_one_before() -> None:
    slugs = {new_slug("place") for _ in range(200)}
    assert len(slugs) == 200
    assert all(set(slug.removeprefix("place-")) <= set(LETTERS) for slug in slugs)


def test_a_role_is_given_once_and_each_giving_is_an_event() -> None:
    office, account = found_city("临江市"), Account.objects.create(username="zhao")
    first = join(account, office, Role.READER, from_on=date(2026, 1, 1))
    assert join(account, office, Role.READER) == first
    join(account, office, Role.AUDITOR)
    assert Membership.objects.filter(account=account).count() == 2
    granted = Event.objects.filter(action="membership.granted").order_by("pk")
    assert next(event.after for event in granted) == {"role": "reader", "from_on": "2026-01-01"}
    assert {event.place for event in granted} == {office.place} and granted.count() == 2
