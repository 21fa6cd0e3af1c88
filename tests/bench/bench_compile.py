"""What compiling a plan costs: processor seconds for 36 KB, growth with length, peak memory.

The reading process is left out (bench_reading.py measures it): a plan is read once, then compiled.
The promise: a plan of 36 KB in under 1 s of processor time, cost linear in length.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shuiheng.adapters.documents import read_document
from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.plans import PlanKnowledge, SourceDocument
from shuiheng.plans.compiler import compile_plan

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = ROOT / "tests" / "plans" / "corpus"
DEMO = ROOT / "demo" / "plans" / "shili_water_saving_plan.txt"
ONE_PLAN_BYTES = 36 * 1024
AS_OF = date(2024, 1, 1)


@dataclass(frozen=True)
class Cost:
    """What one compilation took."""

    kilobytes: float
    seconds: float
    peak_megabytes: float
    items: int


def prose_of_size(size: int) -> bytes:
    """Return a plan in prose of about `size` bytes, made of the corpus again and again."""
    texts = [path.read_text("utf-8") for path in sorted(CORPUS.glob("9*.txt"))]
    whole = "\n".join(texts)
    return (whole * (size // len(whole.encode()) + 1)).encode()[:size]


def table_of_size(size: int) -> bytes:
    """Return the demo city's plan with its responsibility table lengthened to about `size` bytes."""
    text = DEMO.read_text("utf-8")
    rows = text[text.index("\t1\n") : text.index("注：附件1")]
    added = max(0, size - len(text.encode())) // len(rows.encode())
    return text.replace(rows, rows + ("\n" + rows) * added).encode()


def cost_of(content: bytes, knowledge: PlanKnowledge, *, with_memory: bool) -> Cost:
    """Return what compiling `content` takes; memory is traced in a run of its own, as tracing is slow."""
    document = read_document(_whole_characters(content), name="bench.txt")
    started = time.process_time()
    plan = compile_plan(document, knowledge, as_of=AS_OF)
    seconds = time.process_time() - started
    peak = _peak_megabytes(document, knowledge) if with_memory else 0.0
    items = len(plan.tasks) + len(plan.targets) + len(plan.duties) + len(plan.thresholds)
    return Cost(len(content) / 1024, seconds, peak, items)


def run(full: bool) -> None:
    """Print the figures; `full` adds the longest documents and the memory of each."""
    knowledge = load_knowledge()
    _row("manner", "KB", "CPU s", "s per 36 KB", "ratio", "peak MB", "items")
    manners: dict[str, Callable[[int], bytes]] = {"prose": prose_of_size, "table": table_of_size}
    for name, document_of_size in manners.items():
        cost_of(document_of_size(ONE_PLAN_BYTES), knowledge, with_memory=False)  # the first run warms caches
        base: float | None = None
        for times in (1, 4, 16, 64) if full else (1, 4, 16):
            content = document_of_size(ONE_PLAN_BYTES * times)
            cost = cost_of(content, knowledge, with_memory=full or times == 1)
            each = cost.seconds * ONE_PLAN_BYTES / len(content)
            base = base or each
            peak = f"{cost.peak_megabytes:.0f}" if cost.peak_megabytes else "-"
            figures = (f"{cost.kilobytes:.0f}", f"{cost.seconds:.2f}", f"{each:.3f}", f"{each / base:.2f}")
            _row(f"{name} x{times}", *figures, peak, str(cost.items))
    print("ratio: cost per byte against the same plan at x1; 1 is linear in length")


def _row(*cells: str) -> None:
    print("".join(cell.rjust(13) for cell in cells), flush=True)


def _peak_megabytes(document: SourceDocument, knowledge: PlanKnowledge) -> float:
    tracemalloc.start()
    compile_plan(document, knowledge, as_of=AS_OF)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def _whole_characters(content: bytes) -> bytes:
    return content.decode("utf-8", "ignore").encode()
