"""Where things stand in our own sheets, and the words by which they are known again."""

from __future__ import annotations

from shuiheng.adapters.containers.stamp import STAMP_SHEET

RESULT = "校验结果"
NUMBER = "序号"
REASON = "情况说明"
GUIDE_SHEET = "填表说明"
CHOICE_SHEET = "_选项"
SUMMARY_SHEET = "校验汇总"
OWN_SHEETS = frozenset({GUIDE_SHEET, CHOICE_SHEET, SUMMARY_SHEET, STAMP_SHEET})
OWN_HEADINGS = frozenset({RESULT, NUMBER, REASON})
STAMP_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2
RESULT_COLUMN, NUMBER_COLUMN, FIRST_COLUMN = 0, 1, 2
FONT = "宋体"
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def sheet_name(title: str) -> str:
    """Return a title as a sheet may be named."""
    return title.translate(_FORBIDDEN).strip("' ")[:31] or "Sheet1"
