"""Run every benchmark and print its figures: `python -m tests.bench [--full] [NAME …]`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main(arguments: list[str]) -> None:
    """Run the `run(full)` of each bench_*.py, in order of name."""
    wanted = [word for word in arguments if not word.startswith("-")]
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        if wanted and not any(word in path.stem for word in wanted):
            continue
        print(f"== {path.stem.removeprefix('bench_')}", flush=True)
        importlib.import_module(f"{__package__}.{path.stem}").run("--full" in arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
