"""A series of use with gaps, and the plain model of it: as a season ago, with drift."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

LEAST_PAIRS = 4
LEAST_SHARE_FOR_LOGS = 0.05
"""With less of the largest in its smallest period, a series is too near to nothing for logarithms."""
LEAST_SEASONS_OF_PAIRS = 1.5


class ModelKind(StrEnum):
    """A way in which a series goes on.

    `seasonal_naive`: as a season ago, with the drift seen so far. `damped`: level, damped trend and season,
    each of them followed by smoothing.
    """

    SEASONAL_NAIVE = "seasonal_naive"
    DAMPED = "damped"


@dataclass(frozen=True, slots=True, kw_only=True)
class UseSeries:
    """Use by even periods, the oldest first.

    Args:
        name: What it is of, such as a district or a sector.
        season: Periods in a season: 12 for months, 7 for days.
        values: Use of each period, at least 0; None where nothing is known.
    """

    name: str
    season: int
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FittedSeries:
    """A model that was fitted to a series; arrays have one entry per period and no gaps.

    Args:
        kind: Which model.
        is_log: Whether it works on logarithms, as it does where no period was nearly without use.
        season: Periods in a season.
        filled: The series on the model's scale; what was missing is as the model expected it.
        expected: What the model expected of each period when those before it were known.
        errors: By how much each period differed; where that is not known, as in the next known period.
        first_error: From which period on errors exist.
        drift: Growth per season of the plain model.
        weights: Level, trend, season and damping of the smoothing; empty for the plain model.
        state: Level, trend and the seasonal parts after the last period; empty for the plain model.
    """

    kind: ModelKind
    is_log: bool
    season: int
    filled: Floats
    expected: Floats
    errors: Floats
    first_error: int
    drift: float = 0.0
    weights: tuple[float, ...] = ()
    state: tuple[float, ...] = ()


def known_values(series: UseSeries) -> tuple[Floats, Flags, bool]:
    """Return values on the model's scale (0 where unknown), which are known, and whether it is logarithms."""
    known = np.array([each is not None for each in series.values], dtype=np.bool_)
    values = np.array([0.0 if each is None else each for each in series.values], dtype=np.float64)
    seen = values[known]
    is_log = bool(known.any() and seen.max() > 0 and seen.min() >= LEAST_SHARE_FOR_LOGS * seen.max())
    if is_log:
        values[known] = np.log(seen)
    return values, known, is_log


def fit_naive(series: UseSeries) -> FittedSeries | None:
    """Return the plain model of a series; None where too few periods have a partner a season before.

    A drift that was seen for one season of partners counts half, one seen for many counts whole. Errors
    are widened as those of a season that is new among the few from which the drift was taken.
    """
    values, known, is_log = known_values(series)
    season, length = series.season, len(values)
    paired = known[season:] & known[:-season] if length > season else np.zeros(0, np.bool_)
    pairs = int(paired.sum())
    if pairs < max(LEAST_PAIRS, season // 2):
        return None
    steps = values[season:] - values[:-season]
    drift = float(steps[paired].mean()) * pairs / (pairs + season)
    filled = _without_gaps(values, known, season, drift)
    expected = np.concatenate([filled[:season], filled[:-season] + drift])
    errors = (steps[paired] - drift) * _widening(pairs / season)
    return FittedSeries(
        kind=ModelKind.SEASONAL_NAIVE,
        is_log=is_log,
        season=season,
        filled=filled,
        expected=expected,
        errors=spread_errors(errors, np.flatnonzero(paired) + season, length),
        first_error=season,
        drift=drift,
    )


def _widening(seasons: float) -> float:
    """Return by how much errors of so many seasons are too small for a further one, the mean being theirs."""
    count = max(seasons, LEAST_SEASONS_OF_PAIRS)
    return float(np.sqrt((count + 1) / (count - 1)))


def spread_errors(errors: Floats, places: Places, length: int) -> Floats:
    """Return an error for each period: its own, or that of the next period that has one, round and round."""
    following = np.searchsorted(places, np.arange(length)) % len(places)
    return np.asarray(errors[following], dtype=np.float64)


def naive_paths(fit: FittedSeries, errors: Floats) -> Floats:
    """Return futures of the plain model on its scale, one row for each row of errors."""
    paths, ahead = errors.shape
    last = np.broadcast_to(fit.filled[-fit.season :], (paths, fit.season))
    line = np.concatenate([last, np.zeros((paths, ahead))], axis=1)
    for step in range(ahead):
        line[:, fit.season + step] = line[:, step] + fit.drift + errors[:, step]
    return np.asarray(line[:, fit.season :], dtype=np.float64)


def _without_gaps(values: Floats, known: Flags, season: int, drift: float) -> Floats:
    """Return a copy in which a gap is as a season before it, or after it, or the mean."""
    filled, is_filled = values.copy(), known.copy()
    for place in range(season, len(filled)):
        if not is_filled[place] and is_filled[place - season]:
            filled[place], is_filled[place] = filled[place - season] + drift, True
    for place in range(len(filled) - season - 1, -1, -1):
        if not is_filled[place] and is_filled[place + season]:
            filled[place], is_filled[place] = filled[place + season] - drift, True
    filled[~is_filled] = values[known].mean()
    return filled
