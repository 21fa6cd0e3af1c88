"""Stores with many sorts of meters, and what the plain functions of the core say of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from adapters.engines.columnar.worlds import (
    RULES,
    World,
    batch_table,
    event_table,
    meter_table,
    random_world,
)
from shuiheng.adapters.engines.columnar import Reader, Store, open_store
from shuiheng.adapters.engines.settlement import (
    KINDS,
    Asked,
    SettleJob,
    SettlementRules,
    job_for,
    read_answers,
)
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.metering.apportion import profile_of, spread
from shuiheng.metering.checks.record import longest_gap
from shuiheng.metering.civil_time import day_of, month_after
from shuiheng.metering.intervals import intervals_of
from shuiheng.metering.model import HOURS_OF_WEEK, IntervalRules
from shuiheng.metering.month_volumes import DatedProfile, profile_held
from shuiheng.metering.versions import effective_readings
from shuiheng.metering.volumes import Usage, months

GAPS = metering_checks().rules["V2"]
BUSY = profile_of(name="busy", hours=[1 + each % 7 for each in range(HOURS_OF_WEEK)])
PROFILES = {
    id_: (DatedProfile(first=date(2025, 2, 1), end=date(2025, 2, 4), profile=BUSY),)
    for id_ in range(0, 10_000, 2)
}
"""Meters with an even id have a profile of their own for some days."""

APART = 1000
"""Meter ids of two worlds are so far apart."""


def many_worlds(seeds: Iterable[int], *, meters: int = 6, days: int = 5) -> World:
    """Return several random worlds as one: each with meters and batches of its own."""
    whole = World({}, {})
    for seed in seeds:
        world, shift = random_world(seed, meters=meters, days=days), APART * (seed % APART)
        for id_, meter in world.meters.items():
            whole.meters[id_ + shift] = replace(meter, id=str(id_ + shift))
        for name, rows in world.batches.items():
            whole.batches[f"{name}-{seed}"] = [(id_ + shift, *rest) for id_, *rest in rows]
    return whole


def filled(folder: Path, world: World, rules: IntervalRules = RULES) -> Store:
    """Return a store with the meters and batches of a world."""
    store = open_store(folder, rules=rules)
    with store.writer() as writer:
        writer.put_meters(meter_table(world.meters))
        writer.put_events(event_table(world.meters))
        for name, rows in world.batches.items():
            writer.append(name, batch_table(rows), settle=False)
        writer.settle()
    return store


def job_of(reader: Reader, out: Path, asked: Asked | None = None) -> SettleJob:
    """Return the job of a settlement of everything into a folder, which is made."""
    out.mkdir()
    rules = SettlementRules(intervals=RULES, gaps=GAPS, profiles=PROFILES)
    wanted = asked or Asked(kinds=KINDS, most_readings=3000)
    return job_for(reader.folder, reader.manifest, out=out, rules=rules, asked=wanted)


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the content of all files in a folder by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def figures_in(folder: Path, meters: Iterable[int]) -> dict[str, dict[Any, Any]]:
    """Return days, months, nights and readings of a settlement in the form of `worlds.expected`."""
    found: dict[str, dict[Any, Any]] = {
        "days": _by_period(read_answers(folder, "days"), "day"),
        "months": _by_period(read_answers(folder, "months"), "month"),
    }
    nights = read_answers(folder, "nights").to_pylist()
    found["nights"] = {(row["meter"], row["night"]): row["litres"] for row in nights}
    found["readings"] = {id_: [] for id_ in meters}
    for row in read_answers(folder, "readings").to_pylist():
        found["readings"][row["meter"]].append((row["read_at"], row["register"]))
    return found


def _by_period(table: pa.Table, name: str) -> dict[Any, Any]:
    found = {(row.pop("meter"), row.pop(name)): tuple(row.values()) for row in table.to_pylist()}
    assert len(found) == table.num_rows
    return found


def volumes_by_time(world: World) -> dict[tuple[int, date], tuple[Any, ...]]:
    """Return the volumes by time of all months between the first and last reading of each meter."""
    found: dict[tuple[int, date], tuple[Any, ...]] = {}
    for id_, meter in world.meters.items():
        readings = effective_readings(world.versions(id_))
        if not readings:
            continue
        laid = [
            spread(each, profile_held(PROFILES.get(id_, ()), day_of(each.end.read_at)))
            for each in intervals_of(meter, readings, RULES)
        ]
        usage = Usage(
            spreads=tuple(each for each in laid if each is not None), longest_seconds=longest_gap(meter, GAPS)
        )
        begin, last = (day_of(each.read_at).replace(day=1) for each in (readings[0], readings[-1]))
        while begin <= last:
            (own,) = months(usage, begin, begin)
            found[id_, begin] = (
                own.litres,
                own.measured_litres,
                own.spread_litres,
                own.measured_seconds,
                own.spread_seconds,
                own.missing_seconds,
                ",".join(own.profiles),
            )
            begin = month_after(begin)
    return found


def told_by_time(folder: Path) -> dict[tuple[int, date], tuple[Any, ...]]:
    """Return the volumes by time of a settlement in the same form."""
    return _by_period(read_answers(folder, "by_time"), "month")


def spoil(summary: Path) -> None:
    """Write a month with one reading more than there is."""
    table = pq.read_table(summary)
    count = pc.add(table["n"], pa.scalar(1, pa.int32()))
    pq.write_table(table.set_column(1, table.schema.field("n"), count), summary)
