"""Level, damped trend and season of a series, followed by smoothing; fitted without chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shuiheng.indicators.odds.series import (
    FittedSeries,
    Flags,
    Floats,
    ModelKind,
    UseSeries,
    known_values,
    spread_errors,
)

LEAST_SEASONS = 2
STARTING_SEASONS = 3
FIRST_POINTS, NEXT_POINTS, ROUNDS, SHRINK = 64, 32, 4, 0.4
LOW = np.array([0.01, 0.0, 0.0, 0.80])
HIGH = np.array([0.95, 0.4, 0.6, 0.98])
PRIMES = (2, 3, 5, 7)
MOST_WIDENING = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class _Start:
    level: float
    trend: float
    seasons: Floats


def fit_damped(series: UseSeries) -> FittedSeries | None:
    """Return the smoothing of a series; None where fewer than two seasons of periods are known.

    The four weights are those of the least squared error one period ahead, sought on a fixed set of
    points that is narrowed around the best. Errors are widened for what was fitted.
    """
    values, known, is_log = known_values(series)
    season, count = series.season, int(known.sum())
    if count < max(LEAST_SEASONS * season, season + 4):
        return None
    start = _start_of(values, known, season)
    weights = _best_weights(values, known, start)
    expected, state = _follow(values, known, start, weights)
    freedom = max(count - season - len(weights) - 1, count / MOST_WIDENING)
    errors = (values - expected)[known] * np.sqrt((count + season) / freedom)
    return FittedSeries(
        kind=ModelKind.DAMPED,
        is_log=is_log,
        season=season,
        filled=np.where(known, values, expected),
        expected=expected,
        errors=spread_errors(errors, np.flatnonzero(known), len(values)),
        first_error=0,
        weights=tuple(float(each) for each in weights),
        state=tuple(float(each) for each in state),
    )


def damped_paths(fit: FittedSeries, errors: Floats) -> Floats:
    """Return futures of the smoothing on its scale, one row for each row of errors."""
    paths, ahead = errors.shape
    by_level, by_trend, by_season, damping = fit.weights
    level, trend = np.full(paths, fit.state[0]), np.full(paths, fit.state[1])
    seasons = np.repeat(np.array(fit.state[2:])[:, None], paths, axis=1)
    line, first = np.zeros((paths, ahead)), len(fit.filled)
    for step in range(ahead):
        place, error = (first + step) % fit.season, errors[:, step]
        level = level + damping * trend
        line[:, step] = level + seasons[place] + error
        level = level + by_level * error
        trend = damping * trend + by_trend * error
        seasons[place] += by_season * error
    return line


def _start_of(values: Floats, known: Flags, season: int) -> _Start:
    """Return level, trend and season of the first seasons by least squares, drawn a little to no season."""
    upto = min(len(values), STARTING_SEASONS * season)
    while known[:upto].sum() < season + 2 and upto < len(values):
        upto += season
    places = np.flatnonzero(known[:upto])
    columns = np.zeros((len(places), season + 2))
    columns[:, 0], columns[:, 1] = 1.0, places
    columns[np.arange(len(places)), 2 + places % season] = 1.0
    pull = np.diag([1e-9, 1e-3 * len(places)] + [0.1] * season)
    found = np.linalg.solve(columns.T @ columns + pull, columns.T @ values[places])
    return _Start(float(found[0] - found[1]), float(found[1]), np.asarray(found[2:], dtype=np.float64))


def _points(count: int) -> Floats:
    """Return points that fill a cube of four sides evenly: van der Corput's sequences."""
    points = np.zeros((count, len(PRIMES)))
    for column, prime in enumerate(PRIMES):
        for row in range(count):
            left, part = row + 1, 1.0
            while left:
                part /= prime
                points[row, column] += part * (left % prime)
                left //= prime
    return points


def _best_weights(values: Floats, known: Flags, start: _Start) -> Floats:
    points = LOW + _points(FIRST_POINTS) * (HIGH - LOW)
    best = points[int(np.argmin(_squares(values, known, start, points)))]
    width = HIGH - LOW
    around = np.concatenate([_points(NEXT_POINTS) - 0.5, np.zeros((1, len(PRIMES)))])
    for _ in range(ROUNDS):
        width = width * SHRINK
        points = np.clip(best + around * width, LOW, HIGH)
        best = points[int(np.argmin(_squares(values, known, start, points)))]
    return np.asarray(best, dtype=np.float64)


def _squares(values: Floats, known: Flags, start: _Start, points: Floats) -> Floats:
    """Return the sum of squared errors one period ahead for each point."""
    by_level, by_trend, by_season, damping = points.T
    level, trend = np.full(len(points), start.level), np.full(len(points), start.trend)
    seasons = np.repeat(start.seasons[:, None], len(points), axis=1)
    total, season = np.zeros(len(points)), len(start.seasons)
    for place in range(len(values)):
        level = level + damping * trend
        trend = damping * trend
        if known[place]:
            error = values[place] - level - seasons[place % season]
            level = level + by_level * error
            trend = trend + by_trend * error
            seasons[place % season] += by_season * error
            total += error * error
    return total


def _follow(values: Floats, known: Flags, start: _Start, weights: Floats) -> tuple[Floats, list[float]]:
    """Return what was expected of each period, and the state after the last."""
    by_level, by_trend, by_season, damping = weights
    level, trend, seasons = start.level, start.trend, start.seasons.copy()
    expected = np.zeros(len(values))
    for place in range(len(values)):
        level, trend = level + damping * trend, damping * trend
        expected[place] = level + seasons[place % len(seasons)]
        if known[place]:
            error = values[place] - expected[place]
            level, trend = level + by_level * error, trend + by_trend * error
            seasons[place % len(seasons)] += by_season * error
    return expected, [level, trend, *seasons]
