"""The kinds of programmes of a city as they stand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from services.kinds.versions import BEGINS, SCHOOL, accepted_version, school_text
from services.rules.proposals import reviewer, the_city
from shuiheng.adapters.records.models import Account, LocalKind, Place, PlaceKind
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.kinds.kinds_now import FIRST_LOCAL, kind_version, kinds_of
from shuiheng.services.kinds.local_kinds import withdraw_kind

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
EVE = BEGINS - timedelta(days=1)


def test_a_city_without_kinds_of_its_own_has_the_shipped_ones() -> None:
    assert dict(kinds_of(the_city(), DAY)) == dict(shipped_programmes())


def test_an_accepted_version_stands_from_its_day_and_in_its_city_only(officer: Account) -> None:
    row = accepted_version(officer)
    city, shipped = the_city(), shipped_programmes()[SCHOOL]
    other = Place.objects.create(slug="other", name="邻市", kind=PlaceKind.CITY, code="990200")
    district = Place.objects.create(
        slug="east", name="东区", kind=PlaceKind.DISTRICT, parent=city, code="990101"
    )
    assert (row.version, row.based_on) == (FIRST_LOCAL, shipped.version)
    assert [kinds_of(place, BEGINS)[SCHOOL].version for place in (city, district, other)] == [1001, 1001, 1]
    assert kinds_of(city, EVE)[SCHOOL] == shipped
    assert kinds_of(city, BEGINS)[SCHOOL].valid_from == BEGINS


def test_of_two_versions_the_one_that_began_last_stands(officer: Account) -> None:
    accepted_version(officer)
    later = accepted_version(officer, text=school_text(("{days: 90,", "{days: 50,")))
    earlier = accepted_version(
        officer, text=school_text(("{days: 90,", "{days: 40,")), valid_from=date(2026, 1, 1)
    )
    found = [kinds_of(the_city(), on)[SCHOOL].version for on in (date(2026, 1, 1), EVE, BEGINS)]
    assert found == [earlier.version, earlier.version, later.version]


def test_a_case_is_read_by_the_version_under_which_it_was_opened(officer: Account) -> None:
    row = accepted_version(officer)
    shipped = shipped_programmes()[SCHOOL]
    withdraw_kind(reviewer(), row.pk, reason="标准废止")
    assert kinds_of(the_city(), BEGINS)[SCHOOL] == shipped
    assert kind_version(the_city(), SCHOOL, shipped.version) == shipped
    assert kind_version(the_city(), SCHOOL, row.version).steps[0].deadline != shipped.steps[0].deadline


@pytest.mark.parametrize(("kind", "version"), [(SCHOOL, 999), (SCHOOL, FIRST_LOCAL), ("poetry", 1)])
def test_a_version_that_never_was_is_not_there(kind: str, version: int) -> None:
    with pytest.raises(NotThereError):
        kind_version(the_city(), kind, version)


def test_a_version_that_is_no_longer_read_gives_way_to_what_is_shipped_and_says_so(officer: Account) -> None:
    LocalKind.objects.create(
        place=the_city(),
        kind=SCHOOL,
        version=FIRST_LOCAL,
        based_on=1,
        valid_from=BEGINS,
        text="name: {zh: 校, en: school}\ncolour: red\n",
        reason="旧格式",
        state="accepted",
        proposed_by=officer,
        proposed_at=timezone.now(),
        decided_by=reviewer(),
        decided_at=timezone.now(),
    )
    assert kinds_of(the_city(), BEGINS)[SCHOOL] == shipped_programmes()[SCHOOL]
    with pytest.raises(ServiceError) as caught:
        kind_version(the_city(), SCHOOL, FIRST_LOCAL)
    assert (caught.value.code, caught.value.values["line"]) == ("kinds.unreadable", "2")


def test_all_kinds_of_a_city_are_one_query(officer: Account) -> None:
    accepted_version(officer)
    city = the_city()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(kinds_of(city, BEGINS)) == len(shipped_programmes())
    assert len(asked) == 1
