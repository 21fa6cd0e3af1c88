"""Words and doubts of monthly workbooks."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from places import PACKAGE
from shuiheng.adapters.rulebook import RulebookError
from shuiheng.adapters.rulebook.workbook_columns import (
    FILE,
    MARKS,
    ROLES,
    read_workbook_columns,
    workbook_columns,
)

SHIPPED = (PACKAGE / "rulebook" / FILE).read_text("utf-8")


def _write(folder: Path, text: str) -> Path:
    (folder / "metering").mkdir()
    (folder / FILE).write_text(text, "utf-8")
    return folder


def test_every_column_and_way_of_reading_has_words() -> None:
    columns = workbook_columns()
    assert set(columns.words) == set(ROLES) and set(columns.marks) == set(MARKS)
    assert columns.marks["read"][0] == "实抄" and columns.doubts.far_times == Decimal(5)


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("remark: [备注,", "remark: [户号, 备注,", "names account and remark"),
        ("unread: [未抄,", "unread: [实抄, 未抄,", "names read and unread"),
        ("  digits: [表盘位数, 字轮位数, 位数]", "  digits: []", "has no word"),
        ('far_times: {value: "5"', "far_times: {value: 5", "quoted number"),
        ("doubts:", "other: {}\ndoubts:", "unknown field"),
    ],
)
def test_a_file_that_breaks_a_rule_does_not_load(tmp_path: Path, old: str, new: str, match: str) -> None:
    assert old in SHIPPED
    with pytest.raises(RulebookError, match=match):
        read_workbook_columns(_write(tmp_path, SHIPPED.replace(old, new, 1)))
