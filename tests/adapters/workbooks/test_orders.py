from __future__ import annotations

import io
import json
from dataclasses import asdict

import pytest

from shuiheng.adapters.containers import fences
from shuiheng.adapters.workbooks import WorkbookLimits
from shuiheng.adapters.workbooks.orders import Order, refusal, taken_order

ORDER = Order(form="xlsx", limits=asdict(WorkbookLimits()), answers={"sheet": "表一"})


@pytest.mark.parametrize("may_write", [True, False])
def test_an_order_is_taken_with_its_file_and_its_limits(
    monkeypatch: pytest.MonkeyPatch, may_write: bool
) -> None:
    seen: dict[str, object] = {}
    monkeypatch.setattr(fences, "limit_machine", lambda **limits: seen.update(limits))
    monkeypatch.setattr(fences, "leave_network", lambda: True)
    monkeypatch.setattr(fences, "forbid_reaching_out", lambda: seen.update(fence=True))
    taken, content = taken_order(io.BytesIO(ORDER.line() + b"PK\n\x00"), may_write=may_write)
    assert (taken, content) == (ORDER, b"PK\n\x00")
    assert (seen["file_bytes"] == 0) is not may_write
    assert seen.get("fence", False) is not may_write


def test_a_refusal_is_json() -> None:
    assert json.loads(refusal("bomb", {"part": "a"})) == {
        "refused": {"cause": "bomb", "values": {"part": "a"}}
    }
