"""Running a process that looks at a foreign file, and ending it when it takes too long or says too much."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shuiheng.adapters.containers.errors import ChildFailedError

_CHUNK = 65536
_CPU_SIGNALS = {-signal.SIGXCPU, -signal.SIGKILL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How long a process may take on the clock, and how much it may say."""

    wall_seconds: float
    answer_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a process runs: its folder and its environment, empty unless given."""

    folder: str = "/"
    environment: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a process ended and what it said."""

    code: int
    answer: bytes
    complaints: str


def run_bounded(
    command: Sequence[str],
    content: bytes,
    *,
    bounds: Bounds,
    on_line: Callable[[str], None] = lambda line: None,
    place: Place = Place(),
) -> Ended:
    """Run `command` with `content` as its input and wait for its end, never longer than allowed.

    Raises:
        ChildFailedError: `too_slow` or `answer_too_long`.
    """
    child = subprocess.Popen(  # noqa: S603 - the command is ours; no shell, no word of the file in it
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(place.environment),
        cwd=place.folder,
        start_new_session=True,
    )
    feeder = threading.Thread(target=_feed, args=(child, content), daemon=True)
    feeder.start()
    try:
        answer, complaints = _listen(child, bounds, on_line)
        code = child.wait(timeout=10)
    except subprocess.TimeoutExpired:
        raise ChildFailedError("too_slow", seconds=str(int(bounds.wall_seconds))) from None
    finally:
        _end(child)
        feeder.join(timeout=5)
    return Ended(code=code, answer=answer, complaints=complaints)


def _feed(child: subprocess.Popen[bytes], content: bytes) -> None:
    """Write the input; a child that ends early has said why elsewhere."""
    if child.stdin is not None:
        with contextlib.suppress(OSError, ValueError):
            child.stdin.write(content)
        with contextlib.suppress(OSError, ValueError):
            child.stdin.close()


def _listen(
    child: subprocess.Popen[bytes], bounds: Bounds, on_line: Callable[[str], None]
) -> tuple[bytes, str]:
    """Return all that the child said on both streams."""
    assert child.stdout is not None and child.stderr is not None  # noqa: S101 - both are pipes, see Popen
    deadline = time.monotonic() + bounds.wall_seconds
    answer, pending, complaints = bytearray(), b"", ""
    with selectors.DefaultSelector() as streams:
        streams.register(child.stdout, selectors.EVENT_READ)
        streams.register(child.stderr, selectors.EVENT_READ)
        while streams.get_map():
            left = deadline - time.monotonic()
            ready = streams.select(timeout=max(left, 0))
            if left <= 0 or not ready:
                raise subprocess.TimeoutExpired(child.args, 0)
            for key, _ in ready:
                part = os.read(key.fd, _CHUNK)
                if not part:
                    streams.unregister(key.fileobj)
                elif key.fileobj is child.stdout:
                    answer += part
                    if len(answer) > bounds.answer_bytes:
                        raise ChildFailedError("answer_too_long")
                else:
                    *lines, pending = (pending + part).split(b"\n")
                    pending = pending[-_CHUNK:]
                    for line in lines:
                        text = line.decode("utf-8", "replace")
                        on_line(text)
                        complaints = (complaints + text + "\n")[-2000:]
    return bytes(answer), complaints


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and all that it started, and close the pipes."""
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    for stream in (child.stdout, child.stderr):
        if stream is not None:
            stream.close()


def failure(ended: Ended) -> ChildFailedError:
    """Return what the end of a process means whose code is not 0."""
    last = ended.complaints.strip().split("\n")[-1][:200]
    if ended.code in _CPU_SIGNALS:
        return ChildFailedError("too_much_time")
    if "MemoryError" in last or "bad_alloc" in last or "memory allocation of" in last:
        return ChildFailedError("too_much_memory")
    return ChildFailedError("reader_died", reason=last or f"signal {-ended.code}")
