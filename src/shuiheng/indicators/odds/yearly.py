"""What an indicator may come to in coming years, by sampled futures of the yearly facts that make it up.

Each fact goes on from its last year by growth that was seen before. In one future all facts take their
surprise from the same past year, so that a dry year is dry for every one of them. Two models: growth goes
on as it was on average (drawn to none while few years are known), or it stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from shuiheng.indicators.definition import Indicator
from shuiheng.indicators.evaluate import Question
from shuiheng.indicators.facts import FactBook, FactKey
from shuiheng.indicators.odds.formula_paths import FormulaPaths, Paths
from shuiheng.indicators.odds.scenarios import Drawing
from shuiheng.indicators.odds.series import Floats

NO_GROWTH: Mapping[FactKey, Floats] = MappingProxyType({})
LEAST_STEPS = 4
STEPS_OF_NONE = 2.0
"""So many made-up years without growth stand beside those seen."""


class YearlyModel(StrEnum):
    """How a fact goes on: as it grew on average, or as it is."""

    DRIFT = "drift"
    LEVEL = "level"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyOutlook:
    """What an indicator may come to.

    Args:
        by_year: For each coming year and model, samples of its value in the unit of its definition.
        too_short: Facts of which too few years are known.
        first_year: The first year that was sampled.
    """

    by_year: Mapping[int, Mapping[str, Floats]] = field(default_factory=dict)
    too_short: tuple[str, ...] = ()
    first_year: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class _Fact:
    """A fact as steps from year to year, on logarithms where all its values are above 0."""

    key: FactKey
    known: Mapping[int, float]
    is_log: bool
    is_index: bool

    @property
    def last(self) -> int:
        return max(self.known)

    def scaled(self, value: float) -> float:
        return float(np.log(value)) if self.is_log else value

    def steps(self) -> Mapping[int, float]:
        """Return by year how it grew; an index is its own growth."""
        if self.is_index:
            return {year: self.scaled(value) for year, value in self.known.items()}
        return {
            year: self.scaled(value) - self.scaled(self.known[year - 1])
            for year, value in self.known.items()
            if year - 1 in self.known
        }


def yearly_outlook(
    indicator: Indicator,
    question: Question,
    book: FactBook,
    *,
    drawing: Drawing,
    growth: Mapping[FactKey, Floats] = NO_GROWTH,
) -> YearlyOutlook:
    """Return what an indicator may come to in the years after the last known one, up to that of the question.

    Args:
        indicator: The indicator.
        question: The last year that is asked for, with base year and choices.
        book: What is known of the place.
        drawing: How futures are drawn.
        growth: Samples of a fact of a year as a multiple of the year before, where months foretell it.
    """
    version = indicator.version_on(date(question.year, 12, 31))
    facts, too_short = _facts(version.facts(question.choices), book)
    pool = _shared_years(facts)
    if too_short or len(pool) < LEAST_STEPS:
        return YearlyOutlook(too_short=too_short or version.facts(question.choices))
    first = min(fact.last for fact in facts) + 1
    years = range(first, question.year + 1)
    found: dict[int, dict[str, Floats]] = {year: {} for year in years}
    for model in YearlyModel:
        paths = _paths(facts, _Coming(years, pool, growth), model, drawing)
        work = FormulaPaths(version=version, question=question, book=book, paths=paths)
        for year in years:
            value = work.value_of(year)
            if value is not None:
                found[year][model] = value
    return YearlyOutlook(by_year=found, first_year=first)


def _facts(names: Sequence[str], book: FactBook) -> tuple[list[_Fact], tuple[str, ...]]:
    """Return the facts with their years, in base units, and the names of those that are known too briefly."""
    rows: dict[FactKey, dict[int, float]] = {}
    for key, figure in sorted(book.figures.items()):
        if key.fact in names:
            value = float(book.kinds[key.fact].unit.to_base(figure.value))
            rows.setdefault(FactKey(key.fact, 0, key.member), {})[key.year] = value
    facts = [
        _Fact(key, known, all(value > 0 for value in known.values()), book.kinds[key.fact].is_index)
        for key, known in rows.items()
    ]
    long = {fact.key.fact for fact in facts if len(fact.steps()) >= LEAST_STEPS}
    return facts, tuple(name for name in names if name not in long)


@dataclass(frozen=True, slots=True, eq=False)
class _Coming:
    """The years that are sampled, the past years from which surprises are taken, and what months foretell."""

    years: range
    pool: Sequence[int]
    growth: Mapping[FactKey, Floats]


def _paths(facts: Sequence[_Fact], coming: _Coming, model: YearlyModel, drawing: Drawing) -> Paths:
    """Return for each fact and year samples of its value; what is known is the same in all of them."""
    rng = np.random.default_rng(drawing.seed)
    drawn = rng.integers(0, len(coming.pool), size=(drawing.paths, max(len(coming.years), 1)))
    unsure = rng.standard_normal((drawing.paths, len(facts)))
    found: dict[FactKey, Floats] = {}
    for number, fact in enumerate(facts):
        steps = fact.steps()
        seen = np.array([steps[year] for year in coming.pool])
        mean, count = float(seen.mean()), len(seen)
        errors = (seen - mean) * np.sqrt((count + 1) / (count - 1))
        drift = _drift(fact, mean, count, model) + unsure[:, number] * float(errors.std()) / np.sqrt(count)
        found |= _path(fact, coming, drift, errors[drawn])
    return found


def _shared_years(facts: Sequence[_Fact]) -> list[int]:
    """Return the years in which all facts grew."""
    return sorted(set.intersection(*(set(fact.steps()) for fact in facts))) if facts else []


def _drift(fact: _Fact, mean: float, count: int, model: YearlyModel) -> float:
    if model is YearlyModel.DRIFT:
        return mean * count / (count + STEPS_OF_NONE)
    return fact.scaled(fact.known[fact.last]) if fact.is_index else 0.0


def _path(fact: _Fact, coming: _Coming, drift: Floats, errors: Floats) -> dict[FactKey, Floats]:
    found: dict[FactKey, Floats] = {}
    value = np.full(len(drift), fact.scaled(fact.known[fact.last]))
    for place, year in enumerate(coming.years):
        key = FactKey(fact.key.fact, year, fact.key.member)
        if year in fact.known:
            continue
        if key in coming.growth and fact.is_log and year == fact.last + 1:
            step = np.log(coming.growth[key])
        else:
            step = drift + errors[:, place]
        value = step if fact.is_index else value + step
        found[key] = np.exp(value) if fact.is_log else value
    return found
