"""Readings of the fictitious city 示例市, from a seed: what its meters sent and what was really used.

Everything is invented (合成数据, synthetic): 7 districts, 2,000 users, 5,000 meters, of which 500 are
read hourly, 1,500 daily and 3,000 at irregular days of a month. `readings_of` yields, month by month,
what arrived in the order of arrival, the events that were noted, and beside it the truth: the litres
that passed each meter on each day, and in `City.faults` what was planted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

import numpy as np
import pyarrow as pa

from demo.city_faults import (
    Fault,
    PlantedFault,
    count_wrongly,
    of_hours,
    plant,
    start_near_rollover,
    use_more,
)
from demo.city_ledger import CITY, METER_COUNT, ZONES, Cadence, Meters, User, invented_meters, invented_users
from demo.city_use import HOURS, Levels, add_sums, hourly_litres, levels_of
from shuiheng.kernel.workday import WorkdayCalendar

HOUR, DAY = 3_600, 86_400
CHINA = timezone(timedelta(hours=8))
SCHEMA = pa.schema(
    [
        ("meter", pa.int32()),
        ("read_at", pa.timestamp("s", tz="UTC")),
        ("register_litres", pa.int64()),
        ("recorded_at", pa.timestamp("s", tz="UTC")),
    ],
    metadata={"synthetic": "true", "city": CITY},
)
LATE, REPEATED, CORRECTED = 0.003, 0.004, 0.002
MORNING_SHARE = 10  # every tenth daily meter is read at 08:00 and not at 24:00
OFF_GRID_SECONDS = 420
VISIT_SKIPPED = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """The city before its first reading.

    Args:
        seed: From which everything follows.
        first_on: First day.
        month_count: How many months.
        users: The users.
        meters: The meters; `start_litres` is what they show when the data begin.
        faults: What was planted.
        levels: What moves the use from day to day.
    """

    seed: int
    first_on: date
    month_count: int
    users: tuple[User, ...]
    meters: Meters
    faults: tuple[PlantedFault, ...]
    start_litres: np.ndarray
    levels: Levels

    @property
    def days(self) -> list[date]:
        """All days."""
        return _days(self.first_on, self.month_count)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedEvent:
    """A swap that somebody wrote down.

    Args:
        meter: Row of the meter.
        at: UTC seconds, never at a full hour.
        final_litres: Last litres of the old register, None when nobody wrote them down.
        start_litres: First litres of the new one.
    """

    meter: int
    at: int
    final_litres: int | None
    start_litres: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfReadings:
    """What arrived in one month, and what was used in it.

    Args:
        name: Name of the batch, for example `demo-2025-05`.
        readings: In the order of arrival; columns as in SCHEMA.
        events: Swaps of the month.
        first_on: First day of the month.
        used_litres: Litres that passed each meter, one row for each day, one column for each meter;
            no rows for what arrives after the last month.
    """

    name: str
    readings: pa.Table
    events: tuple[NotedEvent, ...]
    first_on: date
    used_litres: np.ndarray


def invented_city(
    *,
    calendar: WorkdayCalendar,
    seed: int = 20_250_501,
    first_on: date = date(2025, 5, 1),
    month_count: int = 18,
) -> City:
    """Return the city.

    Args:
        calendar: Which days are worked.
        seed: The same seed gives the same city and the same readings.
        first_on: First day of a month.
        month_count: How many months of readings there shall be, at least 8 so that faults have room.
    """
    rng = np.random.default_rng(seed)
    users = invented_users(rng)
    meters = invented_meters(users, rng)
    days = _days(first_on, month_count)
    faults = plant(meters, hours=len(days) * HOURS, rng=rng)
    return City(
        seed=seed,
        first_on=first_on,
        month_count=month_count,
        users=users,
        meters=meters,
        faults=faults,
        start_litres=start_near_rollover(meters, faults, hours=len(days) * HOURS),
        levels=levels_of(meters, days=days, calendar=calendar, rng=rng),
    )


def _days(first_on: date, month_count: int) -> list[date]:
    end = _month_after(first_on, month_count)
    return [first_on + timedelta(days=day) for day in range((end - first_on).days)]


def _month_after(first_on: date, count: int) -> date:
    months = first_on.year * 12 + first_on.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def _utc(day: date) -> int:
    """Return the UTC seconds at which a local day begins."""
    return int(datetime(day.year, day.month, day.day, tzinfo=CHINA).timestamp())


Rows = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # meter, read_at, register, recorded_at


def readings_of(city: City) -> Iterator[MonthOfReadings]:
    """Yield what arrived in each month, and at the end what arrives after the last one."""
    rng = np.random.default_rng((city.seed, 1))
    shown = city.start_litres.copy()
    waiting = [_first_readings(city)]
    for month in range(city.month_count):
        first_on, next_on = _month_after(city.first_on, month), _month_after(city.first_on, month + 1)
        first_day = (first_on - city.first_on).days
        used, counted = _month_of_litres(city, first_day, (next_on - first_on).days, rng)
        registers, events = _registers(city, counted, shown, first_hour=first_day * HOURS)
        waiting += _sent(city, registers, counted, first_day=first_day, rng=rng)
        arrived, waiting = _arrived(waiting, _utc(next_on))
        yield MonthOfReadings(
            name=f"demo-{first_on:%Y-%m}",
            readings=_table(arrived),
            events=tuple(events),
            first_on=first_on,
            used_litres=used.reshape(-1, HOURS, METER_COUNT).sum(axis=1),
        )
        shown = registers[-1].copy()
    arrived, _ = _arrived(waiting, None)
    yield MonthOfReadings(
        name=f"demo-{next_on:%Y-%m}",
        readings=_table(arrived),
        events=(),
        first_on=next_on,
        used_litres=np.empty((0, METER_COUNT), dtype=np.int64),
    )


def daily_litres(city: City) -> Iterator[tuple[date, np.ndarray, np.ndarray]]:
    """Yield of each month its first day, the litres that passed on each day, and those that meters counted.

    It is the same city as that of `readings_of` without the work of making its readings.
    """
    rng = np.random.default_rng((city.seed, 1))
    for month in range(city.month_count):
        first_on, next_on = _month_after(city.first_on, month), _month_after(city.first_on, month + 1)
        first_day = (first_on - city.first_on).days
        litres = _month_of_litres(city, first_day, (next_on - first_on).days, rng)
        used, counted = (each.reshape(-1, HOURS, METER_COUNT).sum(axis=1) for each in litres)
        yield first_on, used, counted


def _month_of_litres(
    city: City, first_day: int, day_count: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return the litres that passed in each hour, and those that the meters counted."""
    first = first_day * HOURS
    used = hourly_litres(city.meters, city.levels, first_day=first_day, day_count=day_count, rng=rng)
    use_more(used, city.faults, first=first)
    loss = np.tile(city.levels.zone_loss_l_h, (len(used), 1))
    for fault, rows in of_hours(city.faults, Fault.BURST, first=first, count=len(used)):
        loss[rows, fault.meter] += fault.litres
    add_sums(used, city.meters, loss)
    counted = used.copy()
    is_free = city.levels.is_free[first_day : first_day + day_count]
    count_wrongly(counted, city.faults, first=first, is_free=is_free)
    return used, counted


def _registers(
    city: City, counted: np.ndarray, before: np.ndarray, *, first_hour: int
) -> tuple[np.ndarray, list[NotedEvent]]:
    """Return the registers at each hour's end, unbounded, and the swaps.

    A swap lies a third into its hour: what passed before is of the old register.
    """
    registers = np.cumsum(counted, axis=0)
    registers += before
    events = []
    swaps = (Fault.SWAP, Fault.SWAP_UNKNOWN_FINAL, Fault.PULSE_JUMP)
    for fault in city.faults:
        row = fault.from_hour - first_hour
        if fault.kind not in swaps or not 0 <= row < len(counted):
            continue
        meter, passed = fault.meter, counted[row, fault.meter]
        final = registers[row, meter] - passed + passed // 3
        registers[row:, meter] += fault.litres + passed - passed // 3 - registers[row, meter]
        is_known = fault.kind is not Fault.SWAP_UNKNOWN_FINAL
        events.append(
            NotedEvent(
                meter=meter,
                at=_utc(city.first_on) + fault.from_hour * HOUR + HOUR // 3,
                final_litres=int(_as_shown(final, city.meters, meter)) if is_known else None,
                start_litres=int(_as_shown(np.int64(fault.litres), city.meters, meter)),
            )
        )
    return registers, sorted(events, key=lambda each: each.at)


def _as_shown(litres: np.ndarray | np.int64, meters: Meters, which: np.ndarray | int | slice) -> np.ndarray:
    """Return what the dials show: whole steps, from zero again behind the last digit."""
    step = meters.step_litres[which]
    return np.asarray(litres // step * step % meters.modulus_litres[which])


def _first_readings(city: City) -> Rows:
    """Return the readings at which the data begin, of all meters that send by themselves."""
    meters = np.flatnonzero(city.meters.cadence != Cadence.IRREGULAR)
    at = np.full(len(meters), _utc(city.first_on))
    shown = _as_shown(city.start_litres[meters], city.meters, meters)
    return meters, at, shown, at + 60


def _sent(
    city: City, registers: np.ndarray, counted: np.ndarray, *, first_day: int, rng: np.random.Generator
) -> list[Rows]:
    """Return what was sent of one month, with the instants at which it arrives."""
    first_hour = first_day * HOURS
    begin = _utc(city.first_on) + first_hour * HOUR
    cadence = city.meters.cadence
    hourly = np.flatnonzero(cadence == Cadence.HOURLY)
    daily = np.flatnonzero(cadence == Cadence.DAILY)
    hours = np.arange(len(registers))
    midnight, morning = hours[HOURS - 1 :: HOURS], hours[7::HOURS]
    rows = [
        _grid(city, registers, hours, hourly),
        _grid(city, registers, midnight, daily[daily % MORNING_SHARE != 0]),
        _grid(city, registers, morning, daily[daily % MORNING_SHARE == 0]),
    ]
    meter, hour, shown = (np.concatenate(part) for part in zip(*rows, strict=True))
    is_kept, is_in_m3 = _swallowed(city, meter, hour, first_hour=first_hour, count=len(registers))
    shown = np.where(is_in_m3, shown // 1_000, shown)
    meter, hour, shown = meter[is_kept], hour[is_kept], shown[is_kept]
    read_at = _read_instants(city, meter, hour, first_hour, begin)
    recorded = begin + (hour + 1) * HOUR + rng.integers(30, 900, len(meter))
    return [*_mishaps(meter, read_at, shown, recorded, rng), _visits(city, registers, counted, begin, rng)]


def _grid(
    city: City, registers: np.ndarray, hours: np.ndarray, meters: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return meter, hour and register of all meters at some hours, hour by hour."""
    shown = _as_shown(registers[np.ix_(hours, meters)], city.meters, meters)
    return np.tile(meters, len(hours)), np.repeat(hours, len(meters)), shown.ravel()


def _swallowed(
    city: City, meter: np.ndarray, hour: np.ndarray, *, first_hour: int, count: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return which readings no gap and no silence swallows, and which are sent in m³."""
    begin = np.full((3, METER_COUNT), count)
    end = np.zeros((3, METER_COUNT), dtype=np.int64)
    for row, kind in enumerate((Fault.GAP, Fault.SILENT, Fault.UNIT_JUMP)):
        for fault, rows in of_hours(city.faults, kind, first=first_hour, count=count):
            begin[row, fault.meter], end[row, fault.meter] = rows.start, rows.stop
    is_in = (hour >= begin[:, meter]) & (hour < end[:, meter])
    return ~(is_in[0] | is_in[1]), is_in[2]


def _read_instants(
    city: City, meter: np.ndarray, hour: np.ndarray, first_hour: int, begin: int
) -> np.ndarray:
    """Return the instants that the senders say: most at the hour's end, some past it, some a day ahead."""
    late = np.zeros(METER_COUNT, dtype=np.int64)
    for fault in city.faults:
        if fault.kind is Fault.OFF_GRID:
            late[fault.meter] = OFF_GRID_SECONDS
    read_at = begin + (hour + 1) * HOUR + late[meter]
    for fault in city.faults:
        if fault.kind is Fault.CLOCK_AHEAD:
            is_ahead = (hour + first_hour >= fault.from_hour) & (hour + first_hour < fault.to_hour)
            read_at[is_ahead & (meter == fault.meter)] += DAY
    return read_at


def _mishaps(
    meter: np.ndarray, read_at: np.ndarray, shown: np.ndarray, recorded: np.ndarray, rng: np.random.Generator
) -> list[Rows]:
    """Return what was sent with some of it late, some twice, and some wrong first and mended later."""
    luck = rng.random(len(meter))
    recorded = recorded + np.where(luck < LATE, rng.integers(DAY, 20 * DAY, len(meter)), 0)
    is_twice = (luck >= LATE) & (luck < LATE + REPEATED)
    is_mended = (luck >= LATE + REPEATED) & (luck < LATE + REPEATED + CORRECTED)
    first = shown.copy()
    first[is_mended] = np.maximum(first[is_mended] - rng.integers(1, 200, int(is_mended.sum())), 0)
    rows: list[Rows] = [(meter, read_at, first, recorded)]
    for again in (is_twice, is_mended):
        later = recorded[again] + rng.integers(600, 3 * DAY, int(again.sum()))
        rows.append((meter[again], read_at[again], shown[again], later))
    return rows


def _visits(
    city: City, registers: np.ndarray, counted: np.ndarray, begin: int, rng: np.random.Generator
) -> Rows:
    """Return the readings of people who come by: some day of the month, some minute of the working day."""
    meters = np.flatnonzero(city.meters.cadence == Cadence.IRREGULAR)
    meters = meters[rng.random(len(meters)) >= VISIT_SKIPPED]
    days = len(registers) // HOURS
    usual = (meters * 7) % 22 + 3
    day = np.clip(usual + rng.integers(-4, 5, len(meters)), 0, days - 1)
    hour = day * HOURS + rng.integers(9, 17, len(meters))
    minute = rng.integers(0, 60, len(meters))
    passed = registers[hour, meters] - counted[hour, meters] + counted[hour, meters] * minute // 60
    swapped = np.isin(meters, [fault.meter for fault in city.faults if "swap" in fault.kind])
    passed = np.where(swapped, registers[hour, meters], passed)  # never between a swap and its hour's end
    read_at = begin + hour * HOUR + np.where(swapped, HOUR, minute * 60)
    handed_in = begin + (days + 4) * DAY + 10 * HOUR + np.arange(len(meters)) // 50
    return meters, read_at, _as_shown(passed, city.meters, meters), handed_in


def _arrived(waiting: list[Rows], until: int | None) -> tuple[Rows, list[Rows]]:
    """Return what arrived by an instant in the order of arrival, and what is still under way."""
    meter, read_at, shown, recorded = (np.concatenate(part) for part in zip(*waiting, strict=True))
    is_here = np.ones(len(meter), dtype=bool) if until is None else recorded < until
    left: Rows = (meter[~is_here], read_at[~is_here], shown[~is_here], recorded[~is_here])
    here = np.flatnonzero(is_here)
    order = here[np.lexsort((meter[here], recorded[here]))]
    return (meter[order], read_at[order], shown[order], recorded[order]), [left]


def _table(rows: Rows) -> pa.Table:
    meter, read_at, shown, recorded = rows
    columns = [pa.array(meter.astype(np.int32)), pa.array(read_at), pa.array(shown), pa.array(recorded)]
    return pa.table([column.cast(field.type) for column, field in zip(columns, SCHEMA, strict=True)], SCHEMA)


def meters_table(city: City) -> pa.Table:
    """Return the meters as a table, marked as synthetic."""
    meters = city.meters
    columns = {
        "meter": np.arange(METER_COUNT, dtype=np.int32),
        "number": list(meters.number),
        "user": meters.user,
        "zone": meters.zone,
        "is_inlet": np.arange(METER_COUNT) < ZONES,
        "level": meters.level,
        "parent": meters.parent,
        "cadence": [Cadence(each).name.lower() for each in meters.cadence],
        "digits": meters.digits,
        "step_litres": meters.step_litres,
        "nominal_mm": meters.nominal_mm,
        "permanent_flow_l_h": meters.permanent_flow_l_h,
    }
    return pa.table(columns).replace_schema_metadata({"synthetic": "true", "city": CITY})
