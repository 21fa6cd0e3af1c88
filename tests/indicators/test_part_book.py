"""A part of a place is computed from its own facts only, with what holds for every place."""

from __future__ import annotations

from decimal import Decimal

from indicators.made import KINDS, WAN_M3, indicator
from shuiheng.indicators.evaluate import Question, evaluate
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.indicators.part_book import book_of_part

TOWN = "城区"


def _figure(value: str) -> FactFigure:
    return FactFigure(value=Decimal(value), origin="made")


def _book(*told: tuple[str, int, str, str]) -> FactBook:
    figures = {FactKey(fact, year, member): _figure(value) for fact, year, member, value in told}
    parts = {FactKey("use", 2025, TOWN): {6: _figure("3")}, FactKey("use", 2025): {6: _figure("30")}}
    return FactBook(kinds=KINDS, figures=figures, parts=parts)


def test_a_part_has_its_own_facts_and_those_of_no_other() -> None:
    book = _book(("use", 2024, "", "100"), ("use", 2024, TOWN, "40"), ("other_use", 2024, "", "7"))
    found = book_of_part(book, TOWN, common=("other_use",))
    assert {key: figure.value for key, figure in found.figures.items()} == {
        FactKey("use", 2024): Decimal(40),
        FactKey("other_use", 2024): Decimal(7),
    }
    assert found.parts == {FactKey("use", 2025): {6: _figure("3")}}
    assert evaluate(indicator("use", WAN_M3), Question(year=2024), found).value == Decimal(40)


def test_the_whole_stands_in_for_no_part() -> None:
    found = book_of_part(_book(("use", 2024, "", "100")), TOWN)
    figure = evaluate(indicator("use", WAN_M3), Question(year=2024), found)
    assert figure.value is None and [each.fact for each in figure.missing] == ["use"]


def test_a_class_is_no_part() -> None:
    by_class = next(name for name, kind in KINDS.items() if kind.is_by_member)
    assert not book_of_part(_book((by_class, 2024, TOWN, "1")), TOWN).figures
