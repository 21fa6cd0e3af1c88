"""Cells of the tables under pictures: unknown is empty, and small is not nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shuiheng.adapters.exports import Column
from shuiheng.adapters.records.models import RegisterTarget
from shuiheng.web.pages.pictures.tables import (
    Table,
    drawn,
    number_cell,
    percent_cell,
    shown_number,
    target_amount,
    volume_cell,
    words_cell,
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0", "0"),
        ("0.00346", "0.0035"),
        ("1234.5", "1,234.5"),
        ("-0.5", "-0.5"),
        ("12", "12"),
        ("100", "100"),
    ],
)
def test_numbers_are_short_and_small_ones_keep_digits(value: str, shown: str) -> None:
    assert shown_number(Decimal(value)) == shown


def test_what_is_not_known_is_empty_and_0_is_not() -> None:
    for make in (number_cell, volume_cell, percent_cell):
        assert (make(None).value, make(None).shown) == (None, "")
        assert make(Decimal(0)).shown == "0"
    assert drawn(None) is None and drawn(Decimal("1.5")) == 1.5


def test_a_volume_is_told_in_ten_thousands_and_a_share_in_percent() -> None:
    assert volume_cell(Decimal(25_000)).value == Decimal("2.5")
    assert percent_cell(Decimal("0.123")).shown == "12.3"


def test_a_value_of_a_target_has_its_unit_and_few_digits() -> None:
    target = RegisterTarget(kind="reduction", op=">=", value=Decimal(37), unit="%")
    assert target_amount(Decimal("36.98765"), target).replace(" ", "") == "36.988%"
    assert target_amount(None, target) == ""


def test_lines_pair_cells_with_columns_and_mark_the_whole() -> None:
    rows = [[words_cell("全市")], [words_cell("东港区")]]
    table = Table(part="x", title="x", columns=[Column(title="地区")], rows=rows, totals=1)
    assert [line.is_total for line in table.lines] == [True, False]
    assert table.lines[1].pairs == [(table.columns[0], rows[1][0])]
