"""All indicators of a year compute again from what would be kept; what is missing is counted by fact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from services.indicators.ledger_city import YEAR, give_plan, ledger_city, settled_user
from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import Account, Statistic
from shuiheng.services.indicators.check_year import check_year

pytestmark = pytest.mark.django_db


def test_a_year_of_ledger_plan_and_statistics_computes_again(
    officer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = ledger_city()
    give_plan(city, officer, settled_user(city, "厂", use_class="industry", own_source=True), published=1)
    enter(city.place.pk, officer, **{f"use_total_{YEAR}": Decimal(30500), f"gdp_{YEAR}": Decimal(1200)})
    monkeypatch.setattr(timezone, "localdate", lambda *given: date(YEAR + 1, 5, 1))
    found = check_year(city.place, YEAR, base_year=YEAR - 1)
    assert found.places == 3
    assert found.values > 3
    assert found.figures > found.values
    assert (found.broken, found.orphans) == ((), ())
    assert dict(found.missing)["reclaimed_use"] >= 1
    kept = Statistic.objects.count()
    assert kept == 2


def test_a_year_of_which_nothing_is_known_has_no_values() -> None:
    found = check_year(ledger_city().place, 1960)
    assert (found.values, found.broken) == (0, ())
