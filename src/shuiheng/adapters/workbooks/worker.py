"""The reading process: takes a workbook on its input, answers with its sheets as JSON.

Input: one line of JSON (`Order`), then the bytes of the file. Output: one JSON object,
`{"sheets": ..., "is_1904": ...}` or `{"refused": {"cause": ..., "values": ...}}`.
"""

from __future__ import annotations

import json
import sys

from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.workbooks.book_reader import read_sheets
from shuiheng.adapters.workbooks.forms import WorkbookForm
from shuiheng.adapters.workbooks.limits import WorkbookLimits
from shuiheng.adapters.workbooks.orders import Order, refusal, taken_order
from shuiheng.adapters.workbooks.wire import sheet_to_wire


def main() -> int:
    """Read one file from the input and print its sheets."""
    order, content = taken_order(sys.stdin.buffer, may_write=False)
    sys.stdout.buffer.write(answer(order, content))
    sys.stdout.flush()
    return 0


def answer(order: Order, content: bytes) -> bytes:
    """Return the sheets of a file, or why it was refused, as JSON."""
    limits = WorkbookLimits(**order.limits)
    try:
        sheets, is_1904 = read_sheets(content, form=WorkbookForm(order.form), limits=limits)
    except ContainerRefusedError as refused:
        return refusal(refused.cause, refused.values)
    except MemoryError:
        return refusal("too_much_memory", {})
    told = {"sheets": [sheet_to_wire(sheet) for sheet in sheets], "is_1904": is_1904}
    return json.dumps(told, ensure_ascii=True, separators=(",", ":")).encode("ascii")


if __name__ == "__main__":
    sys.exit(main())
