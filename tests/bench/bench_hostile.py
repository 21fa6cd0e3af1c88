"""Whether hostile texts cost more than their length: seconds at one and at four times the length.

A ratio near 4 is linear, near 16 quadratic. Read and compiled in this process.
"""

from __future__ import annotations

import time

from shuiheng.adapters.documents import DocumentRefusedError

from ..fuzz.hostile import texts
from ..fuzz.invariants import TooSlow, check_file, time_limit

SECONDS = 60


def seconds_for(text: str) -> float:
    """Return the processor seconds that a text takes; infinite when it takes too long."""
    started = time.process_time()
    try:
        with time_limit(SECONDS):
            check_file("hostile.txt", text.encode("utf-8", "surrogatepass"))
    except DocumentRefusedError:
        pass
    except TooSlow:
        return float("inf")
    return time.process_time() - started


def run(full: bool) -> None:
    """Print the figures of each text; `full` adds eight times the length."""
    scales = (1, 4, 8) if full else (1, 4)
    check_file("warm.txt", "到2025年，漏损率控制在9%以内。".encode())
    for name in texts():
        costs = [seconds_for(texts(scale)[name]) for scale in scales]
        ratios = [f"{later / costs[0]:.1f}" if costs[0] > 0.05 else "-" for later in costs[1:]]
        print(
            f"{name:24s}" + "".join(f"{cost:9.2f}" for cost in costs) + "   ratio " + " ".join(ratios),
            flush=True,
        )
