"""Forecasts as they would have been made at many past days, beside what came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from shuiheng.indicators.odds.chance import mixed_quantiles
from shuiheng.indicators.odds.counts import CountQuestion, count_samples
from shuiheng.indicators.odds.drivers import DriverSeries
from shuiheng.indicators.odds.pace import CaseCourse
from shuiheng.indicators.odds.scenarios import Drawing, sampled_totals
from shuiheng.indicators.odds.score import (
    QUANTILES,
    CalibrationBin,
    brier_score,
    calibration,
    coverage,
    pinball_loss,
)
from shuiheng.indicators.odds.series import Floats, UseSeries, fit_naive, naive_paths

MIXED, NAIVE, BASE_RATE = "mixed", "naive_point", "base_rate"
NO_RATE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Of which periods a total is forecast, and which caps are asked about.

    Args:
        ahead: How many periods it has.
        back: So many periods before it lies the one it is held against.
        shares: The caps, as shares of that one's total.
        most_known: So many last periods are used at most.
        least_known_share: Of each part so much of a total must be known; it is then taken for the whole.
    """

    ahead: int
    back: int
    shares: tuple[float, ...]
    most_known: int
    least_known_share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A yes-or-no question asked at a past day.

    Args:
        by_model: With which probability each model said yes, the mix of them and the baselines.
        came_true: What came.
    """

    by_model: Mapping[str, float]
    came_true: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A forecast of a total made at a past day.

    Args:
        truth: What came.
        quantiles: By model, the 0.1, 0.5 and 0.9 quantiles that were forecast.
        questions: Questions about it.
    """

    truth: float
    quantiles: Mapping[str, tuple[float, float, float]]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelScore:
    """How a model did over many looks.

    Args:
        brier: Brier score of its probabilities.
        pinball: Mean pinball loss at 0.1, 0.5 and 0.9 as a share of the mean truth; None without quantiles.
        coverage: Share of truths in its interval of 80 %; None without one.
        bins: Its calibration.
    """

    brier: float | None
    pinball: float | None
    coverage: float | None
    bins: tuple[CalibrationBin, ...]


def rolling_totals(
    several: Sequence[UseSeries],
    *,
    origins: Sequence[int],
    span: Span,
    drawing: Drawing,
    drivers: Sequence[DriverSeries] = (),
) -> list[Look]:
    """Return the looks at the total of some series; an origin of which the truth is not known is left out.

    Args:
        several: The series of the parts; whole, each origin sees only what lies before it.
        origins: How many periods are known at each look.
        span: Of which periods, and the caps.
        drawing: How futures are drawn; each origin has a seed of its own.
        drivers: What may move them, beside the whole series; each origin sees only what lies before it.
    """
    looks: list[Look] = []
    asked: list[tuple[int, tuple[bool, ...]]] = []
    for origin in origins:
        truth = _total(several, origin, span)
        reference = _total(several, origin - span.back, span)
        known = [_known(each, origin, span.most_known) for each in several]
        drawn = sampled_totals(
            known,
            first=0,
            ahead=span.ahead,
            drawing=replace(drawing, seed=drawing.seed + origin),
            drivers=_drivers_known(drivers, several, origin, span.most_known),
        )
        if truth is None or reference is None or not drawn:
            continue
        samples = {str(kind): values for kind, values in drawn.items()}
        caps = [share * reference for share in span.shares]
        ended = [came for end, came in asked if end <= origin]
        point = _naive_point(known, span.ahead)
        came = tuple(truth <= cap for cap in caps)
        looks.append(
            look_at(samples, truth, caps, point=point, rates=[_rate(ended, n) for n in range(len(caps))])
        )
        asked.append((origin + span.ahead, came))
    return looks


def rolling_counts(
    cases: Sequence[CaseCourse],
    questions: Sequence[CountQuestion],
    *,
    more: Sequence[int],
    rate: float = NO_RATE,
) -> list[Look]:
    """Return the looks at the number done; asked is whether so many more than now are done by the deadline.

    Args:
        cases: Courses of all cases; whole, each question sees only what was known on its day.
        questions: What was asked at past days, the first first.
        more: How many more than are done on the day.
        rate: The share of yes that the baseline takes before anything was known.
    """
    looks: list[Look] = []
    asked: list[tuple[date, tuple[bool, ...]]] = []
    for question in questions:
        found = count_samples(cases, question)
        if not found.by_model:
            continue
        truth = count_samples(cases, replace(question, on=question.deadline, paces=0)).done
        goals = [found.done + each for each in more]
        ended = [came for day, came in asked if day <= question.on]
        point = found.done + _same_span_before(cases, question)
        rates = [_rate(ended, number, rate) for number in range(len(goals))]
        low = {name: -values for name, values in found.by_model.items()}  # at least becomes at most
        look = look_at(low, -truth, [-goal for goal in goals], point=-point, rates=rates)
        turned = {name: (-c, -b, -a) for name, (a, b, c) in look.quantiles.items()}
        looks.append(replace(look, truth=float(truth), quantiles=turned))
        asked.append((question.deadline, tuple(truth >= goal for goal in goals)))
    return looks


def scores_of(looks: Sequence[Look]) -> dict[str, ModelScore]:
    """Return how each model and baseline did, over those looks in which all models were there."""
    most = max((len(look.quantiles) for look in looks), default=0)
    whole = [look for look in looks if len(look.quantiles) == most]
    questions = [each for look in whole for each in look.questions]
    names = list(questions[0].by_model) if questions else []
    return {name: _score(name, whole, questions) for name in names}


def _score(name: str, looks: Sequence[Look], questions: Sequence[Question]) -> ModelScore:
    given = [each.by_model[name] for each in questions]
    came = [each.came_true for each in questions]
    told = [(look.quantiles[name], look.truth) for look in looks if name in look.quantiles]
    losses = [_loss(values, truth) for values, truth in told]
    size = sum(abs(truth) for _, truth in told)
    intervals = [(low, high) for (low, _, high), _ in told]
    return ModelScore(
        brier=brier_score(given, came),
        pinball=sum(losses) / size if size else None,
        coverage=None if name == NAIVE else coverage(intervals, [truth for _, truth in told]),
        bins=calibration(given, came),
    )


def _loss(values: tuple[float, float, float], truth: float) -> float:
    pairs = zip(QUANTILES, values, strict=True)
    return sum(pinball_loss(quantile, value, truth) for quantile, value in pairs) / len(QUANTILES)


def look_at(
    samples: Mapping[str, Floats],
    truth: float,
    caps: Sequence[float],
    *,
    point: float | None,
    rates: Sequence[float],
) -> Look:
    """Return a forecast beside what came.

    Args:
        samples: By model, samples of the total.
        truth: What came.
        caps: Asked is whether the total is at most each of them.
        point: What a baseline takes for sure, or None.
        rates: For each cap, how often such a question was answered with yes.
    """
    quantiles = {name: mixed_quantiles([values]) for name, values in samples.items()}
    quantiles[MIXED] = mixed_quantiles(list(samples.values()))
    if point is not None:
        quantiles[NAIVE] = (point, point, point)
    questions = []
    for cap, rate in zip(caps, rates, strict=True):
        shares = {name: float((values <= cap).mean()) for name, values in samples.items()}
        shares[MIXED] = sum(shares.values()) / len(shares)
        shares[NAIVE] = rate if point is None else float(point <= cap)
        shares[BASE_RATE] = rate
        questions.append(Question(by_model=shares, came_true=truth <= cap))
    return Look(truth=truth, quantiles=quantiles, questions=tuple(questions))


def _rate(ended: Sequence[tuple[bool, ...]], number: int, first: float = NO_RATE) -> float:
    """Return the share of yes among questions of a sort whose answer was known already."""
    return (sum(came[number] for came in ended) + first) / (len(ended) + 1)


def _known(series: UseSeries, origin: int, most: int) -> UseSeries:
    """Return what was known at an origin, cut so that seasons still begin at the same place."""
    return replace(series, values=series.values[_skipped(series, origin, most) : origin])


def _skipped(series: UseSeries, origin: int, most: int) -> int:
    return max(origin - most, 0) // series.season * series.season


def _drivers_known(
    drivers: Sequence[DriverSeries], several: Sequence[UseSeries], origin: int, most: int
) -> list[DriverSeries]:
    """Return what was known of drivers at an origin, their past before the series with them."""
    first = _skipped(several[0], origin, most) if several else 0
    return [each.known_from(first, origin) for each in drivers]


def _total(several: Sequence[UseSeries], first: int, span: Span) -> float | None:
    """Return the total of the periods from one on; None where too much is not known or lies outside."""
    total, end = 0.0, first + span.ahead
    for each in several:
        known = [value for value in each.values[max(first, 0) : end] if value is not None]
        if first < 0 or not known or len(known) < span.least_known_share * span.ahead:
            return None
        total += sum(known) * span.ahead / len(known)
    return total


def _naive_point(several: Sequence[UseSeries], ahead: int) -> float | None:
    """Return the total as a season ago with drift, without any chance."""
    total = 0.0
    for each in several:
        fit = fit_naive(each)
        if fit is None:
            return None
        line = naive_paths(fit, np.zeros((1, ahead)))[0]
        total += float((np.exp(line) if fit.is_log else line).sum())
    return total


def _same_span_before(cases: Sequence[CaseCourse], question: CountQuestion) -> int:
    """Return how many cases were done in a span of the same length before the day."""
    before = replace(question, on=question.on - (question.deadline - question.on), paces=0)
    now = replace(question, paces=0)
    return count_samples(cases, now).done - count_samples(cases, before).done
