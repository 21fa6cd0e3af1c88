from __future__ import annotations

import pytest

from shuiheng.adapters.workbooks.cells.no_values import is_blank, no_value
from shuiheng.adapters.workbooks.table import UNCOMPUTED, Cell, CellFault


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000", "\ufeff\xa0"])
def test_white_space_is_blank_and_zero_is_not(cell: Cell) -> None:
    assert is_blank(cell) and not is_blank(0.0) and not is_blank(False)


@pytest.mark.parametrize(
    ("cell", "cause"),
    [
        (CellFault("#REF!"), "error_value"),
        (UNCOMPUTED, "formula_not_computed"),
        ("#n/a", "error_value"),
        ("同上", "ditto"),
        ("—", "nothing_mark"),
        ("a\u202eb", "text_controls"),
    ],
)
def test_a_cell_without_value_says_why(cell: Cell, cause: str) -> None:
    fault = no_value(cell, takes_nothing=False)
    assert fault is not None and fault.cause == cause


def test_none_is_a_word_in_a_text_and_nothing_else_is_held_back() -> None:
    assert no_value("无", takes_nothing=True) is None
    assert no_value(1.5, takes_nothing=False) is None
    assert no_value("约12", takes_nothing=False) is None
