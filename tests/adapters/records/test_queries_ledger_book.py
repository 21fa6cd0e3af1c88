"""The workbook shows what stands, of the users that the list shows, and nothing out of sight."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from office import make_account, the_office
from shuiheng.adapters.records.as_of import AsOf
from shuiheng.adapters.records.models import Account, LedgerBatch, MeterFact, Role, UserFact
from shuiheng.adapters.records.queries_ledger import LedgerFilter
from shuiheng.adapters.records.queries_ledger_book import (
    BOOK_KIND,
    BOOK_TABLES,
    book_batches,
    book_facts,
    book_of_list,
    meters_of_network,
)
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(officer: Account) -> Account:
    settle_demo_ledger(officer, the_office().place)
    return officer


def test_all_days_stand_in_the_facts_and_one_in_the_list(ledger: Account) -> None:
    seen, now = sight(ledger, Action.LEDGER_EXPORT), AsOf(on=timezone.localdate())
    assert book_facts(seen, UserFact, the_office().place).count() == 6  # one of five users was renamed
    assert book_of_list(seen, UserFact, LedgerFilter(), now).count() == 5
    early = AsOf(on=date(2024, 6, 1))
    assert {each.name for each in book_of_list(seen, UserFact, LedgerFilter(words="印染"), early)} == {
        "示例印染厂"
    }
    meters = book_of_list(seen, MeterFact, LedgerFilter(words="印染"), now)
    assert [each.subject.number for each in meters] == ["YR-01", "YR-02", "YR-03"]


def test_a_meter_of_nobody_is_of_the_network(ledger: Account) -> None:
    seen, now = sight(ledger, Action.LEDGER_EXPORT), AsOf(on=timezone.localdate())
    assert not meters_of_network(seen, now).exists()
    new = NewMeter(number="DMA-1", keeper=the_office().pk)
    add_meter(ledger, new, MeterFields(role="inlet", zone="Z1"), valid_from=date(2024, 1, 1))
    assert [each.zone for each in meters_of_network(seen, now)] == ["Z1"]
    assert "DMA-1" in {each.subject.number for each in book_facts(seen, MeterFact, the_office().place)}


def test_who_may_not_sees_nothing(ledger: Account) -> None:
    unseen = sight(make_account("r", Role.READER), Action.LEDGER_EXPORT)
    assert not any(book_facts(unseen, table, the_office().place).exists() for table in BOOK_TABLES)


def test_only_workbooks_of_the_ledger_are_its_batches(ledger: Account) -> None:
    office = the_office()
    for kind in (BOOK_KIND, "interval_csv"):
        LedgerBatch.objects.create(kind=kind, place=office.place, organisation=office, sha256="0" * 64)
    assert [each.kind for each in book_batches(sight(ledger, Action.LEDGER_EDIT))] == [BOOK_KIND]
