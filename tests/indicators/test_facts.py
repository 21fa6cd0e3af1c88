"""Members of a fact are those for which something is known in the year."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from indicators.made import book
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey


def test_members_are_those_of_the_year_in_order() -> None:
    known = book(intake={(2024, "well"): "1", (2024, "large"): "2", (2023, "small"): "3"}, use={2024: "9"})
    assert known.members(["intake", "use"], 2024) == ("large", "well")
    assert known.members(["efficiency"], 2024) == ()


def _of_months(fact: str, year: int, *months: int, adds_up: bool = True) -> FactBook:
    years = {year - 1: "12"} if adds_up else {year - 1: "12", year: "9"}
    whole = book(**{fact: years})
    kinds = {name: replace(kind, adds_up=adds_up) for name, kind in whole.kinds.items()}
    parts = {
        FactKey(fact, year): {month: FactFigure(value=Decimal(month), origin="made") for month in months}
    }
    return replace(whole, kinds=kinds, parts=parts)


def test_what_adds_up_is_known_to_the_very_month_or_not_at_all() -> None:
    known = _of_months("use", 2024, 6, 9)
    assert known.months(["use"], 2024) == (9, 6) and known.months(["use"], 2023) == ()
    assert known.through(9).figures == {FactKey("use", 2024): known.parts[FactKey("use", 2024)][9]}
    assert known.through(7).figures == {}


def test_of_what_does_not_add_up_the_last_word_counts() -> None:
    known = _of_months("use", 2024, 3, 6, adds_up=False)
    key = FactKey("use", 2024)
    assert known.through(8).figures[key].value == 6
    assert known.through(2).figures[key].value == 9
    assert known.through(2).figures[FactKey("use", 2023)].value == 12
