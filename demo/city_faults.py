"""What goes wrong in the fictitious city, planted so that tests know what must be found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from demo.city_ledger import FIRST_BRANCH, FIRST_SINGLE, FIRST_TREE, HOURLY, ZONES, Meters

DAY, WEEK = 24, 168
WORK_BEGINS, WORK_ENDS = 8, 18


class Fault(StrEnum):
    """Kinds of planted faults."""

    LEAK = "leak"  # water that is used and measured
    BURST = "burst"  # water that only the inlet measures; `meter` is the inlet
    SWAP = "swap"
    SWAP_UNKNOWN_FINAL = "swap_unknown_final"
    ROLLOVER = "rollover"
    STUCK = "stuck"
    REVERSE = "reverse"  # flows back in some nights
    TURNED_BACK = "turned_back"  # a cheat: the register is lower the next hour
    MAGNET = "magnet"  # a cheat: the meter counts a tenth in working hours
    BYPASS = "bypass"  # a cheat: the meter counts two fifths
    PULSE_JUMP = "pulse_jump"  # counts tenfold since a swap
    UNIT_JUMP = "unit_jump"  # is sent in m³ where litres are meant
    GAP = "gap"
    SILENT = "silent"  # no reading to the end
    OFF_GRID = "off_grid"  # its clock is seven minutes fast
    CLOCK_AHEAD = "clock_ahead"  # some readings bear an instant one day ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedFault:
    """One fault.

    Args:
        kind: What it is.
        meter: Row of the meter.
        from_hour: First hour that it touches, counted from the begin of the data.
        to_hour: First hour that it touches no more.
        litres: An amount of its kind: litres an hour of a leak, litres turned back, start of a new register.
    """

    kind: Fault
    meter: int
    from_hour: int
    to_hour: int
    litres: int = 0


# Kind: how many, shortest and longest hours, least and greatest litres.
FORMS = {
    Fault.LEAK: (60, 3 * WEEK, 12 * WEEK, 80, 900),
    Fault.BURST: (12, 2 * DAY, 3 * WEEK, 8_000, 30_000),
    Fault.SWAP: (70, 1, 1, 0, 2_000),
    Fault.SWAP_UNKNOWN_FINAL: (10, 1, 1, 0, 2_000),
    Fault.ROLLOVER: (25, 0, 0, 0, 0),
    Fault.STUCK: (30, 3 * WEEK, 10 * WEEK, 0, 0),
    Fault.REVERSE: (8, WEEK, 2 * WEEK, 20, 60),
    Fault.TURNED_BACK: (8, 1, 1, 0, 0),
    Fault.MAGNET: (10, 6 * WEEK, 30 * WEEK, 0, 0),
    Fault.BYPASS: (6, 8 * WEEK, 30 * WEEK, 0, 0),
    Fault.PULSE_JUMP: (6, 3 * WEEK, 8 * WEEK, 0, 2_000),
    Fault.UNIT_JUMP: (6, 2 * DAY, WEEK, 0, 0),
    Fault.GAP: (120, 6, 3 * WEEK, 0, 0),
    Fault.SILENT: (20, 0, 0, 0, 0),
    Fault.OFF_GRID: (6, 0, 0, 0, 0),
    Fault.CLOCK_AHEAD: (5, 1, 6, 0, 0),
}
ON_HOURLY = {Fault.REVERSE, Fault.TURNED_BACK, Fault.MAGNET, Fault.BYPASS, Fault.OFF_GRID, Fault.CLOCK_AHEAD}
ON_TELEMETRY = ON_HOURLY | {Fault.GAP, Fault.STUCK, Fault.UNIT_JUMP, Fault.PULSE_JUMP, Fault.SILENT}
TO_THE_END = {Fault.SILENT, Fault.OFF_GRID, Fault.ROLLOVER}


def plant(meters: Meters, *, hours: int, rng: np.random.Generator) -> tuple[PlantedFault, ...]:
    """Return the faults of the whole time; no meter has two, so that each can be told."""
    free = rng.permutation(np.arange(ZONES, len(meters.use)))
    faults: list[PlantedFault] = []
    for kind, (count, shortest, longest, least, greatest) in sorted(
        FORMS.items(), key=lambda each: _rank(each[0])
    ):
        chosen = _chosen(kind, count, free, meters, rng)
        free = free[~np.isin(free, chosen)]
        for meter in chosen:
            length = hours if kind in TO_THE_END else int(rng.integers(shortest, longest + 1))
            begin = (
                0
                if kind in (Fault.OFF_GRID, Fault.ROLLOVER)
                else int(rng.integers(5 * WEEK, hours - 14 * WEEK))
            )
            litres = int(rng.integers(least, greatest + 1))
            if kind is Fault.TURNED_BACK:
                litres = int(meters.mean_l_h[meter] * 300)
            faults.append(
                PlantedFault(
                    kind=kind,
                    meter=int(meter),
                    from_hour=begin,
                    to_hour=min(begin + length, hours),
                    litres=litres,
                )
            )
    return tuple(faults)


def _rank(kind: Fault) -> int:
    """Return the order of choosing: what few meters can have goes first."""
    return 0 if kind in ON_HOURLY else 1 if kind in ON_TELEMETRY else 2


def _chosen(
    kind: Fault, count: int, free: np.ndarray, meters: Meters, rng: np.random.Generator
) -> np.ndarray:
    if kind is Fault.BURST:
        return rng.choice(ZONES, count, replace=False)
    if kind in (Fault.MAGNET, Fault.BYPASS, Fault.TURNED_BACK):  # by a user, at the main meter that is billed
        fits = free[(free >= FIRST_TREE) & (free < FIRST_BRANCH)]
    elif kind in ON_HOURLY:
        fits = free[free < HOURLY]
    else:
        fits = free if kind is not Fault.LEAK else free[free >= FIRST_SINGLE]
        shares = (2, 2) if kind in ON_TELEMETRY else (4, 4, 2)
        parts = [
            fits[meters.cadence[fits] == cadence][: count // part] for cadence, part in enumerate(shares)
        ]
        rest = fits[meters.cadence[fits] < len(shares)]
        chosen = np.concatenate(parts)
        return np.concatenate([chosen, rest[~np.isin(rest, chosen)][: count - len(chosen)]])
    return fits[:count]


def start_near_rollover(meters: Meters, faults: tuple[PlantedFault, ...], *, hours: int) -> np.ndarray:
    """Return what registers show at the begin; those that shall roll over stand near their end."""
    start = meters.start_litres.copy()
    for fault in faults:
        if fault.kind is Fault.ROLLOVER:
            at = fault.meter
            to_come = meters.mean_l_h[at] * hours * (0.3 if meters.level[at] in (1, 3) else 0.5)
            start[at] = meters.modulus_litres[at] - int(min(to_come, meters.modulus_litres[at] // 2))
    return start


def of_hours(
    faults: tuple[PlantedFault, ...], *kinds: Fault, first: int, count: int
) -> Iterator[tuple[PlantedFault, slice]]:
    """Yield the faults of some kinds that touch a run of hours, with the rows that they touch."""
    for fault in faults:
        begin, end = max(fault.from_hour - first, 0), min(fault.to_hour - first, count)
        if fault.kind in kinds and begin < end:
            yield fault, slice(begin, end)


def use_more(litres: np.ndarray, faults: tuple[PlantedFault, ...], *, first: int) -> None:
    """Add what leaks behind meters take to the litres of a run of hours."""
    for fault, rows in of_hours(faults, Fault.LEAK, first=first, count=len(litres)):
        litres[rows, fault.meter] += fault.litres


def count_wrongly(
    litres: np.ndarray, faults: tuple[PlantedFault, ...], *, first: int, is_free: np.ndarray
) -> None:
    """Change the litres of a run of hours to what the meters count.

    Args:
        litres: Litres that passed, one row for each hour; changed in place.
        faults: All faults.
        first: First hour of the run, at a day's begin.
        is_free: Whether each day of the run is free.
    """
    hour = np.arange(len(litres)) % DAY
    is_worked = (hour >= WORK_BEGINS) & (hour < WORK_ENDS) & ~np.repeat(is_free, DAY)
    is_night = (hour >= 1) & (hour < 4)
    for fault, rows in of_hours(faults, *COUNTED, first=first, count=len(litres)):
        counted = litres[rows, fault.meter]
        if fault.kind is Fault.STUCK:
            counted[:] = 0
        elif fault.kind is Fault.MAGNET:
            counted[is_worked[rows]] //= 10
        elif fault.kind is Fault.BYPASS:
            counted[:] = counted * 2 // 5
        elif fault.kind is Fault.PULSE_JUMP:
            counted[1:] *= 10
        elif fault.kind is Fault.REVERSE:
            counted[is_night[rows]] = -fault.litres
        else:
            counted[0] = -fault.litres


COUNTED = (Fault.STUCK, Fault.MAGNET, Fault.BYPASS, Fault.PULSE_JUMP, Fault.REVERSE, Fault.TURNED_BACK)
