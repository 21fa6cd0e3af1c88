"""Definitions of indicators as programs read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.evaluate import Question, evaluate
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.services.indicators.indicator_json import indicator_json, indicators_json, value_json


def test_all_definitions_come_once_however_they_are_paged() -> None:
    found, after = [], 0
    while after is not None:
        some, after = indicators_json(after=after, limit=3)
        found += [each["id"] for each in some]
    assert found == list(indicator_book().indicators)


def test_each_version_tells_its_first_day_formula_and_clauses() -> None:
    for indicator in indicator_book().indicators.values():
        told = indicator_json(indicator)
        assert len(told["versions"]) == len(indicator.versions)
        for version in told["versions"]:
            assert date.fromisoformat(version["valid_from"]) and version["formula"]
            assert all(each["title"] for each in version["clauses"])


def test_a_value_names_its_facts_and_what_is_missing() -> None:
    book = indicator_book()
    indicator = book.indicators["water_per_gdp"]
    known = {FactKey("gdp", 2024): FactFigure(value=Decimal(100), origin="statistic:7")}
    told = value_json(evaluate(indicator, Question(year=2024), FactBook(kinds=book.facts, figures=known)))
    assert told["value"] is None and told["arithmetic"] == ""
    assert {each["fact"] for each in told["missing"]} == {"use_total", "unconventional_use"}
    assert [(each["fact"], each["origin"]) for each in told["facts"]] == [("gdp", "statistic")]
