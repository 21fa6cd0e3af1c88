"""One step of the metering benchmark in a process of its own: `STEP FOLDER`; prints one line of JSON."""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shuiheng.adapters.engines.columnar import Reader, Store, open_store
from shuiheng.adapters.engines.columnar.meters import EVENT_SCHEMA
from shuiheng.metering.model import IntervalRules

RULES = IntervalRules(tolerance_litres=0, top_share=Fraction(9, 10), bottom_share=Fraction(1, 10))
SPAN = (date(2024, 12, 1), date(2025, 12, 31))
OF_THE_YEAR = (date(2025, 1, 1), date(2025, 12, 31))
REPEATS = 5
Figures = dict[str, Any]


def landing(folder: Path) -> dict[str, Path]:
    """Return the landing files by the id of their batch."""
    return {path.stem: path for path in sorted((folder / "L0").glob("*.parquet"))}


def store_of(folder: Path) -> Store:
    """Return the store beside the landing files."""
    return open_store(folder / "store", rules=RULES)


def scan(folder: Path) -> Figures:
    """Read the four columns of all landing files, on two threads, and add them up."""
    paths = list(landing(folder).values())
    totals = [0.0, 0.0]

    def read(thread: int) -> None:
        for file in map(pq.ParquetFile, paths):  # one of its own: they cannot be shared by threads
            for group in range(thread, file.num_row_groups, 2):
                table = file.read_row_group(group, use_threads=False)
                totals[thread] += sum(
                    float(
                        table.column(place).chunk(0).view("int64" if place != 0 else "int32").to_numpy().sum()
                    )
                    if place != 2
                    else float(table.column(place).to_numpy().sum())
                    for place in range(4)
                )

    threads = [threading.Thread(target=read, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"rows": sum(pq.read_metadata(path).num_rows for path in paths)}


def build(folder: Path) -> Figures:
    """Make the whole state from the landing files, with sync."""
    shutil.rmtree(folder / "store", ignore_errors=True)
    events = folder / "events.parquet"
    with store_of(folder).writer() as writer:
        if events.exists():
            writer.put_events(pq.read_table(events, schema=EVENT_SCHEMA))
        began, spent = time.perf_counter(), time.process_time()
        writer.append_files(landing(folder), link=True)
        seconds, cpu = time.perf_counter() - began, time.process_time() - spent
        rows = sum(run.rows for month in writer.manifest.months.values() for run in month.runs)
    return {"q": seconds, "q_cpu": cpu, "rows": rows, **_bytes(folder, rows)}


def _bytes(folder: Path, rows: int) -> Figures:
    """Return bytes a reading by kind of file."""
    sizes: dict[str, float] = {}
    for path in (folder / "store" / "state").iterdir():
        kind = path.name.split("-")[1]
        sizes[kind] = sizes.get(kind, 0) + path.stat().st_size / rows
    sizes = {kind: round(size, 3) for kind, size in sizes.items()}
    evidence = sum(path.stat().st_size for path in (folder / "store" / "evidence").iterdir())
    return {"bytes": sizes, "state_bytes": sum(sizes.values()), "evidence_bytes": evidence / rows}


def users_of(reader: Reader, folder: Path) -> list[float]:
    """Return W1: months of users against their plans; rows, m³, how many are warned at 80, 90, 100 %.

    The last figure counts users who stand on a limit to the litre: sums of floats miss some of those.
    """
    meters, plan = pq.read_table(folder / "meter.parquet"), pq.read_table(folder / "plan.parquet")
    table = reader.months(None, *SPAN)
    table = table.filter(pc.is_valid(table["litres"]))
    user_of = np.where(meters["is_inlet"].to_numpy(), -1, meters["user_id"].to_numpy())
    user = user_of[table["meter"].to_numpy()]
    month, place = np.unique(table["month"].combine_chunks().view("int32").to_numpy(), return_inverse=True)
    chosen = user >= 0
    cells, count = place[chosen] * plan.num_rows + user[chosen], len(month) * plan.num_rows
    shape = (len(month), plan.num_rows)
    litres = np.bincount(cells, table["litres"].to_numpy()[chosen], count).reshape(shape)
    has = np.bincount(cells, minlength=count).reshape(shape) > 0
    limit = plan["plan_m3"].to_numpy() * 1000
    cumulated = litres.cumsum(axis=0)
    flags = np.where(cumulated >= limit, 100, np.where(cumulated >= 0.9 * limit, 90, 80))
    flags = np.where(has & (cumulated >= 0.8 * limit), flags, 0)
    warned = [int((flags == each).sum()) for each in (80, 90, 100)]
    on_the_line = sum(int((has & (cumulated * 10 == each * limit)).sum()) for each in (8, 9, 10))
    return [int(has.sum()), round(float(litres[has].sum()) / 1000, 2), *warned, on_the_line]


def zones_of(reader: Reader, folder: Path) -> list[float]:
    """Return W2: night flow by zone and night; m³ of inlets, of users, and nights that count."""
    meters = pq.read_table(folder / "meter.parquet")
    nights = reader.nights(None, *OF_THE_YEAR)
    meter = nights["meter"].to_numpy()
    night = nights["night"].combine_chunks().view("int32").to_numpy()
    night = night - night.min()
    zone, is_inlet = meters["dma_id"].to_numpy()[meter], meters["is_inlet"].to_numpy()[meter]
    litres = nights["litres"].to_numpy()
    cells, count = night * (int(zone.max()) + 1) + zone, (int(night.max()) + 1) * (int(zone.max()) + 1)
    inlet = np.bincount(cells, litres * is_inlet, count)
    used = np.bincount(cells, litres * ~is_inlet, count)
    return [round(float(inlet.sum()) / 1000, 2), round(float(used.sum()) / 1000, 2), len(litres)]


def warm(folder: Path) -> Figures:
    """Answer W1 and W2 in a process that has answered them once."""
    found: Figures = {}
    questions: dict[str, Callable[[Reader, Path], list[float]]] = {"W1": users_of, "W2": zones_of}
    for name, question in questions.items():
        times = []
        for _ in range(REPEATS + 1):
            began = time.perf_counter()
            with store_of(folder).snapshot() as reader:
                found[f"{name}_check"] = question(reader, folder)
            times.append(time.perf_counter() - began)
        found[name] = statistics.median(times[1:])
    return found


def new_day(folder: Path) -> Figures:
    """Take a new day (W3), then one late reading of the first month and one of the last, each with sync."""
    paths = sorted((folder / "new").glob("*.parquet"))
    ids, late = pq.read_table(paths[0])["meter_id"].to_numpy(), {}
    times: list[float] = []
    spent: list[float] = []
    with store_of(folder).writer() as writer:
        for path in paths:
            began, used = time.perf_counter(), time.process_time()
            assert writer.append_files({path.stem: path}) == 1
            times.append(time.perf_counter() - began)
            spent.append(time.process_time() - used)
        for month in (min(writer.manifest.months) + 1, max(writer.manifest.months)):
            found = []
            for _ in range(REPEATS):
                began = time.perf_counter()
                _correct(writer, int(ids[0]), month)
                found.append(time.perf_counter() - began)
            late[f"late_{month}"] = statistics.median(found)
    with store_of(folder).snapshot() as reader:
        months = reader.months(None, OF_THE_YEAR[1].replace(month=7, day=1), OF_THE_YEAR[1])
    total = pc.sum(months["litres"]).as_py()
    days = {"W3_first": times[0], "W3": min(times[1:]), "W3_cpu": min(spent[1:])}
    return {**days, "days": len(times), **late, "litres": total}


def _correct(writer: Any, meter: int, month: int) -> None:
    """Append one reading of the tenth of a month, 20 s before an hour."""
    from tests.bench.metering_days import late_reading

    assert writer.append(f"late-{month}-{time.time_ns()}", late_reading(meter, month))


def totals(folder: Path) -> Figures:
    """Write litres by meter and month, and over all, for a comparison of two stores."""
    with store_of(folder).snapshot() as reader:
        table = reader.months(None, *SPAN)
    table = table.select(["meter", "month", "litres", "unknown", "spliced"]).sort_by(
        [("meter", "ascending"), ("month", "ascending")]
    )
    pq.write_table(table, folder / "totals.parquet")
    return {"litres": pc.sum(table["litres"]).as_py(), "spliced": pc.sum(table["spliced"]).as_py()}


STEPS = {step.__name__: step for step in (scan, build, warm, new_day, totals)}


def _highest_mib() -> float:
    """Return the highest memory of this process; that of its parent is in what getrusage says."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM:"))) / 1024


def main(step: str, folder: Path) -> None:
    """Run a step and print its figures with time, CPU and peak memory."""
    began, spent = time.perf_counter(), time.process_time()
    found = STEPS[step](folder)
    found |= {"seconds": time.perf_counter() - began, "cpu": time.process_time() - spent}
    found["mib"] = _highest_mib()
    print(
        json.dumps(
            {name: round(each, 4) if isinstance(each, float) else each for name, each in found.items()}
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
