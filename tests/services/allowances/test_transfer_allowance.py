"""Water passes between users only where the place lets it and the taker agrees; none is made or lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.allowances.planned_city import PlannedCity, local_rule, planned_city, published_round
from services.ledger.used_city import add_used
from shuiheng.adapters.records.models import Account, AllowanceEntry
from shuiheng.adapters.records.queries_allowances import effective_months
from shuiheng.services.allowances.change_allowance import withdraw_change
from shuiheng.services.allowances.decide_change import Answer, decide_change
from shuiheng.services.allowances.taker_word import agree_transfer
from shuiheng.services.allowances.transfer_allowance import TransferFields, ask_transfer
from shuiheng.services.errors import ServiceError, WrongStateError
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def _allow(city: PlannedCity, **said: str) -> None:
    local_rule(city.clerk, "allowances/carry_over", {"transfer": "allowed", **said})


def _transfer(city: PlannedCity, months: dict[int, str], taker: str = "") -> AllowanceEntry:
    volumes = {month: Decimal(volume) for month, volume in months.items()}
    what = TransferFields(taker=taker or city.school.number, months=volumes, reason="转让")
    return ask_transfer(city.filer(city.mill), city.allowance(city.mill).pk, what)


def _years(city: PlannedCity) -> list[Decimal]:
    seen = sight(city.leader, Action.ALLOWANCES_LOOK)
    found = effective_months(seen, year=2026, on=date(2026, 12, 31))
    return [found[city.allowance(user).pk].year_m3 for user in (city.mill, city.school)]


def test_what_one_gives_the_other_takes_when_the_office_approves(city: PlannedCity) -> None:
    _allow(city)
    published_round(city)
    entry = _transfer(city, {6: "300"})
    assert _years(city) == [12_000, 1_200]
    taker = entry.partners.get()
    agree_transfer(city.filer(city.school, "school"), taker.pk)
    decide_change(city.reviewer, taker.pk, Answer(is_approved=True))  # either side stands for both
    assert _years(city) == [11_700, 1_500]
    assert set(AllowanceEntry.objects.filter(kind="transfer").values_list("state", flat=True)) == {"approved"}


def test_nothing_passes_where_the_place_forbids_it_or_the_taker_is_not_known(city: PlannedCity) -> None:
    published_round(city)
    with pytest.raises(ServiceError) as error:
        _transfer(city, {6: "300"})
    assert error.value.code == "allowances.transfer_forbidden"
    _allow(city)
    with pytest.raises(ServiceError) as error:
        _transfer(city, {6: "300"}, taker="nobody")
    assert error.value.code == "allowances.no_taker"


def test_more_than_a_month_has_is_not_given_away(city: PlannedCity) -> None:
    _allow(city)
    published_round(city)
    with pytest.raises(ServiceError) as error:
        _transfer(city, {6: "1001"})
    assert error.value.code == "allowances.below_zero"
    assert _years(city) == [12_000, 1_200] and not AllowanceEntry.objects.filter(kind="transfer").exists()


def test_what_was_saved_is_not_given_away_twice_to_different_takers(city: PlannedCity) -> None:
    local_rule(city.clerk, "allowances/carry_over", {"transfer": "saved_water"})
    hotel = add_used(city.clerk, "青禾酒店", 100, years=(2023, 2024, 2025), use_class="services")
    published_round(city)
    filer, row = city.filer(city.mill), city.allowance(city.mill)

    def give(taker: str, volume: int) -> None:
        months, saved = {7: Decimal(volume)}, Decimal(300)
        ask_transfer(filer, row.pk, TransferFields(taker=taker, months=months, reason="x", saved_m3=saved))

    give(city.school.number, 200)
    with pytest.raises(ServiceError):
        give(hotel.number, 101)
    give(hotel.number, 100)


def test_whoever_gives_takes_an_application_back_and_whoever_takes_does_not(city: PlannedCity) -> None:
    _allow(city)
    published_round(city)
    head = _transfer(city, {6: "300"})
    with pytest.raises(WrongStateError):
        withdraw_change(city.filer(city.school, "school"), head.partners.get().pk)
    withdraw_change(city.filer(city.mill), head.pk)
    states = AllowanceEntry.objects.filter(kind="transfer").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "withdrawn"]
