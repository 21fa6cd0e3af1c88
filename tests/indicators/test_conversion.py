"""What is written in one unit is read in that of the fact; what cannot be is refused, never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.conversion import in_unit_of


def _read(fact: str, value: str, unit: str) -> Decimal | None:
    book = indicator_book()
    return in_unit_of(book.facts[fact], Decimal(value), book.units[unit])


@pytest.mark.parametrize(
    ("fact", "value", "unit", "read"),
    [
        ("use_total", "3.7", "yi_m3", "37000"),
        ("use_total", "37000", "wan_m3", "37000"),
        ("use_total", "370000000", "m3", "37000"),
        ("gdp", "21000000", "wan_yuan", "2100"),
        ("rural_population", "924000", "persons", "92.4"),
        ("gdp_index", "103.2", "index", "103.2"),
        ("gdp_index", "103.2", "percent", "103.2"),
        ("normal_year_factor", "102", "percent", "1.02"),
    ],
)
def test_units_of_the_same_kind_convert_exactly(fact: str, value: str, unit: str, read: str) -> None:
    assert _read(fact, value, unit) == Decimal(read)


@pytest.mark.parametrize(
    ("fact", "unit"),
    [("use_total", "yi_yuan"), ("fixtures", "percent"), ("gdp_index", "ratio"), ("gdp_index", "number")],
)
def test_what_cannot_be_told_in_the_unit_is_none(fact: str, unit: str) -> None:
    assert _read(fact, "1", unit) is None
