"""Why two values differ: whatever was corrected is named, and nothing else is."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from indicators.made import PERCENT, book, indicator
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.differences import figure_difference
from shuiheng.indicators.evaluate import Question, evaluate
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.indicators.figure_content import StoredFigure, content_digest, figure_content, stored_figure

SHARE = indicator("use / (use + other_use)", PERCENT)
CORRECTIONS = 10_000
YEAR, BASE = 2024, 2020


def _kept(use: str, other: str, formula: str = "use / (use + other_use)") -> StoredFigure:
    facts = book(use={2024: use}, other_use={2024: other})
    figure = evaluate(indicator(formula, PERCENT), Question(year=2024), facts)
    return stored_figure(figure_content(figure, facts.kinds))


def test_the_effects_of_changes_add_up_to_the_difference() -> None:
    found = figure_difference(_kept("10", "30"), _kept("20", "20"))
    assert found.by == Decimal(25)
    assert [change.key.fact for change in found.changes] == ["use", "other_use"]
    assert [change.effect for change in found.changes] == [Decimal(15), Decimal(10)]


def test_the_same_facts_give_no_difference() -> None:
    found = figure_difference(_kept("10", "30"), _kept("10", "30"))
    assert found.is_same
    assert found.changes == ()
    assert not found.is_redefined


def test_another_definition_is_a_cause_of_its_own() -> None:
    found = figure_difference(_kept("10", "30"), _kept("10", "30", "use / other_use"))
    assert found.is_redefined
    assert found.is_explained
    assert found.changes == ()


def test_a_fact_from_elsewhere_with_the_same_value_moves_nothing() -> None:
    before = _kept("10", "30")
    key = FactKey("use", 2024)
    moved = replace(before.book.figures[key], origin="test:elsewhere")
    later = replace(
        before, book=FactBook(kinds=before.book.kinds, figures={**before.book.figures, key: moved})
    )
    found = figure_difference(before, later)
    assert [change.moves_value for change in found.changes] == [False]
    assert found.is_same


def _facts(chance: random.Random) -> dict[FactKey, FactFigure]:
    found = {}
    for kind in indicator_book().facts.values():
        for year in range(BASE, YEAR + 1):
            for member in ("large", "small") if kind.is_by_member else ("",):
                value = Decimal(chance.randint(1, 10**9)) / 1000
                found[FactKey(kind.id, year, member)] = FactFigure(value=value, origin="made:1")
    return found


def _report(known: Mapping[FactKey, FactFigure]) -> dict[str, dict[str, object]]:
    """Return all indicators of a year as they are kept when a report is issued."""
    book, asked = FactBook(kinds=indicator_book().facts, figures=known), Question(year=YEAR, base_year=BASE)
    return {
        name: figure_content(evaluate(each, asked, book), book.kinds)
        for name, each in indicator_book().indicators.items()
    }


def test_after_10000_corrections_the_report_stands_and_the_new_one_explains_each_difference() -> None:
    chance = random.Random(7)  # noqa: S311  the same corrections each time
    known = _facts(chance)
    issued = _report(known)
    digests = {name: content_digest(content) for name, content in issued.items()}
    corrected: dict[FactKey, str] = {}
    keys = sorted(known)
    for number in range(CORRECTIONS):
        key = chance.choice(keys)
        value = Decimal(chance.randint(1, 10**9)) / 1000
        known[key] = FactFigure(value=value, origin=f"correction:{number}")
        corrected[key] = f"correction:{number}"
    renewed = _report(known)

    for name, content in issued.items():
        before, after = stored_figure(content), stored_figure(renewed[name])
        assert before.is_same
        assert content_digest(content) == digests[name]
        found = figure_difference(before, after)
        assert found.is_explained
        assert not found.is_redefined
        asked_for = {used.key for used in after.figure.used}
        assert {change.key for change in found.changes} == asked_for & set(corrected)
        for change in found.changes:
            assert change.after is not None
            assert change.after.origin == corrected[change.key]
    assert (
        sum(
            not figure_difference(stored_figure(issued[n]), stored_figure(renewed[n])).is_same for n in issued
        )
        > 30
    )
