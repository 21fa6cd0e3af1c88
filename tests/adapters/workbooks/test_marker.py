from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from adapters.workbooks.making import cell_set, checked, form_with, honest_rows, say
from shuiheng.adapters.workbooks import WorkbookLimits, marker
from shuiheng.adapters.workbooks.answers import answers_of
from shuiheng.adapters.workbooks.orders import Order

SENT = cell_set(form_with(honest_rows(2)), I5="约3")
ORDER = Order(form="xlsx", limits=asdict(WorkbookLimits()), answers=asdict(answers_of(checked(SENT), say)))


def test_the_answer_is_the_workbook_or_the_reason() -> None:
    assert marker.answer(ORDER, SENT).startswith(b"PK")
    refused = Order(form="xlsx", limits=ORDER.limits, answers={**ORDER.answers, "sheet": "别的"})
    assert json.loads(marker.answer(refused, SENT))["refused"]["cause"] == "damaged"


def test_an_end_of_memory_is_answered_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(marker, "marked", fail)
    assert json.loads(marker.answer(ORDER, SENT))["refused"]["cause"] == "too_much_memory"
