from __future__ import annotations

import signal
import sys
import time

import pytest

from shuiheng.adapters.containers.child import Bounds, Ended, failure, run_bounded
from shuiheng.adapters.containers.errors import ChildFailedError

BOUNDS = Bounds(wall_seconds=20, answer_bytes=100_000)


def test_a_process_that_hangs_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises(ChildFailedError, match="too_slow"):
        run_bounded(
            (sys.executable, "-I", "-c", "import time; time.sleep(60)"),
            b"",
            bounds=Bounds(wall_seconds=0.5, answer_bytes=10),
        )
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("code", "complaints", "cause"),
    [
        (-signal.SIGXCPU, "", "too_much_time"),
        (1, "MemoryError\n", "too_much_memory"),
        (-signal.SIGABRT, "", "reader_died"),
    ],
)
def test_each_way_to_end_badly_has_its_cause(code: int, complaints: str, cause: str) -> None:
    assert failure(Ended(code=code, answer=b"", complaints=complaints)).cause == cause


def test_lines_on_the_error_stream_are_told_and_input_reaches_the_process() -> None:
    seen: list[str] = []
    program = "import sys; sys.stderr.write('page 1 2\\n'); print(len(sys.stdin.buffer.read()))"
    content = b"x" * 300_000
    ended = run_bounded((sys.executable, "-I", "-c", program), content, bounds=BOUNDS, on_line=seen.append)
    assert (ended.code, ended.answer.strip(), seen) == (0, b"300000", ["page 1 2"])


def test_a_process_that_says_too_much_is_a_failure() -> None:
    with pytest.raises(ChildFailedError, match="answer_too_long"):
        run_bounded(
            (sys.executable, "-I", "-c", "print('x' * 100)"),
            b"",
            bounds=Bounds(wall_seconds=20, answer_bytes=10),
        )
