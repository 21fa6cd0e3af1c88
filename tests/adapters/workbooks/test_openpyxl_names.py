from __future__ import annotations

from shuiheng.adapters.workbooks import openpyxl_names


def test_every_listed_name_is_there() -> None:
    assert all(getattr(openpyxl_names, name) is not None for name in openpyxl_names.__all__)
