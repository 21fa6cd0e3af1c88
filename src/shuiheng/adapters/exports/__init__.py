"""Writers of files that leave the office: workbooks, CSV, the responsibility table.

In: a `Sheet` or a plan's tasks as plain values. Out: the bytes of a file. Strings are
written as strings, never as formulas; only what WPS and Excel share is used.
"""

from shuiheng.adapters.exports.csv_file import write_csv
from shuiheng.adapters.exports.responsibility import ResponsibilityRow, write_responsibility
from shuiheng.adapters.exports.sheet import Column, ColumnForm, Sheet
from shuiheng.adapters.exports.workbook import write_workbook

__all__ = [
    "Column",
    "ColumnForm",
    "ResponsibilityRow",
    "Sheet",
    "write_csv",
    "write_responsibility",
    "write_workbook",
]
