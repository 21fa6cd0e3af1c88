"""Water passes between users and years only where the place lets it, and none is made or lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.allowances.planned_city import (
    PlannedCity,
    compute,
    local_rule,
    planned_city,
    publish,
    published_round,
)
from shuiheng.adapters.records.models import Account, AllowanceEntry
from shuiheng.adapters.records.queries_allowances import effective_months
from shuiheng.services.allowances.decide_change import Answer, decide_change
from shuiheng.services.allowances.open_round import open_round
from shuiheng.services.allowances.review_round import review_round
from shuiheng.services.allowances.transfer_allowance import TransferFields, ask_carry_over, ask_transfer
from shuiheng.services.errors import ServiceError
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
    entry = _transfer(city, {6: "1001"})
    with pytest.raises(ServiceError) as error:
        decide_change(city.reviewer, entry.pk, Answer(is_approved=True))
    assert error.value.code == "allowances.below_zero"
    assert _years(city) == [12_000, 1_200]


def test_unused_water_is_carried_on_up_to_the_share_of_the_rule(city: PlannedCity) -> None:
    _allow(city, carry="allowed", carry_share="0.05")
    before = open_round(city.clerk, city.place, year=2025)
    compute(city, before)
    review_round(city.reviewer, before.pk)
    before.allowances.filter(user=city.mill).update(volume_m3=13_000, months=["1000"] * 11 + ["2000"])
    publish(city, before)
    published_round(city)
    filer, row = city.filer(city.mill), city.allowance(city.mill)
    with pytest.raises(ServiceError) as error:
        ask_carry_over(filer, row.pk, months={6: Decimal(651)}, reason="上年节余")
    assert error.value.code == "allowances.not_allowed"
    entry = ask_carry_over(filer, row.pk, months={6: Decimal(650)}, reason="上年节余")  # 5 % of 13,000
    decide_change(city.reviewer, entry.pk, Answer(is_approved=True))
    assert _years(city)[0] == 12_650


def test_nothing_is_carried_on_from_a_year_that_is_not_known(city: PlannedCity) -> None:
    published_round(city)
    filer, row = city.filer(city.mill), city.allowance(city.mill)
    with pytest.raises(ServiceError) as error:
        ask_carry_over(filer, row.pk, months={6: Decimal(1)}, reason="x")
    assert error.value.code == "allowances.carry_forbidden"
    _allow(city, carry="allowed", carry_share="0.05")
    with pytest.raises(ServiceError) as error:
        ask_carry_over(filer, row.pk, months={6: Decimal(1)}, reason="x")
    assert error.value.code == "allowances.carry_unknown"
