"""Nine months of the fictitious city, made once for all tests."""

from __future__ import annotations

from functools import cache

import numpy as np
from demo.city_faults import Fault
from demo.city_ledger import Cadence
from demo.metering_city import City, MonthOfReadings, NotedEvent, invented_city, readings_of

from shuiheng.adapters.rulebook import load_workdays

MONTHS, HOUR, DAY = 9, 3_600, 86_400


@cache
def city() -> City:
    """Return the city."""
    return invented_city(calendar=load_workdays(), month_count=MONTHS)


@cache
def months() -> tuple[MonthOfReadings, ...]:
    """Return what arrived, month by month."""
    return tuple(readings_of(city()))


@cache
def truth() -> np.ndarray:
    """Return the litres used: one row for each day, one column for each meter."""
    return np.concatenate([month.used_litres for month in months()])


@cache
def columns() -> tuple[np.ndarray, ...]:
    """Return meter, read_at, register and recorded_at of all readings in the order of arrival."""
    names = ("meter", "read_at", "register_litres", "recorded_at")
    return tuple(
        np.concatenate([month.readings[name].to_numpy().astype(np.int64) for month in months()])
        for name in names
    )


@cache
def _by_meter() -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of all readings, meter by meter and by arrival, and where each meter begins."""
    meters = columns()[0]
    order = np.argsort(meters, kind="stable")
    return order, np.searchsorted(meters[order], np.arange(len(city().meters.number) + 1))


def rows_of(meter: int) -> np.ndarray:
    """Return the rows of a meter in the order of arrival."""
    order, bounds = _by_meter()
    return order[bounds[meter] : bounds[meter + 1]]


@cache
def begin() -> int:
    """Return the UTC seconds at which the data begin."""
    return int(columns()[1].min())


@cache
def events() -> dict[int, NotedEvent]:
    """Return the swap that was noted of each meter that had one."""
    return {event.meter: event for month in months() for event in month.events}


def effective(meter: int) -> tuple[np.ndarray, np.ndarray]:
    """Return instants and registers of a meter by what arrived last for each instant."""
    _, read_at, register, _ = columns()
    mine = rows_of(meter)
    last = dict(zip(read_at[mine].tolist(), register[mine].tolist(), strict=True))
    at = np.array(sorted(last))
    return at, np.array([last[each] for each in at.tolist()])


def planted(*kinds: Fault) -> list[int]:
    """Return the meters with a fault of some kinds."""
    return [fault.meter for fault in city().faults if fault.kind in kinds]


def sound(cadence: Cadence) -> np.ndarray:
    """Return the meters of a cadence that no fault of measuring touches."""
    harmless = (Fault.LEAK, Fault.BURST, Fault.GAP)
    touched = [fault.meter for fault in city().faults if fault.kind not in harmless]
    mine = np.flatnonzero(city().meters.cadence == cadence)
    return mine[~np.isin(mine, touched)]
