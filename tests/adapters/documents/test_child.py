from __future__ import annotations

import sys
import time

import pytest

from shuiheng.adapters.documents.child import Bounds, read_in_child, run_bounded
from shuiheng.adapters.documents.errors import DocumentRefused, ReadingFailed
from shuiheng.adapters.documents.worker import Order

BOUNDS = Bounds(wall_seconds=20, answer_bytes=100_000)
ORDER = Order(name="a.txt", form="txt", memory_bytes=2**30, cpu_seconds=20)


def _read(program: str, bounds: Bounds = BOUNDS) -> str:
    command = (sys.executable, "-I", "-c", program)
    with pytest.raises(DocumentRefused) as refused:
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


def test_lines_on_the_error_stream_are_told_and_input_reaches_the_process() -> None:
    seen: list[str] = []
    program = "import sys; sys.stderr.write('page 1 2\\n'); print(len(sys.stdin.buffer.read()))"
    content = b"x" * 300_000
    ended = run_bounded((sys.executable, "-I", "-c", program), content, bounds=BOUNDS, on_line=seen.append)
    assert (ended.code, ended.answer.strip(), seen) == (0, b"300000", ["page 1 2"])


def test_a_process_that_says_too_much_is_a_failure() -> None:
    with pytest.raises(ReadingFailed, match=r"documents\.answer_too_long"):
        run_bounded(
            (sys.executable, "-I", "-c", "print('x' * 100)"),
            b"",
            bounds=Bounds(wall_seconds=20, answer_bytes=10),
        )
