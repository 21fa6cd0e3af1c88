"""Only what a second person has confirmed counts, for the place and years that are asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from office import make_account, the_office
from shuiheng.adapters.records.models import Role
from shuiheng.indicators.facts import FactKey, Grade
from shuiheng.services.indicators.fact_book import fact_book
from shuiheng.services.indicators.keep_statistic import StatisticFields, decide_statistics, enter_statistics

pytestmark = pytest.mark.django_db
GDP = StatisticFields(
    fact="gdp", year=2023, value=Decimal(1200), source="青禾市统计年鉴", estimated_share=Decimal("0.25")
)


def test_what_was_confirmed_counts_with_its_grade(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: date(2025, 5, 1))
    clerk, reviewer = make_account("clerk", Role.OFFICE_CLERK), make_account("reviewer", Role.OFFICE_REVIEWER)
    place = the_office().place
    (row,) = enter_statistics(clerk, place.pk, [GDP])
    assert FactKey("gdp", 2023) not in fact_book(place, [2023]).figures
    decide_statistics(reviewer, [row.pk], is_confirmed=True)
    enter_statistics(clerk, place.pk, [replace(GDP, value=Decimal(9))])
    found = fact_book(place, [2023, 2024]).figures
    assert found[FactKey("gdp", 2023)].value == 1200
    assert found[FactKey("gdp", 2023)].shares == {
        Grade.REPORTED: Decimal("0.75"),
        Grade.ESTIMATED: Decimal("0.25"),
    }
    assert found[FactKey("gdp", 2023)].origin == f"statistic:{row.pk}"
    assert FactKey("gdp", 2024) not in found
    assert not fact_book(place, [2022]).figures.keys() & {FactKey("gdp", 2023)}


def test_a_year_that_is_not_over_has_no_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: date(2025, 5, 1))
    found = fact_book(the_office().place, [2023, 2024, 2025]).figures
    days = {key.year: figure.value for key, figure in found.items() if key.fact == "days_of_year"}
    assert days == {2023: 365, 2024: 366}
