"""How much water the fictitious city uses, hour by hour and meter by meter, before anything is measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from demo.city_ledger import (
    BRANCHES,
    FIRST_BRANCH,
    FIRST_LEAF,
    FIRST_SINGLE,
    FIRST_TREE,
    LEAVES,
    METER_COUNT,
    TREES,
    ZONES,
    Meters,
    Use,
)
from shuiheng.kernel.workday import WorkdayCalendar

HOURS = 24
LONG_HOLIDAY_DAYS = 5
# How use runs through a day, hour by hour.
CURVES = {
    "flat": [1.0] * 24,
    "two_shifts": [0.2] * 6 + [1.4] * 16 + [0.3] * 2,
    "day": [0.1] * 7 + [0.8, 1.8, 2.2, 2.2, 2.0, 1.4, 1.8, 2.1, 2.1, 1.9, 1.2, 0.5] + [0.2] * 5,
    "people": [
        *[0.35, 0.25, 0.2, 0.18, 0.2, 0.4, 1.1, 1.7, 1.5, 1.2, 1.1, 1.3],
        *[1.4, 1.1, 1.0, 1.0, 1.2, 1.5, 1.9, 2.0, 1.7, 1.4, 0.9, 0.5],
    ],
    "evening": [
        *[0.3, 0.2, 0.1, 0.1, 0.1, 0.2, 0.5, 0.7, 0.8, 0.9, 1.0, 1.2],
        *[1.2, 1.1, 1.1, 1.2, 1.3, 1.6, 2.0, 2.2, 2.3, 2.0, 1.4, 0.7],
    ],
    "morning": [0.05] * 4 + [1.5, 4.0, 5.0, 4.0, 2.0] + [0.2] * 8 + [1.5, 2.0, 1.0] + [0.1] * 4,
}
# Of each use: its curve, its level on a free day, in a long holiday, and how much more it uses in summer.
PATTERNS = {
    Use.INDUSTRY_3_SHIFTS: ("flat", 0.97, 0.75, 0.1),
    Use.INDUSTRY_2_SHIFTS: ("two_shifts", 0.75, 0.25, 0.1),
    Use.INDUSTRY_1_SHIFT: ("day", 0.2, 0.06, 0.1),
    Use.SCHOOL: ("day", 0.3, 0.08, 0.0),
    Use.HOSPITAL: ("people", 0.85, 0.7, 0.15),
    Use.HOTEL: ("evening", 1.2, 1.3, 0.2),
    Use.OFFICE: ("day", 0.12, 0.06, 0.3),
    Use.SHOP: ("evening", 1.25, 1.1, 0.2),
    Use.BATH: ("evening", 1.4, 1.2, -0.6),
    Use.ESTATE: ("people", 1.1, 0.95, 0.15),
    Use.SITE: ("day", 0.8, 0.05, 0.1),
    Use.GREEN: ("morning", 0.9, 0.8, 0.8),
}
VACATIONS = (7, 8, 2)  # months in which a school is nearly empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """What moves the use of meters from day to day.

    Args:
        first_on: First day.
        by_day: One row for each day, one column for each meter: free days, seasons, holidays, chance.
        curves: Kind of day (worked, free) by use by hour, each of mean 1.
        is_free: Whether each day is free.
        zone_loss_l_h: What each zone loses without a burst, litres per hour.
    """

    first_on: date
    by_day: np.ndarray
    curves: np.ndarray
    is_free: np.ndarray
    zone_loss_l_h: np.ndarray


def levels_of(
    meters: Meters, *, days: list[date], calendar: WorkdayCalendar, rng: np.random.Generator
) -> Levels:
    """Return the levels of all days."""
    is_free = np.array([not calendar.is_workday(day) for day in days])
    is_long = np.array([_is_long_holiday(day, calendar) for day in days])
    pattern = np.array([PATTERNS[use][1:] for use in Use])
    rows = meters.use  # an inlet has use -1: its column is not used
    day_level = np.where(
        is_long[:, None], pattern[rows, 1], np.where(is_free[:, None], pattern[rows, 0], 1.0)
    )
    angle = np.array([2 * np.pi * (day.timetuple().tm_yday - 205) / 365.25 for day in days])
    season = 1 + 0.5 * np.cos(angle)[:, None] * pattern[rows, 2]
    months = np.array([day.month for day in days])
    empty = np.isin(months, VACATIONS)[:, None] & (rows == Use.SCHOOL)
    weeks = len(days) // 7 + 1
    drift = np.cumsum(rng.normal(0, 0.02, (weeks, METER_COUNT)), axis=0)
    orders = np.where(
        rows <= Use.INDUSTRY_1_SHIFT, rng.normal(0, 0.15, (weeks, METER_COUNT)), 0
    )  # production
    weekly = np.repeat(np.exp(drift + orders), 7, axis=0)[: len(days)]
    by_day = day_level * season * np.where(empty, 0.25, 1.0) * weekly
    by_day *= np.exp(rng.normal(0, 0.07, (len(days), METER_COUNT)))
    return Levels(
        first_on=days[0],
        by_day=(by_day * meters.mean_l_h).astype(np.float32),
        curves=_curves(),
        is_free=is_free,
        zone_loss_l_h=rng.integers(3_000, 12_000, ZONES),
    )


def _is_long_holiday(day: date, calendar: WorkdayCalendar) -> bool:
    """Return whether a day lies in a run of at least five free days."""
    if calendar.is_workday(day):
        return False
    run = 1
    for step in (-1, 1):
        other = day + timedelta(days=step)
        while run < LONG_HOLIDAY_DAYS and not calendar.is_workday(other):
            run += 1
            other += timedelta(days=step)
    return run >= LONG_HOLIDAY_DAYS


def _curves() -> np.ndarray:
    worked = np.array([CURVES[PATTERNS[use][0]] for use in Use])
    free = np.array(
        [
            0.5 * row + 0.5 * row.mean() if PATTERNS[use][0] == "day" else np.roll(row, 1)
            for use, row in zip(Use, worked, strict=True)
        ]
    )
    both = np.stack([worked, free])
    return (both / both.mean(axis=2, keepdims=True)).astype(np.float32)


def hourly_litres(
    meters: Meters, levels: Levels, *, first_day: int, day_count: int, rng: np.random.Generator
) -> np.ndarray:
    """Return the litres of each hour and meter without leaks, the sums of trees and zones left out.

    One row for each hour from the first day's begin, one column for each meter.
    """
    days = slice(first_day, first_day + day_count)
    curve = levels.curves[levels.is_free[days].astype(int)][:, meters.use, :]  # day, meter, hour
    chance = rng.standard_normal((day_count, HOURS, METER_COUNT), dtype=np.float32)
    chance *= np.float32(0.2)
    chance += np.float32(1)
    np.maximum(chance, np.float32(0.05), out=chance)
    chance *= curve.transpose(0, 2, 1)
    chance *= levels.by_day[days][:, None, :]
    return np.rint(chance, out=chance).reshape(-1, METER_COUNT).astype(np.int64)


def add_sums(litres: np.ndarray, meters: Meters, zone_loss: np.ndarray) -> None:
    """Add to each meter of a tree what those below used, and to each inlet what its zone used and lost.

    Args:
        litres: Own use of each hour and meter; changed in place.
        meters: The meters.
        zone_loss: Litres of each hour and zone that no user took.
    """
    hours = len(litres)
    leaves = litres[:, FIRST_LEAF:FIRST_SINGLE].reshape(hours, TREES * BRANCHES, LEAVES)
    litres[:, FIRST_BRANCH:FIRST_LEAF] += leaves.sum(axis=2)
    branches = litres[:, FIRST_BRANCH:FIRST_LEAF].reshape(hours, TREES, BRANCHES)
    litres[:, FIRST_TREE:FIRST_BRANCH] += branches.sum(axis=2)
    billed = np.flatnonzero(meters.level == 1)
    order = billed[np.argsort(meters.zone[billed], kind="stable")]
    begins = np.searchsorted(meters.zone[order], np.arange(ZONES))
    litres[:, :ZONES] = np.add.reduceat(litres[:, order], begins, axis=1) + zone_loss
