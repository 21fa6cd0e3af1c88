"""The tree of a value: every fact stands in it, with the arithmetic, and nothing that did not go in."""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given, settings

from indicators.made import PERCENT, book, indicator
from indicators.test_figure_content import _figures
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.derivation import Derivation, NodeKind, derivation_json, derivation_of
from shuiheng.indicators.evaluate import IndicatorFigure, Question, evaluate
from shuiheng.indicators.facts import FactBook, FactKey, Grade

DECLINE = indicator(
    "1 - total / (base(product) * chain(growth)) / base(total / product)",
    PERCENT,
    parts={"total": {"all": "use", "both": "use + other_use"}},
)
FACTS = book(
    use={2020: "100", 2022: "90"},
    other_use={2020: "10", 2022: "10"},
    product={2020: "5"},
    growth={2021: "105", 2022: "104"},
)


def _tree(choice: str = "all") -> Derivation:
    asked = Question(year=2022, base_year=2020, choices={"total": choice})
    return derivation_of(evaluate(DECLINE, asked, FACTS), FACTS)


def test_a_chain_opens_each_year_and_a_base_the_base_year() -> None:
    facts = [(each.key, each.year) for each in _tree().walk() if each.kind is NodeKind.FACT]
    assert facts == [
        ("use", 2022),
        ("product", 2020),
        ("growth", 2021),
        ("growth", 2022),
        ("use", 2020),
    ]


def test_a_part_says_how_it_is_meant_and_what_it_comes_to() -> None:
    parts = [each for each in _tree("both").walk() if each.kind is NodeKind.PART]
    assert [(each.year, each.value) for each in parts] == [(2022, Decimal(1000000)), (2020, Decimal(1100000))]
    assert parts[0].arithmetic == "900000 + 100000"
    assert [child.key for child in parts[0].children] == ["use", "other_use"]


def test_a_fact_that_is_missing_stands_in_the_tree_as_missing() -> None:
    asked = Question(year=2022, base_year=2020)
    known = FactBook(
        kinds=FACTS.kinds, figures={k: v for k, v in FACTS.figures.items() if k != FactKey("growth", 2021)}
    )
    tree = derivation_of(evaluate(DECLINE, asked, known), known)
    gaps = [each for each in tree.walk() if each.kind is NodeKind.FACT and each.value is None]
    assert [(each.key, each.year) for each in gaps] == [("growth", 2021)]
    assert gaps[0].shares == {Grade.MISSING: Decimal(1)}
    assert tree.value is None


def test_members_are_opened_one_by_one() -> None:
    asked = indicator("each(intake * efficiency) / each(intake)", PERCENT)
    facts = book(
        intake={(2024, "large"): "5", (2024, "small"): "3"},
        efficiency={(2024, "large"): "0.6", (2024, "small"): "0.7"},
    )
    tree = derivation_of(evaluate(asked, Question(year=2024), facts), facts)
    named = {(each.key, each.member) for each in tree.children}
    assert named == {(fact, of) for fact in ("intake", "efficiency") for of in ("large", "small")}


def test_numbers_leave_as_exact_text() -> None:
    found = derivation_json(_tree())
    assert found["value"] == str(_tree().value)
    assert json.loads(json.dumps(found)) == found


@settings(deadline=None)
@given(_figures())
def test_the_tree_holds_every_fact_that_went_in_and_every_one_that_is_missing(
    figure: IndicatorFigure,
) -> None:
    known = FactBook(kinds=indicator_book().facts, figures={used.key: used.figure for used in figure.used})
    facts = [each for each in derivation_of(figure, known).walk() if each.kind is NodeKind.FACT]
    there = {FactKey(each.key, each.year or 0, each.member) for each in facts if each.value is not None}
    assert there == {used.key for used in figure.used}
    gaps = {FactKey(each.key, each.year or 0, each.member) for each in facts if each.value is None}
    assert set(figure.missing) <= gaps
