from __future__ import annotations

from shuiheng.adapters.workbooks.cells.fault import Fault
from shuiheng.kernel import Severity


def test_a_fault_bars_the_import_unless_it_says_otherwise() -> None:
    assert Fault("required").severity is Severity.DISQUALIFY
    assert Fault("x", severity=Severity.WARN) != Fault("x")
