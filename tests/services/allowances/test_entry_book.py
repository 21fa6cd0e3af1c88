"""Entries of the tables are those of the core: both sides of a transfer are one entry."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.allowances.planned_city import PlannedCity, local_rule, planned_city, published_round
from shuiheng.adapters.records.models import Account
from shuiheng.allowances.effective import months_on
from shuiheng.allowances.entries import EntryKind, EntryState, state_of
from shuiheng.services.allowances.decide_change import Answer, decide_change
from shuiheng.services.allowances.entry_book import account_of, book_of, months_of_entry
from shuiheng.services.allowances.freeze_months import freeze_months
from shuiheng.services.allowances.taker_word import agree_transfer
from shuiheng.services.allowances.transfer_allowance import TransferFields, ask_transfer

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    found = planned_city(officer)
    local_rule(officer, "allowances/carry_over", {"transfer": "allowed"})
    published_round(found)
    return found


def test_a_transfer_is_one_entry_seen_from_either_side(city: PlannedCity) -> None:
    mill, school = city.allowance(city.mill), city.allowance(city.school)
    what = TransferFields(taker=city.school.number, months={6: Decimal(100)}, reason="转让")
    entry = ask_transfer(city.filer(city.mill), mill.pk, what)
    both = book_of([mill, school])
    (transfer,) = (each for each in both.entries if each.kind is EntryKind.TRANSFER)
    assert [leg.m3 for leg in transfer.legs] == [-100, 100]
    assert state_of(both, transfer.key) is EntryState.ASKED
    agree_transfer(city.filer(city.school, "school"), entry.partners.get().pk)
    decide_change(city.reviewer, entry.pk, Answer(is_approved=True))
    for row, june in ((mill, 900), (school, 200)):
        for book in (book_of([mill, school]), book_of([row])):
            months = months_on(book, account_of(row))
            assert months is not None and months[5] == june
    assert months_of_entry(entry)[5] == -100


def test_frozen_months_are_in_the_book(city: PlannedCity) -> None:
    mill = city.allowance(city.mill)
    freeze_months(city.clerk, {mill.pk: [6]}, why="charge:1")
    (freeze,) = book_of([city.allowance(city.mill)]).freezes
    assert (freeze.month, freeze.account) == (6, account_of(mill))
