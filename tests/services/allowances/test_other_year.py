"""Water passes between years only where the place lets it, and what one year gets the other has less."""

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
from shuiheng.adapters.records.models import Account, PlannedAllowance
from shuiheng.adapters.records.queries_allowances import effective_months
from shuiheng.services.allowances.decide_change import Answer, decide_change
from shuiheng.services.allowances.open_round import open_round
from shuiheng.services.allowances.other_year import BorrowFields, ask_borrowing, ask_carry_over
from shuiheng.services.allowances.review_round import review_round
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
BORROW = {"borrow": "allowed", "borrow_share": "0.10"}


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def _allow(city: PlannedCity, **said: str) -> None:
    local_rule(city.clerk, "allowances/carry_over", {"transfer": "forbidden", **said})


def _mill(city: PlannedCity, year: int) -> PlannedAllowance:
    return PlannedAllowance.objects.get(user=city.mill, round__year=year)


def _year(city: PlannedCity, year: int) -> Decimal:
    seen = sight(city.leader, Action.ALLOWANCES_LOOK)
    return effective_months(seen, year=year, on=date(year, 12, 31))[_mill(city, year).pk].year_m3


def _publish_year(city: PlannedCity, year: int) -> None:
    round_ = open_round(city.clerk, city.place, year=year)
    compute(city, round_)
    review_round(city.reviewer, round_.pk)
    if year < 2026:
        round_.allowances.filter(user=city.mill).update(volume_m3=13_000, months=["1000"] * 11 + ["2000"])
    publish(city, round_)


def _borrow(city: PlannedCity, m3: int, *, back_m3: int | None = None) -> Decimal:
    """Borrow for December from January, and return what both years have afterwards."""
    wanted = BorrowFields(
        months={12: Decimal(m3)}, from_months={1: Decimal(m3 if back_m3 is None else back_m3)}, reason="订单"
    )
    entry = ask_borrowing(city.filer(city.mill), _mill(city, 2026).pk, wanted)
    decide_change(city.reviewer, entry.pk, Answer(is_approved=True))
    return _year(city, 2026) + _year(city, 2027)


def test_unused_water_is_carried_on_up_to_the_share_of_the_rule(city: PlannedCity) -> None:
    _allow(city, carry="allowed", carry_share="0.05")
    _publish_year(city, 2025)
    published_round(city)
    filer, row = city.filer(city.mill), _mill(city, 2026)
    with pytest.raises(ServiceError) as error:
        ask_carry_over(filer, row.pk, months={6: Decimal(651)}, reason="上年节余")
    assert error.value.code.startswith("allowances.")
    entry = ask_carry_over(filer, row.pk, months={6: Decimal(650)}, reason="上年节余")  # 5 % of 13,000
    decide_change(city.reviewer, entry.pk, Answer(is_approved=True))
    assert _year(city, 2026) == 12_650


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


def test_what_is_borrowed_is_taken_off_the_next_year(city: PlannedCity) -> None:
    _allow(city, **BORROW)
    published_round(city)
    _publish_year(city, 2027)
    whole = _year(city, 2026) + _year(city, 2027)
    assert _borrow(city, 700) == whole and _year(city, 2026) == 12_700
    with pytest.raises(ServiceError):
        _borrow(city, 501)  # 10 % of 12,000 are 1,200, of which 500 are left
    with pytest.raises(ServiceError) as error:
        _borrow(city, 400, back_m3=299)
    assert error.value.code == "allowances.not_conserved"
    with pytest.raises(ServiceError) as error:
        _borrow(city, 301)  # January of the next year has 300 m³ left
    assert error.value.code == "allowances.below_zero"
    assert _borrow(city, 300) == whole


def test_nothing_is_borrowed_where_it_is_forbidden_or_the_next_year_is_not_given(city: PlannedCity) -> None:
    published_round(city)
    with pytest.raises(ServiceError) as error:
        _borrow(city, 1)
    assert error.value.code == "allowances.borrow_forbidden"
    _allow(city, **BORROW)
    with pytest.raises(ServiceError) as error:
        _borrow(city, 1)
    assert error.value.code == "allowances.borrow_unknown"
