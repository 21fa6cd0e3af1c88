"""The ledger is known by what a workbook calls it, as far as the account may change it."""

from __future__ import annotations

from datetime import date

import pytest

from office import the_office
from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    OrganisationKind,
    Place,
    PlaceKind,
    Role,
    UserFact,
)
from shuiheng.services.found_city import found_city, join
from shuiheng.services.ledger import book_forms as forms
from shuiheng.services.ledger.book_ledger import meter_key, part_key, read_ledger, user_key
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger

pytestmark = pytest.mark.django_db
WANTED = {form.id: form for form in forms.FORMS}


def test_what_an_account_may_change_is_known_by_its_keys(officer: Account) -> None:
    settle_demo_ledger(officer, the_office().place)
    ledger = read_ledger(officer, the_office().place, WANTED)
    assert ledger.subjects[forms.USERS.id][user_key("000001")].number == "000001"
    assert part_key("000001", "1") in ledger.subjects[forms.SITES.id]
    key = meter_key("示例市供水有限公司", "yr-01")
    assert ledger.subjects[forms.METERS.id][key].number == "YR-01"
    assert ledger.knows(forms.METERS, key) and not ledger.knows(forms.METERS, meter_key("别家", "YR-01"))
    row = {"keeper": "别家", "user": "000001", "parent": "YR-01"}
    assert getattr(ledger.meter_above(row), "number", None) == "YR-01"
    stood = ledger.belief(forms.USERS, user_key("000001"), date(2024, 6, 1))
    assert isinstance(stood, UserFact) and stood.name == "示例印染厂"
    assert ledger.belief(forms.USERS, user_key("000001"), date(2020, 6, 1)) is None
    assert len(ledger.units_named("示例市供水有限公司")) == 1 and not ledger.units_named("无")


def test_another_city_of_the_same_account_is_left_out(officer: Account) -> None:
    city, other = the_office().place, found_city("临江市", slug="linjiang")
    join(officer, other, Role.OFFICE_CLERK)
    settle_demo_ledger(officer, other.place)
    ledger = read_ledger(officer, city, WANTED)
    assert not any(ledger.subjects.values()) and not any(ledger.facts.values())
    assert ledger.place("临江市") is None and ledger.place("青禾市") == city
    assert not ledger.units_named("示例市供水有限公司")


def test_a_name_that_two_places_have_names_neither(officer: Account) -> None:
    city = the_office().place
    for slug in ("d1", "d2"):
        district = Place.objects.create(slug=slug, name=slug, kind=PlaceKind.DISTRICT, parent=city)
        Place.objects.create(slug=f"{slug}t", name="河口镇", kind=PlaceKind.TOWN, parent=district)
    ledger = read_ledger(officer, city, {})
    assert ledger.place("河口镇") is None and ledger.place("d1") is not None


def test_what_lies_outside_a_district_is_anothers(officer: Account) -> None:
    city = the_office().place
    district = Place.objects.create(slug="d", name="东区", kind=PlaceKind.DISTRICT, parent=city)
    Place.objects.create(slug="w", name="西区", kind=PlaceKind.DISTRICT, parent=city)
    settle_demo_ledger(officer, city)
    unit = Organisation.objects.create(
        slug="du", name="东区水务局", kind=OrganisationKind.DISTRICT, place=district
    )
    clerk = Account.objects.create(username="east")
    join(clerk, unit, Role.DISTRICT_CLERK)
    ledger = read_ledger(clerk, city, {})
    own, others = ledger.subjects[forms.USERS.id], ledger.others[forms.USERS.id]
    assert own and others and len(own) + len(others) == 5
    assert ledger.place("东区") == district and ledger.place("西区") is None
