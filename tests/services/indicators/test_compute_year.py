"""All indicators of a year at once; a correction changes what rests on it, and nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from office import make_account
from services.indicators.ledger_city import MONTHS, YEAR, give_plan, ledger_city, settled_user
from shuiheng.adapters.records.kept_use import renew_month, stale_months
from shuiheng.adapters.records.models import Account, Role, SettledMonth
from shuiheng.indicators.facts import FactKey, Grade
from shuiheng.services.indicators.compute_year import compute_year
from shuiheng.services.indicators.keep_statistic import StatisticFields, decide_statistics, enter_statistics

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _next_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: date(YEAR + 1, 5, 1))


def test_a_correction_changes_what_rests_on_it_and_nothing_else(officer: Account) -> None:
    city = ledger_city()
    mill = settled_user(city, "厂", use_class="industry", own_source=True)
    shop = settled_user(city, "店", use_class="services", district=1)
    give_plan(city, officer, mill, shop, published=1)
    for month in stale_months():
        renew_month(month)
    before = compute_year(city.place, YEAR)
    own = before[city.place.pk]
    assert own.figures["planned_use_rate"].value == 50
    assert own.figures["allowance_issue_rate"].value == 50
    SettledMonth.objects.filter(meter__user=mill, month=MONTHS[4]).update(by_time_litres=130_000_000)
    after = compute_year(city.place, YEAR)
    assert after[city.place.pk].figures["planned_use_rate"].value == Decimal(24) / Decimal(36) * 100
    west = city.districts[1].pk
    assert after[west].figures == before[west].figures
    touched = {
        name
        for name, figure in after[city.place.pk].figures.items()
        if figure.value != own.figures[name].value
    }
    assert touched == {"planned_use_rate"}
    assert set(after) == {city.place.pk, *(each.pk for each in city.districts)}


def test_declines_compare_with_the_base_year_where_one_is_named() -> None:
    city = ledger_city()
    settled_user(city, "机关", use_class="services", is_public_institution=True)
    clerk, reviewer = make_account("clerk", Role.OFFICE_CLERK), make_account("reviewer", Role.OFFICE_REVIEWER)
    entered = [
        StatisticFields(fact=fact, year=year, value=Decimal(value), source="年鉴")
        for fact, year, value in (
            ("public_institution_heads", YEAR - 1, 1),
            ("public_institution_heads", YEAR, 1),
            ("public_institution_use", YEAR - 1, 16),
        )
    ]
    rows = enter_statistics(clerk, city.place.pk, entered)
    decide_statistics(reviewer, [row.pk for row in rows], is_confirmed=True)
    found = compute_year(city.place, YEAR, base_year=YEAR - 1)[city.place.pk]
    assert found.figures["per_capita_public_use_decline"].value == 25
    assert found.book.figures[FactKey("public_institution_use", YEAR)].shares[Grade.MISSING] == 0
    assert "per_capita_public_use_decline" not in compute_year(city.place, YEAR)[city.place.pk].figures
