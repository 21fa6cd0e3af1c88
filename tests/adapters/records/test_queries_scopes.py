"""Words of scopes are counted by targets in force, as far as in sight."""

from __future__ import annotations

import pytest
from django.utils import timezone

from office import the_office
from shuiheng.adapters.records.models import (
    Account,
    Place,
    PlaceKind,
    PlanVersion,
    RegisterTarget,
    ScopeMeaning,
)
from shuiheng.adapters.records.queries_scopes import (
    cities_of_plans,
    districts_of,
    meanings_in_force,
    scope_words,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def test_words_and_meanings_of_a_city(published: PlanVersion, officer: Account) -> None:
    city, seen = the_office().place, sight(officer, Action.ASSIGN)
    first, second, third = RegisterTarget.objects.order_by("pk")[:3]
    RegisterTarget.objects.update(scope="")
    RegisterTarget.objects.filter(pk__in=[first.pk, second.pk]).update(scope="城区")
    RegisterTarget.objects.filter(pk=third.pk).update(scope="园区", withdrawn_at=timezone.now())
    assert scope_words(seen, city.pk) == {"城区": 2} and cities_of_plans(seen) == [city]
    for ended in (timezone.now(), None):
        ScopeMeaning.objects.create(
            city=city,
            words="城区",
            kind="whole",
            said_by=officer,
            said_at=timezone.now(),
            superseded_at=ended,
        )
    (row,) = meanings_in_force(seen, city.pk)
    assert row.superseded_at is None
    district = Place.objects.create(slug="scopes-d", name="东河区", kind=PlaceKind.DISTRICT, parent=city)
    Place.objects.create(slug="scopes-t", name="南镇", kind=PlaceKind.TOWN, parent=city)
    assert district in districts_of(seen, city.pk) and all(
        each.kind != PlaceKind.TOWN for each in districts_of(seen, city.pk)
    )
