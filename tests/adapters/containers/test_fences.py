from __future__ import annotations

import subprocess
import sys

import pytest

PRELUDE = "from shuiheng.adapters.containers import fences; "


def _ran(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-c", PRELUDE + program],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    "act",
    [
        "import socket; socket.socket().connect(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "open('/tmp/shuiheng-fence', 'w')",
        "import os; os.system('true')",
        "import os; os.remove('/tmp/shuiheng-fence')",
    ],
)
def test_behind_the_fence_nothing_outside_can_be_touched(act: str) -> None:
    ran = _ran(f"fences.forbid_reaching_out(); {act}")
    assert ran.returncode != 0
    assert "PermissionError" in ran.stderr


def test_reading_files_stays_possible_behind_the_fence() -> None:
    assert _ran("fences.forbid_reaching_out(); open('/dev/null').read()").returncode == 0


def test_more_memory_than_allowed_is_not_given() -> None:
    limits = "fences.limit_machine(memory_bytes=300_000_000, cpu_seconds=20, file_bytes=0); "
    assert "MemoryError" in _ran(limits + "bytearray(400_000_000)").stderr


def test_no_file_can_grow_beyond_its_limit() -> None:
    limits = "fences.limit_machine(memory_bytes=2**30, cpu_seconds=20, file_bytes=0); "
    write = "import tempfile; f = tempfile.TemporaryFile(); f.write(b'x' * 9000); f.flush()"
    assert _ran(limits + write).returncode != 0


def test_a_process_that_left_the_network_says_so_or_could_not() -> None:
    ran = _ran("print(fences.leave_network())")
    assert ran.stdout.strip() in ("True", "False")
