"""Why two values differ: whatever was corrected is named, and nothing else is."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.made import KINDS, M3, PERCENT, WAN_M3, book, indicator
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.differences import figure_difference, inputs_difference
from shuiheng.indicators.evaluate import Question, evaluate
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.indicators.figure_content import StoredFigure, content_digest, figure_content, stored_figure
from shuiheng.indicators.standing_content import (
    CaseAmount,
    Json,
    count_inputs,
    indicator_inputs,
    rate_inputs,
    report_inputs,
    rise_inputs,
)
from shuiheng.indicators.units import Unit
from shuiheng.kernel.json_fields import JsonFormatError

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


def _made_of(use: str, year: int = 2024, unit: Unit = M3) -> Json:
    """Return what a target in `unit` was made of, served by an indicator in 万m³."""
    figure = evaluate(indicator("use", WAN_M3), Question(year=year), book(use={year: use}))
    return indicator_inputs(figure, KINDS, unit)


def test_effects_on_a_target_are_told_in_the_unit_of_the_target() -> None:
    found = inputs_difference(_made_of("12.5"), _made_of("13"))
    assert (found.before, found.after, found.by) == (Decimal(125_000), Decimal(130_000), Decimal(5000))
    assert [change.effect for change in found.changes] == [Decimal(5000)]
    assert not found.is_redefined
    assert inputs_difference(_made_of("12.5"), _made_of("12.5", unit=WAN_M3)).is_redefined


def test_both_sides_of_a_rise_are_told_and_the_earlier_one_counts_against_it() -> None:
    before = rise_inputs(_made_of("13"), _made_of("12", 2023))
    after = rise_inputs(_made_of("14"), _made_of("12.5", 2023))
    found = inputs_difference(before, after)
    assert [(change.key.year, change.effect) for change in found.changes] == [
        (2024, Decimal(10_000)),
        (2023, Decimal(-5000)),
    ]
    assert found.by == Decimal(5000)
    twice = inputs_difference(
        rise_inputs(_made_of("13"), _made_of("13")), rise_inputs(_made_of("14"), _made_of("14"))
    )
    assert [change.effect for change in twice.changes] == [Decimal(0)]
    assert twice.by == 0


def _cases(**amounts: str | None) -> Json:
    told = {case: None if amount is None else Decimal(amount) for case, amount in amounts.items()}
    return count_inputs(
        tuple(CaseAmount(case=case, amount=amount) for case, amount in told.items()), Decimal(1)
    )


def test_cases_that_came_went_or_count_otherwise_are_named() -> None:
    found = inputs_difference(_cases(a="1", b="2", c="3", d="1"), _cases(a="1", b="5", c=None, e="1"))
    changed = {change.key: (change.before, change.after) for change in found.counts}
    assert changed == {
        "case:b": (Decimal(2), Decimal(5)),
        "case:c": (Decimal(3), None),
        "case:d": (Decimal(1), None),
        "case:e": (None, Decimal(1)),
    }
    assert found.is_explained and not found.is_redefined


def test_lists_and_reports_say_what_changed() -> None:
    lists = inputs_difference(
        rate_inputs(Decimal(1), Decimal(4), Decimal(100)), rate_inputs(Decimal(2), Decimal(4), Decimal(100))
    )
    assert [(each.key, each.before, each.after) for each in lists.counts] == [
        ("list:numerator", Decimal(1), Decimal(2))
    ]
    told = inputs_difference(report_inputs(Decimal(3), (7,)), report_inputs(Decimal(4), (8,)))
    assert {each.key for each in told.counts} == {"progress:7", "progress:8"}


def test_what_is_served_otherwise_is_redefined() -> None:
    found = inputs_difference(_cases(a="1"), _made_of("12.5"))
    assert found.is_redefined and found.is_explained
    with pytest.raises(JsonFormatError):
        inputs_difference(None, _made_of("12.5"))


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
