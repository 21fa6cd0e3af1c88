from __future__ import annotations

import sys
import time

import pytest

from shuiheng.adapters.containers.child import Bounds
from shuiheng.adapters.documents.child import read_in_child
from shuiheng.adapters.documents.errors import DocumentRefusedError
from shuiheng.adapters.documents.worker import Order

BOUNDS = Bounds(wall_seconds=20, answer_bytes=100_000)
ORDER = Order(name="a.txt", form="txt", memory_bytes=2**30, cpu_seconds=20)


def _read(program: str, bounds: Bounds = BOUNDS) -> str:
    command = (sys.executable, "-I", "-c", program)
    with pytest.raises(DocumentRefusedError) as refused:
        read_in_child(ORDER, b"x", bounds=bounds, command=command)
    return refused.value.code


def test_a_process_that_hangs_is_ended() -> None:
    began = time.monotonic()
    assert (
        _read("import time; time.sleep(60)", Bounds(wall_seconds=0.5, answer_bytes=10))
        == "documents.too_slow"
    )
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("print('nonsense')", "bad_answer"),
        ("print('[1]')", "bad_answer"),
        ("print('{\"document\": {}}')", "bad_answer"),
        ("import os; os.abort()", "reader_died"),
        ("raise SystemExit(3)", "reader_died"),
        ("raise MemoryError", "too_much_memory"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too_much_time"),
        ("print('x' * 200_000)", "answer_too_long"),
        ('print(\'{"refused": {"code": "documents.damaged", "values": {}}}\')', "damaged"),
    ],
)
def test_each_way_to_fail_has_its_name(program: str, code: str) -> None:
    assert _read(program) == f"documents.{code}"
