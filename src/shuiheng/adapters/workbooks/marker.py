"""The marking process: takes a workbook on its input and gives it back with every bad cell marked.

Input: one line of JSON (`Order` with `answers`), then the bytes of the file. Output: the bytes
of the workbook, or `{"refused": {"cause": ..., "values": ...}}`.
"""

from __future__ import annotations

import sys

from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.workbooks.marking import marked
from shuiheng.adapters.workbooks.orders import Order, refusal, taken_order


def main() -> int:
    """Mark one workbook from the input and print it."""
    order, content = taken_order(sys.stdin.buffer, may_write=True)
    sys.stdout.buffer.write(answer(order, content))
    sys.stdout.flush()
    return 0


def answer(order: Order, content: bytes) -> bytes:
    """Return the marked workbook, or why it was refused."""
    try:
        return marked(content, order.answers)
    except ContainerRefusedError as refused:
        return refusal(refused.cause, refused.values)
    except MemoryError:
        return refusal("too_much_memory", {})


if __name__ == "__main__":
    sys.exit(main())
