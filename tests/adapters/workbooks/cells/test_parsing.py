from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from adapters.workbooks.making import FORM
from shuiheng.adapters.workbooks.cells.parsing import parse_cell
from shuiheng.adapters.workbooks.table import Cell
from shuiheng.adapters.workbooks.template import Value
from shuiheng.kernel import Severity


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        ("rate", 12.5, Decimal("0.125")),
        ("rate", "12.5％", Decimal("0.125")),
        ("meters", "1,200只", 1200),
        ("meters", 12.0, 12),
        ("done", 5000.0, Decimal(5000)),
        ("done", 0.0, Decimal(0)),
        ("on", "2025-01-01", date(2025, 1, 1)),
        ("on", "2030.12.31", date(2030, 12, 31)),
        ("state", "滞后", "滞后"),
        ("obstacle", "无问题 ", "无问题"),
        ("done", " ", None),
    ],
)
def test_a_cell_is_the_value_that_its_column_asks_for(key: str, cell: Cell, value: Value) -> None:
    assert parse_cell(cell, FORM.column(key)) == (value, None)


@pytest.mark.parametrize(
    ("key", "cell", "cause"),
    [
        ("rate", 12.345, "too_many_places"),
        ("rate", 100.01, "number_too_high"),
        ("meters", 1.5, "integer_has_fraction"),
        ("done", 5000.0001, "number_too_high"),
        ("done", -0.1, "number_too_low"),
        ("on", "2024-12-31", "day_too_early"),
        ("on", "2031-01-01", "day_too_late"),
        ("meters", "—", "nothing_mark"),
    ],
)
def test_the_bounds_of_a_column_are_held(key: str, cell: Cell, cause: str) -> None:
    value, fault = parse_cell(cell, FORM.column(key))
    assert value is None and fault is not None and fault.cause == cause


def test_a_share_that_the_sheet_shows_as_percent_is_meant_and_a_bare_one_is_doubted() -> None:
    assert parse_cell(0.12, FORM.column("rate"), is_percent=True) == (Decimal("0.12"), None)
    value, fault = parse_cell(0.12, FORM.column("rate"))
    assert value == Decimal("0.0012")
    assert fault is not None and fault.severity is Severity.WARN


def test_a_percent_in_a_column_of_another_unit_is_refused() -> None:
    for key in ("done", "meters"):
        _, fault = parse_cell(0.12, FORM.column(key), is_percent=True)
        assert fault is not None and fault.cause == "number_has_unit"
