"""The workbook shows what stands, of the users that the list shows, and nothing out of sight."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from office import make_account, the_office
from shuiheng.adapters.records.as_of import AsOf
from shuiheng.adapters.records.models import Account, LedgerBatch, MeterFact, Place, Role, UserFact
from shuiheng.adapters.records.queries_ledger import LedgerFilter
from shuiheng.adapters.records.queries_ledger_book import (
    BOOK_KIND,
    BOOK_TABLES,
    book_batches,
    book_facts,
    book_of_list,
    meters_of_network,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.found_city import found_city, join
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(officer: Account) -> Account:
    settle_demo_ledger(officer, the_office().place)
    return officer


def _asked(account: Account) -> tuple[Sight, AsOf, Place]:
    return sight(account, Action.LEDGER_EXPORT), AsOf(on=timezone.localdate()), the_office().place


def test_all_days_stand_in_the_facts_and_one_in_the_list(ledger: Account) -> None:
    seen, now, city = _asked(ledger)
    assert book_facts(seen, UserFact, the_office().place).count() == 6  # one of five users was renamed
    assert book_of_list(seen, UserFact, LedgerFilter(), now, city=city).count() == 5
    early = AsOf(on=date(2024, 6, 1))
    assert {
        each.name for each in book_of_list(seen, UserFact, LedgerFilter(words="印染"), early, city=city)
    } == {"示例印染厂"}
    meters = book_of_list(seen, MeterFact, LedgerFilter(words="印染"), now, city=city)
    assert [each.subject.number for each in meters] == ["YR-01", "YR-02", "YR-03"]


def test_a_meter_of_nobody_is_of_the_network(ledger: Account) -> None:
    seen, now, city = _asked(ledger)
    assert not meters_of_network(seen, now, city=city).exists()
    new = NewMeter(number="DMA-1", keeper=the_office().pk)
    add_meter(ledger, new, MeterFields(role="inlet", zone="Z1"), valid_from=date(2024, 1, 1))
    assert [each.zone for each in meters_of_network(seen, now, city=city)] == ["Z1"]
    assert "DMA-1" in {each.subject.number for each in book_facts(seen, MeterFact, the_office().place)}


def test_users_and_meters_of_another_city_in_sight_are_left_out(ledger: Account) -> None:
    other = found_city("禾田市", slug="hetian", is_synthetic=True)
    join(ledger, other, Role.OFFICE_CLERK)
    settle_demo_ledger(ledger, other.place)
    new = NewMeter(number="DMA-2", keeper=other.pk)
    add_meter(ledger, new, MeterFields(role="inlet", zone="Z2"), valid_from=date(2024, 1, 1))
    seen, now, city = _asked(ledger)
    assert seen(UserFact).filter(subject__city=other.place).exists()
    assert book_of_list(seen, UserFact, LedgerFilter(), now, city=city).count() == 5
    assert not meters_of_network(seen, now, city=city).exists()
    assert [each.zone for each in meters_of_network(seen, now, city=other.place)] == ["Z2"]


def test_who_may_not_sees_nothing(ledger: Account) -> None:
    unseen = sight(make_account("r", Role.READER), Action.LEDGER_EXPORT)
    assert not any(book_facts(unseen, table, the_office().place).exists() for table in BOOK_TABLES)


def test_only_workbooks_of_the_ledger_are_its_batches(ledger: Account) -> None:
    office = the_office()
    for kind in (BOOK_KIND, "interval_csv"):
        LedgerBatch.objects.create(kind=kind, place=office.place, organisation=office, sha256="0" * 64)
    assert [each.kind for each in book_batches(sight(ledger, Action.LEDGER_EDIT))] == [BOOK_KIND]
