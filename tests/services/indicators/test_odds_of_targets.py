"""Odds are of what can still come; the same day gives the same digits, and too little says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from office import make_account
from services.indicators.test_odds_of_indicators import desk_of, rising, standing_of
from shuiheng.adapters.records.models import Account, PlanVersion, Role, TargetOdds
from shuiheng.indicators.verdict import Standing, TargetVerdict, Why
from shuiheng.services.indicators.found_odds import FINAL, NO_VALUE, seed_of
from shuiheng.services.indicators.keep_statistic import StatisticFields, decide_statistics, enter_statistics
from shuiheng.services.indicators.odds_of_targets import RENEWED, keep_odds, odds_of_standing

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)
FIELDS = tuple(name for name in RENEWED if name != "computed_at")


def enter_years(place: int, clerk: Account, fact: str, values: dict[int, str]) -> None:
    """Enter and confirm a fact of several years."""
    fields = [
        StatisticFields(fact=fact, year=year, value=Decimal(value), source="青禾市统计年鉴")
        for year, value in values.items()
    ]
    rows = enter_statistics(clerk, place, fields)
    reviewer = make_account(f"confirms-{fact}", Role.OFFICE_REVIEWER)
    decide_statistics(reviewer, [row.pk for row in rows], is_confirmed=True)


def kept(words: str) -> TargetOdds:
    """Return what is kept of a target."""
    return TargetOdds.objects.get(target__metric__contains=words)


def test_a_total_goes_on_as_it_did_and_twice_gives_the_same(published: PlanVersion, officer: Account) -> None:
    city = published.plan.place
    years = {year: str(31000 + (year % 3) * 300) for year in range(2016, 2026)}
    enter_years(city.pk, officer, "use_total", years)
    enter_years(city.pk, officer, "unconventional_use", dict.fromkeys(years, "100"))
    assert keep_odds(city, ON) >= 1
    row = kept("用水总量")
    assert row.chance is not None and row.low is not None and row.high is not None
    assert row.low <= row.chance <= row.high and 0.2 < row.chance < 1
    assert set(row.content["by_year"]) == {"2026", "2027"}
    assert "goes_on" in row.content["assumptions"]
    first = list(TargetOdds.objects.order_by("target").values("target", *FIELDS))
    keep_odds(city, ON)
    assert list(TargetOdds.objects.order_by("target").values("target", *FIELDS)) == first


def test_too_few_years_name_what_is_short(published: PlanVersion, officer: Account) -> None:
    city = published.plan.place
    enter_years(city.pk, officer, "use_total", {2025: "31000"})
    enter_years(city.pk, officer, "unconventional_use", {2025: "100"})
    keep_odds(city, ON)
    row = kept("用水总量")
    assert (row.chance, row.why) == (None, "too_little")
    assert "use_total" in row.content["too_short"]


def test_a_target_without_any_case_has_no_odds(published: PlanVersion) -> None:
    keep_odds(published.plan.place, ON)
    assert kept("节水型企业").why == "no_cases"


@pytest.mark.parametrize(
    ("standing", "why", "has_odds"),
    [
        (Standing.AT_RISK, Why.PATH, True),
        (Standing.UNKNOWN, Why.WAITING, True),  # the deadline is over, its facts are not in yet
        (Standing.MISSED, Why.FINAL, False),
        (Standing.MISSED, Why.EXCEEDED, False),
        (Standing.MET, Why.ALREADY, False),
    ],
)
def test_only_what_is_decided_has_no_odds(standing: Standing, why: Why, has_odds: bool) -> None:
    book = rising()
    found = replace(standing_of("30", book), verdict=TargetVerdict(standing=standing, why=why))
    after = replace(found, on=date(2028, 2, 1)) if why is Why.WAITING else found
    told = odds_of_standing(desk_of(book), after)
    assert (told.odds is not None) == has_odds
    assert told.why == ("" if has_odds else FINAL)


def test_a_target_without_a_number_has_no_odds() -> None:
    book = rising()
    found = replace(standing_of("30", book), ask=None)
    assert odds_of_standing(desk_of(book), found).why == NO_VALUE


def test_a_seed_is_that_of_target_and_day() -> None:
    assert seed_of(1, ON) == seed_of(1, ON) != seed_of(2, ON)
    assert seed_of(1, ON) != seed_of(1, date(2026, 6, 2))
