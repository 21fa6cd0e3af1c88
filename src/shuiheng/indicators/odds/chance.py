"""The probability that a target is met, by samples, with what it cannot know told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from shuiheng.indicators.odds.series import Flags, Floats
from shuiheng.indicators.verdict import Ask
from shuiheng.kernel.comparison import Comparison

SURE = 1.959963984540054
"""Half width of the 95 % interval of the normal distribution."""
DUST = 1e-10
"""By how much a number of a computer may be off, as a share of it."""


class Assumption(StrEnum):
    """What the odds take for granted; a page says each in words.

    `goes_on`: what moved use so far goes on to move it; no new rule, factory or drought. `same_blocks`: all
    parts are surprised by the same past months. `gaps_sampled`: periods without a value were sampled.
    `one_model`: the series was too short for more than one model. `past_pace`: cases take as long, and end
    as often without success, as cases did so far. `no_openings`: nobody opens a further case.
    `openings_go_on`: cases are opened as often as they were. `drivers_again`: weather comes again as in past
    years, output grows as in past years.
    """

    GOES_ON = "goes_on"
    SAME_BLOCKS = "same_blocks"
    GAPS_SAMPLED = "gaps_sampled"
    ONE_MODEL = "one_model"
    PAST_PACE = "past_pace"
    NO_OPENINGS = "no_openings"
    OPENINGS_GO_ON = "openings_go_on"
    DRIVERS_AGAIN = "drivers_again"


class NoOddsWhy(StrEnum):
    """Why no probability can be given.

    `no_limit`: the plan gives no number. `too_little`: what is known is too little for any model.
    """

    NO_LIMIT = "no_limit"
    TOO_LITTLE = "too_little"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoOdds:
    """That no probability can be given, and why."""

    why: NoOddsWhy


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOdds:
    """The probability by one model, with the 95 % interval that comes of counting samples."""

    probability: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """With which probability a target is met.

    Args:
        probability: The mean over the models.
        low: The lowest that a model gives, less its error of sampling.
        high: The highest, with its error of sampling.
        spread: How far the models lie apart.
        sampling_error: Half width of the 95 % interval of the mean that comes of sampling alone.
        by_model: What each model gives.
        quantiles: What the value will be with probability 0.1, 0.5 and 0.9, all models together.
        assumptions: What is taken for granted.
    """

    probability: float
    low: float
    high: float
    spread: float
    sampling_error: float
    by_model: Mapping[str, ModelOdds]
    quantiles: tuple[float, float, float]
    assumptions: tuple[Assumption, ...] = field(default=())


def odds_of(ask: Ask, samples: Mapping[str, Floats], assumptions: Sequence[Assumption] = ()) -> Odds | NoOdds:
    """Return with which probability a target is met, by samples of its value at the deadline.

    Args:
        ask: What the target asks.
        samples: By model, samples of the value, in the unit of the target.
        assumptions: What the samples take for granted.
    """
    if ask.limit is None:
        return NoOdds(why=NoOddsWhy.NO_LIMIT)
    used = {name: values for name, values in sorted(samples.items()) if len(values)}
    if not used:
        return NoOdds(why=NoOddsWhy.TOO_LITTLE)
    by_model = {name: _counted(meets(ask, values)) for name, values in used.items()}
    shares = [each.probability for each in by_model.values()]
    errors = [(each.high - each.low) / 2 for each in by_model.values()]
    return Odds(
        probability=sum(shares) / len(shares),
        low=min(each.low for each in by_model.values()),
        high=max(each.high for each in by_model.values()),
        spread=max(shares) - min(shares),
        sampling_error=float(np.sqrt(np.square(errors).sum())) / len(errors),
        by_model=MappingProxyType(by_model),
        quantiles=mixed_quantiles(list(used.values())),
        assumptions=tuple(dict.fromkeys(assumptions)),
    )


def meets(ask: Ask, values: Floats) -> Flags:
    """Return which values meet the target; its limit is a number here.

    A value that differs from the limit only by how computers keep numbers, as a third of 100 taken three
    times, lies on it.
    """
    limit = float(ask.limit or 0)
    values = _on_limit(values, limit)
    if ask.upper is not None:
        upper = float(ask.upper)
        return (values >= limit) & (_on_limit(values, upper) <= upper)
    if ask.comparison is Comparison.AT_LEAST:
        return values >= limit
    if ask.comparison is Comparison.ABOVE:
        return values > limit
    return values <= limit if ask.comparison is Comparison.AT_MOST else values < limit


def _on_limit(values: Floats, limit: float) -> Floats:
    near = np.abs(values - limit) <= DUST * abs(limit)
    return np.asarray(np.where(near, limit, values), dtype=np.float64)


def mixed_quantiles(samples: Sequence[Floats]) -> tuple[float, float, float]:
    """Return the 0.1, 0.5 and 0.9 quantiles of samples of equal number, put together."""
    low, middle, high = np.quantile(np.concatenate(list(samples)), [0.1, 0.5, 0.9])
    return float(low), float(middle), float(high)


def _counted(is_met: Flags) -> ModelOdds:
    """Return a share of samples with Wilson's interval, which is never empty at 0 or 1."""
    count = len(is_met)
    share, square = float(is_met.mean()), SURE * SURE
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = SURE * np.sqrt(share * (1 - share) / count + square / (4 * count * count)) / (1 + square / count)
    low, high = max(float(middle - half), 0.0), min(float(middle + half), 1.0)
    return ModelOdds(probability=share, low=min(low, share), high=max(high, share))
