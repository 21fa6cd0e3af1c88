"""Sampled totals of a run of periods over several series, whose surprises come together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from shuiheng.indicators.odds.driven import DrivenSeries, driven, effects_ahead
from shuiheng.indicators.odds.drivers import DriverSeries
from shuiheng.indicators.odds.series import (
    FittedSeries,
    Floats,
    ModelKind,
    Places,
    UseSeries,
    fit_naive,
    naive_paths,
)
from shuiheng.indicators.odds.smoothing import damped_paths, fit_damped

FITS: Mapping[ModelKind, Callable[[UseSeries], FittedSeries | None]] = {
    ModelKind.SEASONAL_NAIVE: fit_naive,
    ModelKind.DAMPED: fit_damped,
}
PATHS: Mapping[ModelKind, Callable[[FittedSeries, Floats], Floats]] = {
    ModelKind.SEASONAL_NAIVE: naive_paths,
    ModelKind.DAMPED: damped_paths,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """How futures are drawn.

    Args:
        seed: Where chance begins; the same seed gives the same digits.
        paths: How many futures.
        block: So many periods in a row are drawn together; None for a season.
    """

    seed: int
    paths: int = 2000
    block: int | None = None


def sampled_totals(
    several: Sequence[UseSeries],
    *,
    first: int,
    ahead: int,
    drawing: Drawing,
    drivers: Sequence[DriverSeries] = (),
) -> dict[ModelKind, Floats]:
    """Return samples of the total of all series from a period on, by model; empty where none can be fitted.

    All series end with the same period. Periods from `first` to the end count as they are known; those of
    them that are not known, and the `ahead` periods after the end, are sampled. In a sample every series
    draws its errors from the same past periods, and its drivers from the same past years, so that a hot
    month is hot everywhere.

    Args:
        several: The series of the parts, of one season.
        first: From which period, counted back from the end: 0 for the future alone, 3 for the last three too.
        ahead: How many periods after the end.
        drawing: How futures are drawn.
        drivers: What may move the parts; each part takes those that helped it in its own past.
    """
    parts = [driven(each, drivers, ahead=first + ahead) for each in several]
    return totals_of(parts, first=first, ahead=ahead, drawing=drawing)


def totals_of(
    parts: Sequence[DrivenSeries], *, first: int, ahead: int, drawing: Drawing
) -> dict[ModelKind, Floats]:
    """Return samples of the total of parts whose drivers are chosen; see `sampled_totals`."""
    found: dict[ModelKind, Floats] = {}
    effects = [effects_ahead(each, ahead, paths=drawing.paths, seed=drawing.seed) for each in parts]
    for kind, fit_series in FITS.items():
        fits = [fit for each in parts if (fit := fit_series(each.rest)) is not None]
        if not fits or len(fits) < len(parts):
            continue
        drawn = drawn_places(fits, first + ahead, drawing)
        totals = np.zeros(drawing.paths)
        for part, fit, effect in zip(parts, fits, effects, strict=True):
            totals += _past(part, fit, drawn[:, :first]) + _future(fit, drawn[:, first:], effect)
        found[kind] = totals
    return found


def drawn_places(fits: Sequence[FittedSeries], periods: int, drawing: Drawing) -> Places:
    """Return for each path and period how many periods before the end its errors are taken from, from 1."""
    rng = np.random.default_rng(drawing.seed)
    pool = min(len(fit.filled) - fit.first_error for fit in fits)
    block = min(drawing.block or fits[0].season, pool)
    blocks = -(-periods // block)
    starts = rng.integers(0, pool, size=(drawing.paths, blocks))
    places = (starts[:, :, None] + np.arange(block)) % pool
    return np.asarray(pool - places.reshape(drawing.paths, -1)[:, :periods], dtype=np.intp)


def _errors(fit: FittedSeries, drawn: Places) -> Floats:
    return np.asarray(fit.errors[len(fit.errors) - drawn] - fit.errors[fit.first_error :].mean())


def _future(fit: FittedSeries, drawn: Places, effect: Floats) -> Floats:
    if not drawn.shape[1]:
        return np.zeros(len(drawn))
    line = PATHS[fit.kind](fit, _errors(fit, drawn))
    return np.asarray(_in_units(fit, line + effect).sum(axis=1), dtype=np.float64)


def _past(part: DrivenSeries, fit: FittedSeries, drawn: Places) -> Floats:
    """Return what the last periods come to: known ones as they are, the others as expected with an error."""
    first, total = drawn.shape[1], np.zeros(len(drawn))
    errors, values = _errors(fit, drawn), part.series.values
    for step in range(first):
        place = len(values) - first + step
        value, expected = values[place], fit.expected[place] + part.effect[place]
        total += _in_units(fit, expected + errors[:, step]) if value is None else value
    return total


def _in_units(fit: FittedSeries, line: Floats) -> Floats:
    """Return what a line on the model's scale is in units of use, which is never below 0."""
    return np.asarray(np.exp(line) if fit.is_log else np.maximum(line, 0.0), dtype=np.float64)
