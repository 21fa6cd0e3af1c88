"""A value is not below nothing, an index has last year as 100, a count is whole, and none is too large."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.services.indicators.statistic_value import COUNTED, LARGEST, stored_value, value_fault

GDP, INDEX = "gdp", "gdp_index"


def _counted() -> str:
    return next(name for name, kind in indicator_book().facts.items() if kind.unit.id == COUNTED)


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        (GDP, "0", ""),
        (GDP, "1234.5", ""),
        (GDP, "-0.01", "statistics.bad_value"),
        (GDP, "999999999999999999", ""),
        (GDP, "1000000000000000000", "statistics.bad_value"),
        (GDP, "NaN", "statistics.bad_value"),
        (GDP, "Infinity", "statistics.bad_value"),
        (INDEX, "103.2", ""),
        (INDEX, "20", ""),
        (INDEX, "19.9", "statistics.index_odd"),
        (INDEX, "500", ""),
        (INDEX, "500.1", "statistics.index_odd"),
        (INDEX, "1.032", "statistics.index_odd"),
        ("counted", "12", ""),
        ("counted", "12.000", ""),
        ("counted", "12.5", "statistics.not_whole"),
    ],
)
def test_what_a_fact_can_be(fact: str, value: str, code: str) -> None:
    kind = indicator_book().facts[_counted() if fact == "counted" else fact]
    assert value_fault(kind, Decimal(value)) == code


def test_six_digits_are_kept_and_what_is_too_large_breaks_nothing() -> None:
    assert stored_value(Decimal("1.23456789")) == Decimal("1.234568")
    for value in (LARGEST * 1000, Decimal("1e40"), Decimal("NaN")):
        assert str(stored_value(value)) == str(value)
