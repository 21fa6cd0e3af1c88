"""What settling readings costs, beside a plain scan and straightforward SQL, in one session.

W1 months of users against their plans, W2 night flow by zone, W3 a new day. The data and the
SQL are those of the shared benchmark (`tools/bench`), which stands beside this checkout. Polars
and pandas are no dependencies: name a Python that has them in SHUIHENG_BENCH_PYTHON, else they are
left out. pandas, which holds all rows in memory, is asked for up to MOST_OF_PANDAS hours only.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tests.bench.metering_days import SPECIAL, write_new_days, write_special
from tests.places import ROOT, SHARED

BENCH = SHARED / "tools" / "bench"
METERS = 20_000
REPEATS = 3
MOST_OF_PANDAS = 1500
Figures = dict[str, Any]


def run(full: bool) -> None:
    """Print the figures: of 1 million readings, or in full of 10, 30 and 100 million."""
    if not BENCH.is_dir():
        print("left out: the shared benchmark does not stand beside this checkout")
        return
    sizes = (500, 1500, 5000) if full else (50,)
    place = os.environ.get("SHUIHENG_BENCH_FOLDER")
    with tempfile.TemporaryDirectory() as scratch:
        for hours in sizes:
            folder = Path(place or scratch) / f"city{hours}"
            _city(folder, hours)
            _compare(folder, hours, full=full)
            _special(folder)
            if not place:
                shutil.rmtree(folder)


def _city(folder: Path, hours: int) -> None:
    if not (folder / "plan.parquet").exists():
        subprocess.run(
            [sys.executable, BENCH / "gen.py", folder, str(METERS), str(hours)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    if not (folder / "new").exists():
        write_new_days(folder, 4)


def _step(step: str, folder: Path) -> Figures:
    """Run a step of ours in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.metering_steps", step, str(folder)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests"), str(ROOT)]),
        },
    )
    found: Figures = json.loads(ran.stdout.splitlines()[-1])
    return found


def _best(step: str, folder: Path, key: str) -> Figures:
    return min((_step(step, folder) for _ in range(REPEATS)), key=lambda found: float(found[key]))


def _sql(workload: str, folder: Path, engine: str = "duckdb", *, python: str = sys.executable) -> Figures:
    """Run a straightforward formulation of the shared benchmark."""
    ran = subprocess.run(
        [python, str(BENCH / "w.py"), engine, workload, "L0"],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "BASE": str(folder)},
    )
    found: Figures = json.loads(ran.stdout.splitlines()[-1])
    return found


def _compare(folder: Path, hours: int, *, full: bool) -> None:
    scan = _best("scan", folder, "seconds")
    scan_sql = min(_sql("scan", folder, "duckdb_scan")["q"] for _ in range(REPEATS))
    built, sql1, sql2 = _best("build", folder, "q"), _sql("W1", folder), _sql("W2", folder)
    warm, rows = _step("warm", folder), scan["rows"]
    print(f"\n{rows:,} rows, {METERS:,} meters, {hours} hours; load {os.getloadavg()[0]:.1f}")
    print(f"plain scan: {scan['seconds']:.2f} s, CPU {scan['cpu']:.2f} s (DuckDB {scan_sql:.2f} s)")
    print(
        f"rows to state: {built['q']:.2f} s, CPU {built['q_cpu']:.2f} s, {built['mib']:.0f} MiB; "
        f"{built['q'] / scan['seconds']:.1f} x scan, {built['q_cpu'] / scan['cpu']:.1f} x its CPU, "
        f"{built['q'] / scan_sql:.1f} x DuckDB's scan"
    )
    both = sql1["q"] + sql2["q"]
    print(f"DuckDB: W1 {sql1['q']:.2f} s, W2 {sql2['q']:.2f} s; together {both / built['q']:.1f} x ours")
    _others(folder, hours, ours=built["q"])
    sizes = ", ".join(f"{kind} {size}" for kind, size in built["bytes"].items())
    print(f"bytes a reading: {built['state_bytes']:.3f} ({sizes}); evidence {built['evidence_bytes']:.2f}")
    for name, sql in (("W1", sql1), ("W2", sql2)):
        print(f"warm {name}: {warm[name]:.3f} s, DuckDB {sql['q'] / warm[name]:.0f} x")
    *ours, on_the_line = warm["W1_check"]
    agree = sql1["check"][:2] == ours[:2] and sql2["check"][1:4] == warm["W2_check"]
    agree &= sum(abs(left - right) for left, right in zip(sql1["check"], ours, strict=True)) <= on_the_line
    print(f"equal to DuckDB: {agree}; {on_the_line} users stand on a limit to the litre")
    if not agree:
        print(sql1["check"], warm["W1_check"], sql2["check"], warm["W2_check"])
    added = _step("new_day", folder)
    print(
        ", ".join(f"{name} {value:.3f} s" for name, value in added.items() if name.startswith(("W3", "late")))
    )
    if not agree:
        raise SystemExit("the engine and plain SQL disagree")


def _others(folder: Path, hours: int, *, ours: float) -> None:
    """Print what the same two workloads cost in data frames."""
    python = os.environ.get("SHUIHENG_BENCH_PYTHON")
    if python is None:
        print("Polars, pandas: left out, SHUIHENG_BENCH_PYTHON names no Python that has them")
        return
    for engine in ("polars", *(("pandas",) if hours <= MOST_OF_PANDAS else ())):
        first, second = (_sql(workload, folder, engine, python=python)["q"] for workload in ("W1", "W2"))
        print(f"{engine}: W1 {first:.2f} s, W2 {second:.2f} s; together {(first + second) / ours:.1f} x ours")


def _special(folder: Path) -> None:
    """Print what one special meter in fifty costs, and check that no litre is lost."""
    target = folder.with_name(f"{folder.name}-special")
    if not (target / "plan.parquet").exists():
        write_special(folder, target)
    plain = _best("build", folder, "q_cpu")
    special = _best("build", target, "q_cpu")
    for each in (folder, target):
        _step("totals", each)
    left, right = (pq.read_table(each / "totals.parquet").to_pylist() for each in (folder, target))
    wrong = _differences(left, right)
    print(
        f"{100 / SPECIAL:.0f} % reset, swapped or off the grid: {special['q']:.2f} s, "
        f"CPU {special['q_cpu']:.2f} s "
        f"({special['q_cpu'] / plain['q_cpu'] - 1:+.0%} CPU, {special['q'] / plain['q'] - 1:+.0%} time), "
        f"{special['mib']:.0f} MiB; figures that differ: {wrong}"
    )
    shutil.rmtree(target)
    if wrong:
        raise SystemExit("special meters have other volumes")


def _differences(left: list[Figures], right: list[Figures]) -> int:
    """Count months of meters on the grid, and totals of meters off it, that are not the same."""
    sums: list[dict[Any, int]] = []
    for rows in (left, right):
        found: dict[Any, int] = {}
        for row in rows:
            is_off = row["meter"] % SPECIAL == 0 and row["meter"] // SPECIAL % 3 == 2
            key = (row["meter"], None if is_off else row["month"])
            found[key] = found.get(key, 0) + (row["litres"] or 0)
        sums.append(found)
    return sum(sums[0].get(key) != sums[1].get(key) for key in sums[0].keys() | sums[1].keys())
