"""How good forecasts were, once the truth is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

QUANTILES = (0.1, 0.5, 0.9)
BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationBin:
    """Forecasts of about one probability.

    Args:
        low: From which probability on.
        high: Below which one; the last bin takes in 1.
        number: How many forecasts.
        mean_forecast: Their mean; None for no forecast.
        share_met: Which share of them came true; None for no forecast.
    """

    low: float
    high: float
    number: int
    mean_forecast: float | None
    share_met: float | None


def brier_score(forecasts: Sequence[float], came_true: Sequence[bool]) -> float | None:
    """Return the mean squared distance of probabilities from what came; None for none. Less is better."""
    pairs = list(zip(forecasts, came_true, strict=True))
    return sum((given - came) ** 2 for given, came in pairs) / len(pairs) if pairs else None


def calibration(forecasts: Sequence[float], came_true: Sequence[bool]) -> tuple[CalibrationBin, ...]:
    """Return ten bins of probabilities, each with the share that came true."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for given, came in zip(forecasts, came_true, strict=True):
        bins[min(int(given * BINS), BINS - 1)].append((given, came))
    return tuple(
        CalibrationBin(
            low=place / BINS,
            high=(place + 1) / BINS,
            number=len(found),
            mean_forecast=sum(given for given, _ in found) / len(found) if found else None,
            share_met=sum(came for _, came in found) / len(found) if found else None,
        )
        for place, found in enumerate(bins)
    )


def pinball_loss(quantile: float, forecast: float, truth: float) -> float:
    """Return the loss of a forecast quantile: what it is too high counts as much as 1 less the quantile."""
    return (truth - forecast) * quantile if truth >= forecast else (forecast - truth) * (1.0 - quantile)


def coverage(intervals: Sequence[tuple[float, float]], truths: Sequence[float]) -> float | None:
    """Return the share of truths inside their interval, its ends included; None for none."""
    inside = [low <= truth <= high for (low, high), truth in zip(intervals, truths, strict=True)]
    return sum(inside) / len(inside) if inside else None
