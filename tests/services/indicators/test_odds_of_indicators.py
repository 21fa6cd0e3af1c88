"""A rise is held against its base, not against the value itself; what is not known gives no odds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from indicators.odds.test_chance import ask
from shuiheng.adapters.records.models import Place, RegisterTarget
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.evaluate import Question, evaluate
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.indicators.verdict import Standing, TargetVerdict, Why
from shuiheng.kernel.comparison import Comparison
from shuiheng.services.cases.count_target import CountingDesk
from shuiheng.services.cases.link_json import HowCounted
from shuiheng.services.cases.link_targets import LinkedTarget
from shuiheng.services.cases.target_districts import Districts
from shuiheng.services.indicators.found_odds import FoundOdds
from shuiheng.services.indicators.judged_parts import ServedBy
from shuiheng.services.indicators.odds_desk import OddsDesk
from shuiheng.services.indicators.odds_of_indicators import odds_of_indicator
from shuiheng.services.indicators.target_standing import TargetStanding

ON, DEADLINE, LAST = date(2026, 6, 1), date(2027, 12, 31), 2025
RATE = indicator_book().indicators["reclaimed_water_rate"]
CITY = Place(pk=7)


def book_of(values: Mapping[int, str]) -> FactBook:
    """Return reclaimed water of years, of 1000 treated in each."""
    told = {"reclaimed_use": values, "sewage_treated": dict.fromkeys(values, "1000")}
    return FactBook(
        kinds=indicator_book().facts,
        figures={
            FactKey(fact, year): FactFigure(value=Decimal(value), origin="made")
            for fact, known in told.items()
            for year, value in known.items()
        },
    )


def rising() -> FactBook:
    """Return a rate of 10 % in 2016 that rises by about two points a year."""
    return book_of({year: str(100 + 20 * (year - 2016) + year % 3) for year in range(2016, LAST + 1)})


def standing_of(limit: str, book: FactBook, **fields: object) -> TargetStanding:
    """Return how a target of this rate stands."""
    target = RegisterTarget(pk=1, unit="%", **{"kind": "level", **fields})
    return TargetStanding(
        target=target,
        linked=LinkedTarget(target=target, proposed=HowCounted(), choice=None),
        place=CITY,
        on=ON,
        served_by=ServedBy.INDICATOR,
        verdict=TargetVerdict(standing=Standing.AT_RISK, why=Why.PATH),
        ask=replace(ask(Comparison.AT_LEAST, limit), deadline=DEADLINE),
        figure=evaluate(RATE, Question(year=LAST), book),
    )


def desk_of(book: FactBook) -> OddsDesk:
    """Return a desk of a city without cases and months."""
    counting = CountingDesk(city=CITY, on=ON, kinds={}, districts=Districts(city="7", names={}, above={}))
    return OddsDesk(on=ON, counting=counting, books={CITY.pk: book})


def odds_at(limit: str, *, book: FactBook, **fields: object) -> FoundOdds:
    """Return the odds of a target of this rate."""
    found = standing_of(limit, book, **fields)
    assert found.ask is not None
    return odds_of_indicator(desk_of(book), found, found.ask)


def test_a_level_is_held_against_the_value() -> None:
    found = odds_at("25", book=rising())
    assert found.odds is not None and found.odds.probability > 0.9
    assert found.told["by_months"] == [] and found.told["drivers"] == []


def test_a_rise_is_told_from_its_base_year() -> None:
    rise = odds_at("25", book=rising(), kind="increment", baseline_year=2020)
    assert rise.odds is not None and rise.odds.probability == 0
    low, middle, high = rise.by_year[2027]
    assert 8 < low <= middle <= high < 20  # ten points until 2025, and what two years bring
    near = odds_at("6", book=rising(), kind="increment", baseline_year=2020)
    assert near.odds is not None and near.odds.probability > 0.99


def test_a_rise_of_a_year_is_told_from_the_year_before() -> None:
    for fields in ({"baseline_year": None}, {"baseline_year": 2020, "is_annual": True}):
        found = odds_at("15", book=rising(), kind="increment", **fields)
        assert found.odds is not None and found.odds.probability == 0
        low, _middle, high = found.by_year[2027]
        assert -2 < low <= high < 8


def test_without_the_beginning_of_a_rise_there_are_no_odds() -> None:
    found = odds_at("6", book=rising(), kind="increment", baseline_year=2010)
    assert (found.odds, found.why) == (None, "too_little")


def test_too_few_years_name_what_is_short() -> None:
    found = odds_at("25", book=book_of({2024: "260", 2025: "280"}))
    assert found.odds is None and "reclaimed_use" in found.told["too_short"]
