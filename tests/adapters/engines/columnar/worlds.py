"""Random batches of readings, and what the plain functions of the core say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from shuiheng.adapters.engines.columnar import Reader, Store, open_store
from shuiheng.adapters.engines.columnar.meters import EVENT_SCHEMA, METER_SCHEMA
from shuiheng.metering.blocks import EMPTY, as_read_litres, block_of, join
from shuiheng.metering.civil_time import day_of, start_of
from shuiheng.metering.intervals import interval_between
from shuiheng.metering.model import (
    Block,
    EventKind,
    IntervalRules,
    Meter,
    MeterEvent,
    Reading,
    Register,
    Version,
)
from shuiheng.metering.versions import effective_readings

RULES = IntervalRules(tolerance_litres=2, top_share=Fraction(9, 10), bottom_share=Fraction(1, 10))
FIRST = date(2025, 1, 30)
START = start_of(FIRST)
HOUR, DAY = 3600, 86400
SPAN = (date(2024, 1, 1), date(2026, 12, 31))


@dataclass(frozen=True)
class World:
    """Meters with their events, and batches of (meter, read_at, register, recorded_at)."""

    meters: dict[int, Meter]
    batches: dict[str, list[tuple[int, int, int | None, int]]]

    def versions(self, meter: int) -> list[Version]:
        """Return all versions of a meter."""
        return [
            Version(
                meter=str(meter), read_at=at, register=register, recorded_at=recorded, batch=batch, row=row
            )
            for batch, rows in self.batches.items()
            for row, (id_, at, register, recorded) in enumerate(rows)
            if id_ == meter
        ]


def store_at(folder: Path) -> Store:
    """Return a store under the rules of these tests."""
    return open_store(folder, rules=RULES)


def batch_table(rows: Iterable[tuple[int, int, int | None, int]]) -> pa.Table:
    """Return rows as a batch of evidence."""
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    names = ("meter", "read_at", "register", "recorded_at")
    return pa.table({name: pa.array(column, pa.int64()) for name, column in zip(names, columns, strict=True)})


def meter_table(meters: dict[int, Meter]) -> pa.Table:
    """Return registers and grids of meters as the store takes them."""
    rows = [
        {
            "meter": id_,
            "grid_seconds": meter.grid_seconds or 0,
            "modulus": meter.register.modulus_litres or 0,
            "multiplier": meter.register.multiplier,
            "greatest_flow": -1 if (flow := meter.register.greatest_flow_l_h) is None else flow,
        }
        for id_, meter in meters.items()
    ]
    return pa.Table.from_pylist(rows, schema=METER_SCHEMA)


def event_table(meters: dict[int, Meter]) -> pa.Table:
    """Return the events of meters as the store takes them."""
    rows = []
    for id_, meter in meters.items():
        for event in meter.events:
            row: dict[str, Any] = {"meter": id_, "at": event.at, "sequence": event.sequence}
            row |= {"kind": event.kind.value, "final": event.final, "start": event.start}
            if event.register is not None:
                row["modulus"] = event.register.modulus_litres or 0
                row["multiplier"] = event.register.multiplier
                row["greatest_flow"] = event.register.greatest_flow_l_h
            rows.append(row)
    return pa.Table.from_pylist(rows, schema=EVENT_SCHEMA)


def random_world(seed: int, *, meters: int = 6, days: int = 5, batches: int = 5) -> World:
    """Return a world by its seed: all grids, gaps, falls, rollovers, swaps, resends, corrections."""
    rng = np.random.default_rng(seed)
    known = {int(id_): _meter(int(id_), rng, days) for id_ in rng.permutation(40)[:meters] * 7 + 3}
    rows = [row for id_, meter in known.items() for row in _rows(id_, meter, rng, days)]
    rng.shuffle(rows)
    parts: dict[str, list[tuple[int, int, int | None, int]]] = {f"b{n}": [] for n in range(batches)}
    for row in rows:
        parts[f"b{rng.integers(batches)}"].append(row)
    for part in parts.values():
        if rng.random() < 0.5:
            part.sort(key=lambda row: row[3])
    return World(known, {name: rows for name, rows in parts.items() if rows})


def _meter(id_: int, rng: np.random.Generator, days: int) -> Meter:
    modulus = int(rng.choice([0, 1000, 100000]))
    register = Register(
        modulus_litres=modulus or None,
        multiplier=int(rng.choice([1, 1, 10])),
        greatest_flow_l_h=None if rng.random() < 0.5 else 4000,
    )
    events = []
    for number in range(int(rng.choice([0, 0, 1, 2]))):
        at = START + int(rng.integers(0, days * 24)) * HOUR + int(rng.choice([0, 0, 60]))
        events.append(
            MeterEvent(
                at=at,
                kind=EventKind(rng.choice(["swap", "reset", "install", "remove", "seal"])),
                final=None if rng.random() < 0.3 else int(rng.integers(0, 900)),
                start=None if rng.random() < 0.2 else int(rng.integers(0, 30)),
                register=Register(multiplier=2) if rng.random() < 0.3 else None,
                sequence=number,
            )
        )
    grid = rng.choice(np.array([3600, 3600, 900, 86400, 0]))
    return Meter(id=str(id_), register=register, events=tuple(events), grid_seconds=int(grid) or None)


def _rows(
    id_: int, meter: Meter, rng: np.random.Generator, days: int
) -> list[tuple[int, int, int | None, int]]:
    step = meter.grid_seconds or 20_000
    rows: list[tuple[int, int, int | None, int]] = []
    register = int(rng.integers(0, 900))
    modulus = meter.register.modulus_litres or 10**9
    for planned in range(START, START + days * DAY + 1, step):
        is_off_grid = meter.grid_seconds is None or rng.random() < 0.03
        at = planned + (int(rng.integers(1, 3000)) if is_off_grid else 0)
        register = (register + int(rng.integers(0, 90))) % modulus
        if rng.random() < 0.04:
            register = max(register - int(rng.integers(1, 400)), 0)
        if rng.random() < 0.1:
            continue
        recorded = at + int(rng.integers(0, 4)) * HOUR
        rows.append((id_, at, register, recorded))
        while rng.random() < 0.15:
            other = register if rng.random() < 0.4 else int(rng.integers(0, 900))
            late = recorded + int(rng.integers(-1, 4)) * DAY // 2
            rows.append((id_, at, None if rng.random() < 0.2 else other, late))
    return rows


def expected(world: World) -> dict[str, dict[Any, Any]]:
    """Return days, months, nights and readings by the plain functions of the core."""
    found: dict[str, dict[Any, Any]] = {"days": {}, "months": {}, "nights": {}, "readings": {}}
    for id_, meter in world.meters.items():
        readings = effective_readings(world.versions(id_))
        found["readings"][id_] = [(each.read_at, each.register) for each in readings]
        found["nights"] |= _nights(id_, meter, readings)
        for room, period in (("days", lambda day: day), ("months", lambda day: day.replace(day=1))):
            parts: dict[date, list[Reading]] = defaultdict(list)
            for reading in readings:
                parts[period(day_of(reading.read_at))].append(reading)
            before = EMPTY
            for key in sorted(parts):
                block = block_of(meter, parts[key], RULES)
                found[room][id_, key] = _figures(meter, before, block)
                before = join(meter, before, block, rules=RULES)
    return found


def _figures(meter: Meter, before: Block, block: Block) -> tuple[Any, ...]:
    whole = join(meter, before, block, rules=RULES)
    assert block.first is not None and block.last is not None
    lead = 0 if before.last is None else block.first.read_at - before.last.read_at
    return (
        block.n,
        block.first.read_at,
        block.first.register,
        block.last.read_at,
        block.last.register,
        as_read_litres(meter, before, block, rules=RULES),
        whole.unknown - before.unknown,
        whole.unknown_seconds - before.unknown_seconds,
        whole.spliced - before.spliced,
        whole.rolled - before.rolled,
        max(block.longest_gap_seconds, lead),
    )


def _nights(id_: int, meter: Meter, readings: tuple[Reading, ...]) -> dict[Any, int]:
    by_instant = {each.read_at: each for each in readings}
    nights = {}
    for reading in readings:
        day = day_of(reading.read_at)
        four = by_instant.get(start_of(day) + 4 * HOUR)
        if reading.read_at == start_of(day) + 2 * HOUR and four is not None:
            litres = interval_between(meter, reading, four, rules=RULES).volume_litres
            if litres is not None:
                nights[id_, day] = litres
    return nights


def found_in(reader: Reader, meters: Iterable[int]) -> dict[str, dict[Any, Any]]:
    """Return days, months, nights and readings as a store says."""
    first, last = SPAN
    found: dict[str, dict[Any, Any]] = {
        "days": _by_period(reader.days(None, first, last), "day"),
        "months": _by_period(reader.months(None, first, last), "month"),
    }
    nights = reader.nights(None, first, last).to_pylist()
    found["nights"] = {(row["meter"], row["night"]): row["litres"] for row in nights}
    assert len(nights) == len(found["nights"])
    found["readings"] = {}
    for id_ in meters:
        rows = reader.readings(id_, start_of(first), start_of(last + timedelta(days=1)))
        found["readings"][id_] = list(
            zip(rows["read_at"].to_pylist(), rows["register"].to_pylist(), strict=True)
        )
    return found


def _by_period(table: pa.Table, name: str) -> dict[Any, Any]:
    figures = [each for each in table.column_names if each not in ("meter", name)]
    keys = zip(table["meter"].to_pylist(), table[name].to_pylist(), strict=True)
    rows = zip(*(table[each].to_pylist() for each in figures), strict=True)
    found = dict(zip(keys, rows, strict=True))
    assert len(found) == table.num_rows
    return found
