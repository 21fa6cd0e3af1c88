"""Who works for one city need not name it; who works for several must, and may name none but these."""

from __future__ import annotations

import pytest

from office import the_office
from services.ledger.books import today
from shuiheng.adapters.records.models import Account, Organisation, Place, PlaceKind, Role
from shuiheng.adapters.records.queries_ledger import LedgerFilter
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.found_city import found_city, join
from shuiheng.services.ledger.book_cities import book_cities, keeper_of_book
from shuiheng.services.ledger.ledger_book import export_book, receive_book
from shuiheng.services.permission import Action

pytestmark = pytest.mark.django_db
EDIT = Action.LEDGER_EDIT


@pytest.fixture
def other() -> Organisation:
    return found_city("禾田市", slug="hetian", is_synthetic=True)


def test_the_one_city_of_a_person_need_not_be_named(officer: Account, other: Organisation) -> None:
    office = the_office()
    assert book_cities(officer, EDIT) == [office.place]
    assert keeper_of_book(officer, EDIT, None) == (office.place, office)
    with pytest.raises(NotThereError):
        keeper_of_book(officer, EDIT, other.place.pk)


def test_a_district_is_of_its_city(reader: Account) -> None:
    place = Place.objects.create(name="东港区", kind=PlaceKind.DISTRICT, parent=the_office().place)
    unit = Organisation.objects.create(slug="east", name="东港区水务局", place=place)
    join(reader, unit, Role.DISTRICT_CLERK)
    assert keeper_of_book(reader, EDIT, None) == (the_office().place, unit)


def test_one_of_several_cities_must_be_named_and_its_office_keeps_the_workbook(
    officer: Account, other: Organisation
) -> None:
    join(officer, other, Role.OFFICE_CLERK)
    assert book_cities(officer, EDIT) == [the_office().place, other.place]
    with pytest.raises(ServiceError, match="city_needed"):
        export_book(officer, LedgerFilter(), today())
    with pytest.raises(ServiceError, match="city_needed"):
        receive_book(officer, content=b"x", name="a.xlsx")
    name, _ = export_book(officer, LedgerFilter(), today(), city=other.place.pk)
    assert name.startswith("禾田市_")
    batch = receive_book(officer, content=b"x", name="a.xlsx", city=other.place.pk)
    assert (batch.organisation, batch.place) == (other, other.place)
