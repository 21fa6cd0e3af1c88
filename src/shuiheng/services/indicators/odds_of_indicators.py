"""With which probability an indicator will meet a target, by the yearly facts that make it up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.evaluate import IndicatorFigure, Question, evaluate
from shuiheng.indicators.odds.chance import Assumption, mixed_quantiles, odds_of
from shuiheng.indicators.odds.scenarios import Drawing
from shuiheng.indicators.odds.series import Floats
from shuiheng.indicators.odds.yearly import yearly_outlook
from shuiheng.indicators.verdict import Ask
from shuiheng.plans.model import TargetKind
from shuiheng.services.indicators.found_odds import (
    NO_VALUE,
    PATHS,
    TOO_LITTLE,
    FoundOdds,
    answered,
    seed_of,
)
from shuiheng.services.indicators.odds_desk import OddsDesk
from shuiheng.services.indicators.target_standing import TargetStanding

ByYear = Mapping[int, Mapping[str, Floats]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rise:
    """From which year a rise is told: one for all years, or for each the year before it."""

    figure: IndicatorFigure
    question: Question
    base_year: int | None

    def before(self, year: int) -> int:
        """Return the year with which the value of a year is compared."""
        return year - 1 if self.base_year is None else self.base_year


def odds_of_indicator(desk: OddsDesk, found: TargetStanding, ask: Ask) -> FoundOdds:
    """Return the odds of a target that an indicator serves (达成可能性).

    Args:
        desk: What odds look at.
        found: How the target stands; it has a figure.
        ask: What it asks.
    """
    figure = found.figure
    unit = indicator_book().writings.get(found.target.unit or "系数")
    if figure is None or unit is None:
        return FoundOdds(why=NO_VALUE)
    question = replace(figure.question, year=ask.deadline.year)
    growth = desk.foretold(found.place, figure.version.facts(question.choices))
    outlook = yearly_outlook(
        figure.indicator,
        question,
        desk.book(found.place),
        drawing=Drawing(seed=seed_of(found.target.pk, found.on), paths=PATHS),
        growth={key: each.samples for key, each in growth.items()},
    )
    by_year: ByYear = outlook.by_year
    if found.target.kind == TargetKind.INCREMENT:
        base_year = None if found.target.is_annual else found.target.baseline_year
        rise = _Rise(figure=figure, question=question, base_year=base_year)
        by_year = _rises(desk, found.place, rise, by_year)
    if outlook.too_short or not by_year.get(ask.deadline.year):
        return FoundOdds(why=TOO_LITTLE, told={"too_short": list(outlook.too_short)})
    scale = float(figure.version.unit.scale / unit.scale)
    samples = {
        year: {str(model): values * scale for model, values in models.items()}
        for year, models in by_year.items()
        if models
    }
    used = Counter(name for each in growth.values() for name in each.drivers)
    taken = (Assumption.GOES_ON, Assumption.SAME_BLOCKS, *((Assumption.DRIVERS_AGAIN,) if used else ()))
    told = {
        "way": "yearly",
        "first_year": outlook.first_year,
        "by_months": sorted({key.fact for key in growth}),
        "drivers": sorted(used),
    }
    return answered(
        odds_of(ask, samples[ask.deadline.year], taken),
        {year: mixed_quantiles(list(models.values())) for year, models in samples.items()},
        told,
    )


def _rises(desk: OddsDesk, place: Place, rise: _Rise, by_year: ByYear) -> ByYear:
    """Return by how much the value of each year rises; nothing for a year whose beginning is not known."""
    found: dict[int, dict[str, Floats]] = {}
    for year, models in by_year.items():
        before = rise.before(year)
        sampled = by_year.get(before)
        if sampled:
            found[year] = {name: values - sampled[name] for name, values in models.items() if name in sampled}
            continue
        question = replace(rise.question, year=before)
        known = evaluate(rise.figure.indicator, question, desk.book(place)).value
        if known is not None:
            found[year] = {name: values - float(known) for name, values in models.items()}
    return found
