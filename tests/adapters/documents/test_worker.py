from __future__ import annotations

import json

import pytest

from shuiheng.adapters.documents import worker
from shuiheng.adapters.documents.errors import DocumentRefusedError
from shuiheng.adapters.documents.worker import Order, answer

ORDER = Order(name="a.txt", form="txt", memory_bytes=2**30, cpu_seconds=20)


@pytest.fixture(autouse=True)
def _no_fence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the fence away from this process: it could not be taken down again."""
    monkeypatch.setattr(worker.fences, "forbid_reaching_out", lambda: None)


def test_an_order_is_one_line_that_gives_the_same_order_back() -> None:
    line = ORDER.line()
    assert line.count(b"\n") == 1
    assert Order(**json.loads(line)) == ORDER


def test_a_document_is_answered_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(ORDER, "推进改造。".encode())
    assert json.loads(json.dumps(told))["document"]["text"] == "推进改造。"
    assert capsys.readouterr().err == "page 1 1\n"


def test_a_refusal_is_answered_with_its_code() -> None:
    assert answer(ORDER, bytes(range(1, 9)) * 90) == {"refused": {"code": "documents.not_text", "values": {}}}


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MemoryError(), "too_much_memory"),
        (RecursionError(), "too_deep"),
        (DocumentRefusedError("documents.damaged"), "damaged"),
    ],
)
def test_an_end_of_means_is_answered_by_name(
    monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(worker, "draft_of", fail)
    assert answer(ORDER, b"x") == {"refused": {"code": f"documents.{code}", "values": {}}}
