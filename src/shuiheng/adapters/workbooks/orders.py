"""What a process that touches workbooks is told: one line of JSON before the bytes of the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO

from shuiheng.adapters.containers import fences
from shuiheng.adapters.workbooks.limits import WorkbookLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the process is to do, and within what; `answers` is for the one that marks."""

    form: str
    limits: Mapping[str, int]
    answers: Mapping[str, Any] = field(default_factory=dict)

    def line(self) -> bytes:
        """Return the order as the first line of the input."""
        return json.dumps(asdict(self), ensure_ascii=True).encode("ascii") + b"\n"


def taken_order(source: BinaryIO, *, may_write: bool) -> tuple[Order, bytes]:
    """Return the order and the file from the input, and give this process its limits.

    Args:
        source: The input.
        may_write: Whether the process may write files of its own, up to the unpacked size.
    """
    order = Order(**json.loads(source.readline()))
    content = source.read()
    limits = WorkbookLimits(**order.limits)
    fences.limit_machine(
        memory_bytes=limits.memory_bytes,
        cpu_seconds=limits.cpu_seconds,
        file_bytes=limits.unpacked_bytes if may_write else 0,
    )
    fences.leave_network()
    if not may_write:
        fences.forbid_reaching_out()
    return order, content


def refusal(cause: str, values: Mapping[str, str]) -> bytes:
    """Return the answer that refuses a file."""
    return json.dumps({"refused": {"cause": cause, "values": dict(values)}}).encode("ascii")
