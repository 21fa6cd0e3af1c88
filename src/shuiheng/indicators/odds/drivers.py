"""Weather and output beside a series of use: made comparable, and drawn for the periods to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from shuiheng.indicators.odds.series import Flags, Floats, Places

MOST_GAPS = 0.2
LEAST_FUTURES = 3
"""With fewer pasts to draw from, what a driver may do is not known well enough to use it."""
PARTS_OF_YEAR = 24


class DriverKind(StrEnum):
    """What a driver is, and so how it moves use and how it goes on.

    `heat`: degree-days above a base, as they are. `wet`: rain, of which more moves less and less, by its
    root. `output`: what is produced, on logarithms. Heat and rain come again as in some past year; output
    goes on from the year before by the growth of some past year.
    """

    HEAT = "heat"
    WET = "wet"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverSeries:
    """A driver (影响因素) by the same periods as a series of use.

    Args:
        name: What it is, such as a fact.
        kind: How it moves use.
        year: Periods in a year: 12 for months, 365 for days.
        before: How many of its values lie before the first period of the use.
        values: Its values, the oldest first; None where nothing is known.
    """

    name: str
    kind: DriverKind
    year: int
    values: tuple[float | None, ...]
    before: int = 0

    def known_from(self, first: int, end: int) -> DriverSeries:
        """Return what was known at the end of a period, beside a series that begins at a later one."""
        return replace(self, values=self.values[: self.before + end], before=self.before + first)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DriverLine:
    """A driver on the scale on which it moves use, without gaps, up to the last period of the use or later.

    Args:
        name: What it is.
        kind: How it moves use.
        year: Periods in a year.
        before: How many of its values lie before the first period of the use.
        line: The values.
    """

    name: str
    kind: DriverKind
    year: int
    before: int
    line: Floats

    def past(self, length: int) -> Floats:
        """Return its values of the periods of the use."""
        return self.line[self.before : self.before + length]


@dataclass(frozen=True, slots=True, eq=False)
class PastYears:
    """Which past years come again, by future: how many years back, and shifted by how many periods."""

    back: Places
    shift: Places


def driver_line(driver: DriverSeries, length: int) -> DriverLine | None:
    """Return a driver beside a use of so many periods; None where too much of it is not known.

    A gap is as the mean of the same place in other years; for output, on the line between its neighbours.
    """
    values = np.array([np.nan if each is None else each for each in driver.values], dtype=np.float64)
    end = driver.before + length
    values = np.concatenate([values, np.full(max(end - len(values), 0), np.nan)])
    beside = np.isfinite(values[max(driver.before, 0) : end])
    known = np.isfinite(values)
    if driver.before < 0 or beside.sum() < (1 - MOST_GAPS) * length or known.sum() < driver.year:
        return None
    if driver.kind is DriverKind.OUTPUT and values[known].min() <= 0:
        return None
    line = _without_gaps(_scaled(values, known, driver.kind), known, driver)
    return DriverLine(name=driver.name, kind=driver.kind, year=driver.year, before=driver.before, line=line)


def _scaled(values: Floats, known: Flags, kind: DriverKind) -> Floats:
    scaled, seen = values.copy(), values[known]
    if kind is DriverKind.WET:
        scaled[known] = np.sqrt(np.maximum(seen, 0.0))
    if kind is DriverKind.OUTPUT:
        scaled[known] = np.log(seen)
    return scaled


def _without_gaps(line: Floats, known: Flags, driver: DriverSeries) -> Floats:
    places = np.arange(len(line))
    filled = np.where(known, line, np.interp(places, places[known], line[known]))
    if driver.kind is DriverKind.OUTPUT:
        return _gone_on(np.asarray(filled, dtype=np.float64), int(places[known][-1]), driver.year)
    for place in places[~known]:
        same = line[place % driver.year :: driver.year]
        same = same[np.isfinite(same)]
        if len(same):
            filled[place] = same.mean()
    return np.asarray(filled, dtype=np.float64)


def _gone_on(line: Floats, last: int, year: int) -> Floats:
    """Return output of which the last periods are not known yet as a year before, grown as of late."""
    growth = float((line[year : last + 1] - line[: last + 1 - year])[-year:].mean()) if last >= year else 0.0
    for place in range(max(last + 1, year), len(line)):
        line[place] = line[place - year] + growth
    return line


def pasts_of(drivers: Sequence[DriverLine], length: int) -> PastYears | None:
    """Return all pasts that may come again after a use of so many periods; None where they are too few.

    With many periods in a year, each year comes again earlier and later too.
    """
    if not drivers:
        return None
    width = drivers[0].year // PARTS_OF_YEAR
    years = min(_years_back(each, length, width) for each in drivers)
    shifts = np.arange(-width, width + 1)
    if years * len(shifts) < LEAST_FUTURES:
        return None
    back, shift = np.meshgrid(np.arange(1, years + 1), shifts)
    return PastYears(back=back.ravel().astype(np.intp), shift=shift.ravel().astype(np.intp))


def _years_back(driver: DriverLine, length: int, width: int) -> int:
    whole = (driver.before + length - width) // driver.year
    return whole - 1 if driver.kind is DriverKind.OUTPUT else whole


def drawn_pasts(pasts: PastYears, *, paths: int, seed: int) -> PastYears:
    """Return for each future which past comes again, the same for all parts of a total."""
    drawn = np.random.default_rng((seed, 1)).integers(0, len(pasts.back), size=paths)
    return PastYears(back=pasts.back[drawn], shift=pasts.shift[drawn])


def futures_of(driver: DriverLine, length: int, ahead: int, pasts: PastYears) -> Floats:
    """Return the driver in periods after a use of so many, one row for each past that comes again.

    A period of which the driver is known already is as it is in every row.
    """
    first, size = driver.before + length, len(driver.line)
    places = first + np.arange(ahead)
    pasts_places = places - (pasts.back * driver.year - pasts.shift)[:, None]
    known = np.broadcast_to(driver.line[np.minimum(places, size - 1)], pasts_places.shape)
    if driver.kind is not DriverKind.OUTPUT:
        return np.where(places < size, known, driver.line[_back(pasts_places, driver)])
    found = known.copy()
    for step in range(max(size - first, 0), ahead):
        found[:, step] = _grown(driver, found, int(places[step]), first, pasts)
    return found


def _grown(driver: DriverLine, found: Floats, place: int, first: int, pasts: PastYears) -> Floats:
    """Return output a year on: as a year before, with the growth of a past year."""
    ago = place - driver.year
    base = driver.line[ago] if ago < len(driver.line) else found[:, ago - first]
    now = _back(place - pasts.back * driver.year + pasts.shift, driver)
    then = np.maximum(now - driver.year, 0)
    return np.asarray(base + driver.line[now] - driver.line[then], dtype=np.float64)


def _back(places: Places, driver: DriverLine) -> Places:
    """Return places moved back by whole years to where the driver is known."""
    over = np.maximum(places - len(driver.line), -1) // driver.year + 1
    return np.asarray(places - over * driver.year, dtype=np.intp)
