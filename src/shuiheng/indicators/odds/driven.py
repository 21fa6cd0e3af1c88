"""A series of use apart from what its drivers did to it, where its own past shows that this helps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from shuiheng.indicators.odds.drivers import (
    DriverLine,
    DriverSeries,
    drawn_pasts,
    driver_line,
    futures_of,
    pasts_of,
)
from shuiheng.indicators.odds.series import Flags, Floats, UseSeries, known_values

RIDGE = 0.05
"""By how much a weight is drawn to none, as a share of what is seen."""
SHARED_ERRORS = 2.0
"""Each value stands in two differences, so that they tell less than as many values of their own."""
LEAST_PER_DRIVER = 12
LEAST_GAIN = 0.03
"""By how much the squared errors of the past must be less with a driver."""
CLEAR = 2.0
"""By how many standard errors a weight must differ from none."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DrivenSeries:
    """A series with the drivers that it is shown to follow; they may be none.

    Args:
        series: The series as it was.
        rest: What is left of it without its drivers.
        drivers: The drivers.
        weights: How much the logarithm of use moves with each of them.
        unsure: Root of the covariance of the weights.
        effect: What the drivers did to the logarithm of each period.
    """

    series: UseSeries
    rest: UseSeries
    drivers: tuple[DriverLine, ...]
    weights: Floats
    unsure: Floats
    effect: Floats

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of its drivers."""
        return tuple(each.name for each in self.drivers)


@dataclass(frozen=True, slots=True, eq=False)
class _Use:
    """A series on logarithms, which of its periods are known, and its season."""

    values: Floats
    known: Flags
    season: int

    @property
    def length(self) -> int:
        return len(self.values)

    def until(self, end: int) -> _Use:
        return _Use(self.values[:end], self.known[:end], self.season)


@dataclass(frozen=True, slots=True, eq=False)
class _Weights:
    weights: Floats
    unsure: Floats

    @property
    def is_clear(self) -> bool:
        errors = np.sqrt(np.square(self.unsure).sum(axis=1))
        return bool((np.abs(self.weights) > CLEAR * errors).all())


def driven(series: UseSeries, drivers: Sequence[DriverSeries], *, ahead: int) -> DrivenSeries:
    """Return a series apart from those drivers with which its own past would have been foretold better.

    Tried are each driver alone and all of them, as far as it is clear that use follows them. At past periods
    the coming ones are foretold by the plain model with what was known then, the driver as it was in past
    years; a driver is taken only where the squared errors are clearly less. Use near to nothing has none, as
    it has no logarithm.

    Args:
        series: The series.
        drivers: What may move it.
        ahead: How many periods are to be foretold.
    """
    values, known, is_log = known_values(series)
    use = _Use(values, known, series.season)
    if not drivers or not is_log or ahead < 1:
        return _without(series)
    tried = [(each,) for each in drivers] + ([tuple(drivers)] if len(drivers) > 1 else [])
    origins = range(max(len(values) // 2, series.season + 1), len(values) - ahead + 1, max(ahead // 2, 1))
    best, chosen = 1 - LEAST_GAIN, _without(series)
    for each in tried:
        apart = _apart(series, use, each)
        share = None if apart is None else _share_of_errors(use, each, origins, ahead)
        if apart is not None and share is not None and share < best:
            best, chosen = share, apart
    return chosen


def effects_ahead(found: DrivenSeries, ahead: int, *, paths: int, seed: int) -> Floats:
    """Return what the drivers will do to the logarithm of use, one row for each future.

    Args:
        found: The series with its drivers.
        ahead: How many periods.
        paths: How many futures.
        seed: Where chance begins; parts with the same seed get the same weather.
    """
    length = len(found.series.values)
    pasts = pasts_of(found.drivers, length)
    if pasts is None:
        return np.zeros((paths, ahead))
    drawn = drawn_pasts(pasts, paths=paths, seed=seed)
    lines = np.stack([futures_of(each, length, ahead, drawn) for each in found.drivers], axis=-1)
    last = np.stack([each.past(length)[-found.series.season :] for each in found.drivers], axis=-1)
    apart = lines - last[np.arange(ahead) % len(last)]
    chance = np.random.default_rng((seed, 2)).standard_normal((paths, len(found.drivers)))
    return np.asarray(lines @ found.weights + np.einsum("pad,pd->pa", apart, chance @ found.unsure.T))


def _without(series: UseSeries) -> DrivenSeries:
    nothing = np.zeros(0)
    return DrivenSeries(
        series=series,
        rest=series,
        drivers=(),
        weights=nothing,
        unsure=np.zeros((0, 0)),
        effect=np.zeros(len(series.values)),
    )


def _apart(series: UseSeries, use: _Use, drivers: Sequence[DriverSeries]) -> DrivenSeries | None:
    """Return a series apart from drivers; None where it is not clear that it follows each of them."""
    lines = _lines(drivers, use.length)
    told = None if lines is None else _weights(use, _beside(lines, use.length))
    if lines is None or told is None or not told.is_clear or pasts_of(lines, use.length) is None:
        return None
    effect = _beside(lines, use.length) @ told.weights
    rest = tuple(
        None if value is None else float(value * np.exp(-moved))
        for value, moved in zip(series.values, effect, strict=True)
    )
    apart = replace(series, values=rest)
    if not known_values(apart)[2]:
        return None
    return DrivenSeries(
        series=series,
        rest=apart,
        drivers=lines,
        weights=told.weights,
        unsure=told.unsure,
        effect=np.asarray(effect, dtype=np.float64),
    )


def _lines(drivers: Sequence[DriverSeries], length: int) -> tuple[DriverLine, ...] | None:
    found = [driver_line(each, length) for each in drivers]
    whole = tuple(each for each in found if each is not None)
    return whole if len(whole) == len(found) else None


def _beside(lines: Sequence[DriverLine], length: int) -> Floats:
    return np.stack([each.past(length) for each in lines], axis=-1)


def _weights(use: _Use, beside: Floats) -> _Weights | None:
    """Return how use moves with drivers, by what both changed from season to season; None for too little."""
    season = use.season
    both = use.known[season:] & use.known[:-season]
    count = int(both.sum())
    if count < max(LEAST_PER_DRIVER * beside.shape[1], season):
        return None
    steps = (use.values[season:] - use.values[:-season])[both]
    moved = (beside[season:] - beside[:-season])[both]
    moved = moved - moved.mean(axis=0)
    scale = moved.std(axis=0)
    if scale.min() <= 0:
        return None
    shaped = moved / scale
    inverse = np.linalg.inv(shaped.T @ shaped + RIDGE * count * np.eye(len(scale)))
    weights = inverse @ shaped.T @ (steps - steps.mean())
    errors = steps - steps.mean() - shaped @ weights
    spread = SHARED_ERRORS * float(errors @ errors) / max(count - len(scale) - 1, 1)
    unsure = np.linalg.cholesky(spread * inverse + 1e-18 * np.eye(len(scale)))
    return _Weights(weights / scale, unsure / scale[:, None])


def _share_of_errors(
    use: _Use, drivers: Sequence[DriverSeries], origins: Sequence[int], ahead: int
) -> float | None:
    """Return the squared errors with drivers as a share of those without; None where none could be tried."""
    without = with_them = 0.0
    for origin in origins:
        known = use.until(origin)
        told = [each.known_from(0, origin) for each in drivers]
        lines = _lines(told, origin)
        found = None if lines is None else _weights(known, _beside(lines, origin))
        pasts = None if lines is None else pasts_of(lines, origin)
        if lines is None or found is None or pasts is None:
            continue
        past = _beside(lines, origin) @ found.weights
        means = [futures_of(each, origin, ahead, pasts).mean(axis=0) for each in lines]
        coming = np.stack(means, axis=-1) @ found.weights
        came, is_known = use.values[origin : origin + ahead], use.known[origin : origin + ahead]
        plain = came - _plain(known, ahead)
        moved = came - coming - _plain(_Use(known.values - past, known.known, use.season), ahead)
        is_told = is_known & np.isfinite(plain)
        without += float(np.square(plain[is_told]).sum())
        with_them += float(np.square(moved[is_told]).sum())
    return with_them / without if without > 0 else None


def _plain(use: _Use, ahead: int) -> Floats:
    """Return the coming periods as a season ago with drift; NaN where that is not known."""
    season = use.season
    line = np.where(use.known, use.values, np.nan)
    steps = line[season:] - line[:-season]
    seen = steps[np.isfinite(steps)]
    drift = float(seen.mean()) * len(seen) / (len(seen) + season) if len(seen) else 0.0
    last = line[-season:]
    turns = np.arange(ahead) // season + 1
    return np.asarray(last[np.arange(ahead) % season] + drift * turns, dtype=np.float64)
