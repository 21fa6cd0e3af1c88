"""Reading one workbook from its bytes to a table: gate, then a process with limits."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from shuiheng.adapters.containers.child import Bounds, Ended, Place, failure, run_bounded
from shuiheng.adapters.containers.errors import ChildFailedError, ContainerRefusedError
from shuiheng.adapters.workbooks.errors import in_own_name
from shuiheng.adapters.workbooks.gate import admit
from shuiheng.adapters.workbooks.limits import WorkbookLimits
from shuiheng.adapters.workbooks.orders import Order
from shuiheng.adapters.workbooks.table import RawTable
from shuiheng.adapters.workbooks.wire import table_from_wire

_NO_PLACE = Place()
DEFAULT_LIMITS = WorkbookLimits()
WORKER = (sys.executable, "-I", "-X", "utf8", "-m", "shuiheng.adapters.workbooks.worker")


@in_own_name()
def read_workbook(
    content: bytes, *, name: str, limits: WorkbookLimits = DEFAULT_LIMITS, command: Sequence[str] = WORKER
) -> RawTable:
    """Return what stands in a workbook, as cells, before anybody asks what it means.

    Args:
        content: Bytes of the file.
        name: Name of the file; its ending must agree with the content.
        limits: How much of the machine it may take, and how large its table may be.
        command: The reading process.

    Raises:
        WorkbookRefusedError: The gate or the reader refused the file; `code` says why.
        WorkbookNotReadError: The reading process died, took too long or answered nonsense.
    """
    admitted = admit(content, name=name, limits=limits)
    order = Order(form=admitted.form.value, limits=asdict(limits))
    ended = run_worker(order, content, limits=limits, command=command)
    try:
        told = json.loads(ended.answer)
        raise_refusal(told)
        return table_from_wire(
            told, name=admitted.name, form=admitted.form, content_key=hashlib.sha256(content).hexdigest()
        )
    except ContainerRefusedError:
        raise
    except (ValueError, TypeError, KeyError) as error:
        raise ChildFailedError("bad_answer") from error


def run_worker(
    order: Order,
    content: bytes,
    *,
    limits: WorkbookLimits,
    command: Sequence[str],
    place: Place = _NO_PLACE,
) -> Ended:
    """Return how the process ended that was given this order.

    Raises:
        ChildFailedError: It did not end well.
    """
    bounds = Bounds(wall_seconds=limits.wall_seconds, answer_bytes=limits.answer_bytes)
    ended = run_bounded(command, order.line() + content, bounds=bounds, place=place)
    if ended.code != 0:
        raise failure(ended)
    return ended


def raise_refusal(told: object) -> None:
    """Raise the refusal that an answer holds, if it is one."""
    if isinstance(told, dict) and isinstance(refused := told.get("refused"), dict):
        values = {str(name): str(value) for name, value in dict(refused.get("values") or {}).items()}
        raise ContainerRefusedError(str(refused.get("cause")), **values)
