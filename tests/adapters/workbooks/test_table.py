from __future__ import annotations

from shuiheng.adapters.workbooks.table import UNCOMPUTED, CellFault


def test_a_formula_never_computed_is_a_fault_of_its_own() -> None:
    assert CellFault("=") == UNCOMPUTED != CellFault("#N/A")
