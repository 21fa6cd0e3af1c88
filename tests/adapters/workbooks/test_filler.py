"""The filling process answers with the workbook or with the reason."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from adapters.workbooks.filled_forms import office_form
from shuiheng.adapters.workbooks import WorkbookLimits, filler
from shuiheng.adapters.workbooks.orders import Order

ORDER = Order(form="xlsx", limits=asdict(WorkbookLimits()), answers={"单位": ["t", "青禾市"]})


def test_the_answer_is_one_line_and_the_workbook_or_the_reason() -> None:
    head, _, book = filler.answer(ORDER, office_form()).partition(b"\n")
    assert json.loads(head)["filled"] == [["单位", "半年报 表一", "B2"], ["单位", "汇总", "C3"]]
    assert book.startswith(b"PK")
    refused = json.loads(filler.answer(ORDER, office_form(is_protected=True)))
    assert refused["refused"]["cause"] == "sheet_protected"


def test_an_end_of_memory_is_answered_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(filler, "filled", fail)
    assert json.loads(filler.answer(ORDER, b""))["refused"]["cause"] == "too_much_memory"
