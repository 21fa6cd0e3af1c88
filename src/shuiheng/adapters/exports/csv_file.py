"""CSV for Chinese Excel and WPS: UTF-8 with a mark, formulas disarmed."""

from __future__ import annotations

import csv
import io

from shuiheng.adapters.containers.cell_safety import disarmed
from shuiheng.adapters.exports.sheet import Sheet, Value


def write_csv(sheet: Sheet) -> bytes:
    """Return the table as CSV with a byte-order mark.

    A text that a spreadsheet would take for a formula gets an apostrophe in front;
    numbers that are numbers do not.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.title for column in sheet.columns])
    writer.writerows([_printed(value) for value in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _printed(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, str):
        return disarmed(value)
    if isinstance(value, int | float):
        return value
    return str(value)
