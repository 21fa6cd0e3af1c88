"""Made-up series are the same for the same place, cover nearly all facts, and no part is above its whole."""

from __future__ import annotations

from decimal import Decimal

from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.evaluate import Question, evaluate
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.services.indicators.demo_series import EARLIER, SECTORS, SHARES, YEARS, made_up_series


def _by_key(key: str) -> dict[FactKey, Decimal]:
    return {
        FactKey(each.fact, each.year, each.member): each.value for each in made_up_series(key, Decimal(1))
    }


def test_the_same_place_has_the_same_series_and_another_has_another() -> None:
    assert _by_key("a") == _by_key("a") != _by_key("b")


def test_every_fact_that_can_be_entered_is_told_but_those_left_out() -> None:
    told = {key.fact for key in _by_key("a")}
    can_be = {name for name, origin in indicator_book().origins.items() if origin != "calendar"}
    inland = {"desalination_capacity", "desalinated_use"}
    drivers = {"cooling_degree_days", "precipitation", "industrial_output"}
    assert can_be - told - drivers == {"rain_use", "transferred_use"} | inland


def test_the_whole_is_the_sum_of_its_sectors_and_no_part_is_above_its_whole() -> None:
    found = _by_key("somewhere")
    for year in YEARS:
        assert found[FactKey("use_total", year)] == sum(found[FactKey(each, year)] for each in SECTORS)
        for fact, whole, _, last in SHARES:
            if Decimal(last) <= 1:
                assert 0 < found[FactKey(fact, year)] <= found[FactKey(whole, year)]


def test_of_earlier_years_the_main_series_are_told_and_go_on_evenly() -> None:
    found = _by_key("")
    for year in EARLIER:
        assert found[FactKey("use_total", year)] == sum(found[FactKey(each, year)] for each in SECTORS)
        assert found[FactKey("gdp", year)] < found[FactKey("gdp", year + 1)]
        assert FactKey("network_input", year) not in found
    question = Question(year=2020, base_year=2015)
    book = indicator_book()
    figures = {key: FactFigure(value=value, origin="made") for key, value in found.items()}
    facts = FactBook(kinds=book.facts, figures=figures)
    for name in ("water_per_gdp_decline", "water_per_industry_decline"):
        value = evaluate(book.indicators[name], question, facts).value
        assert value is not None and 15 < value < 35


def _values(year: int) -> dict[str, Decimal | None]:
    book = indicator_book()
    figures = {key: FactFigure(value=value, origin="made") for key, value in _by_key("").items()}
    figures |= {FactKey("days_of_year", year): FactFigure(value=Decimal(365), origin="calendar")}
    facts = FactBook(kinds=book.facts, figures=figures)
    question = Question(year=year, base_year=2020)
    return {name: evaluate(each, question, facts).value for name, each in book.indicators.items()}


def test_all_indicators_but_those_of_rain_and_of_the_sea_have_a_value() -> None:
    without = {name for name, value in _values(2025).items() if value is None}
    assert without == {"rain_use_volume", "desalination_capacity", "desalinated_use_volume"}


def test_shares_lie_between_none_and_all_and_declines_are_plausible() -> None:
    book, values = indicator_book().indicators, _values(2025)
    for name, value in values.items():
        may_grow = name in {"water_use_total_decline", "industrial_use_decline"}
        if value is not None and book[name].versions[-1].unit.id == "percent" and not may_grow:
            assert 0 < value <= 100, (name, value)
    assert values["water_per_gdp_decline"] is not None and 15 < values["water_per_gdp_decline"] < 30
