from __future__ import annotations

import pytest

from shuiheng.adapters.workbooks.layout import OWN_SHEETS, sheet_name


@pytest.mark.parametrize(
    ("title", "name"),
    [("任务/进展", "任务 进展"), ("'引号'", "引号"), ("?", "Sheet1"), ("长" * 40, "长" * 31)],
)
def test_a_title_becomes_a_name_that_a_sheet_may_have(title: str, name: str) -> None:
    assert sheet_name(title) == name


def test_our_own_sheets_are_four() -> None:
    assert len(OWN_SHEETS) == 4
