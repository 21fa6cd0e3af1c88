"""Fuzz in a process of its own: `python -m tests.fuzz --seed S --count N [--first N] [--keep FOLDER]`.

Every case is run under an alarm, and the whole process under a limit of memory. Prints the seed, what
became of the cases and each failure; the input of a failure is kept in FOLDER. A failure is mended,
then its input moves to tests/fuzz/found/, where it is run again for ever.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import logging
import resource
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from .cases import Case, case_of
from .invariants import SECONDS, TooSlow, check_document, check_file, check_file_in_child, time_limit

MEMORY_BYTES = 3 * 2**30
GROWTH_BYTES = 96 * 2**20
PAGE = resource.getpagesize()


def run_case(case: Case, *, in_child: bool) -> str:
    """Run one case; return what became of it. Any failure is raised."""
    with time_limit(SECONDS):
        if case.document is not None:
            check_document(case.document)
            return "compiled"
        return (check_file_in_child if in_child else check_file)(case.name, case.content)


def resident_bytes() -> int:
    """Return the memory that this process holds now."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGE


def keep(case: Case, number: int, folder: Path | None) -> str:
    """Keep the input of a failure; return how to make it again."""
    if folder is not None and case.document is None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}_{case.name}").write_bytes(case.content)
    return f"case {number} ({case.manner}, {case.name}, {len(case.content)} bytes)"


def place_of(failure: BaseException) -> str:
    """Return the kind of a failure and the last line of our own that it passed."""
    frames = traceback.extract_tb(failure.__traceback__)
    ours = [frame for frame in frames if "shuiheng" in frame.filename] or list(frames)
    return f"{type(failure).__name__} at {Path(ours[-1].filename).name}:{ours[-1].lineno}"


def fuzz(options: argparse.Namespace) -> int:
    """Run the cases; return how many failed."""
    outcomes: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    slowest, after_warming = (0.0, -1), 0
    warm = options.first + min(options.count // 4, 1000)
    for number in range(options.first, options.first + options.count):
        if number == warm:
            after_warming = resident_bytes()
        case = case_of(options.seed, number)
        faulthandler.dump_traceback_later(SECONDS * 3, exit=True)  # for a hang inside a C library
        started = time.perf_counter()
        try:
            outcomes[f"{case.manner} {run_case(case, in_child=options.child)}"] += 1
        except (Exception, TooSlow) as failure:  # noqa: BLE001  # a fuzzer reports whatever comes
            place = place_of(failure)
            failures[place] += 1
            print(f"FAILED {keep(case, number, options.keep)}: {place}: {str(failure)[:160]}", flush=True)
        slowest = max(slowest, (time.perf_counter() - started, number))
    faulthandler.cancel_dump_traceback_later()
    growth = resident_bytes() - after_warming
    print(f"seed {options.seed}: {options.count} cases, {sum(failures.values())} failures")
    print("outcomes: " + ", ".join(f"{name} {count}" for name, count in sorted(outcomes.items())))
    print(f"slowest: {slowest[0]:.2f} s, case {slowest[1]}; growth after warming {growth / 2**20:.0f} MB")
    for name, count in failures.most_common():
        print(f"{count} x {name}")
    if growth > GROWTH_BYTES and options.count >= 1000:
        print(f"FAILED memory grew by {growth / 2**20:.0f} MB")
        failures["growth"] += 1
    return sum(failures.values())


def main() -> int:
    """Read the options and fuzz."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seed", default="0")
    parser.add_argument("--count", type=int, default=1500)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--child", action="store_true", help="read through the reading process")
    parser.add_argument("--keep", type=Path, default=None)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # broken PDF files are told of at length
    if not options.child:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    return 1 if fuzz(options) else 0


if __name__ == "__main__":
    sys.exit(main())
