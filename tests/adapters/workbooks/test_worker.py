from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from adapters.workbooks.making import form_with, honest_rows
from shuiheng.adapters.workbooks import WorkbookLimits, worker
from shuiheng.adapters.workbooks.orders import Order

ORDER = Order(form="xlsx", limits=asdict(WorkbookLimits()))


def test_the_answer_is_the_sheets_or_the_reason() -> None:
    told = json.loads(worker.answer(ORDER, form_with(honest_rows(1))))
    assert [sheet["visible"] for sheet in told["sheets"]] == [True, True, False, False]
    refused = json.loads(worker.answer(Order(form="csv", limits=ORDER.limits), bytes(range(1, 9)) * 99))
    assert refused == {"refused": {"cause": "not_text", "values": {}}}


def test_an_end_of_memory_is_answered_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(worker, "read_sheets", fail)
    assert json.loads(worker.answer(ORDER, b"x"))["refused"]["cause"] == "too_much_memory"
