"""Parts of the back-test of odds that need no real series: the made-up city by month, and made-up years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
from demo.city_ledger import Use
from demo.metering_city import daily_litres, invented_city

from shuiheng.adapters.rulebook import load_workdays
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.evaluate import Question, evaluate
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.indicators.odds.rolling import Look, Span, look_at, rolling_totals
from shuiheng.indicators.odds.scenarios import Drawing
from shuiheng.indicators.odds.series import UseSeries
from shuiheng.indicators.odds.yearly import yearly_outlook

FIRST, MONTHS = date(2021, 1, 1), 66
DEMO_SEED, FIRST_LEVEL = 20_250_501, 1
NEAR = (0.98, 0.99, 1.0, 1.01, 1.02)
"""Of a whole city, which moves by a percent or two in a year: 5 % more or less is no question there."""
FIRST_YEAR, LAST_YEAR, AHEAD = 2008, 2025, 2
INDICATORS = ("water_per_gdp", "reclaimed_water_rate", "water_use_total")
PATHS = 500


def city_series(number: int = 0) -> list[UseSeries]:
    """Return the months of a made-up city by sector: what passed the first meter of each user.

    Args:
        number: Which city; 0 is that of the demo, the others are like it with chance of their own.
    """
    city = invented_city(
        calendar=load_workdays(), seed=DEMO_SEED + number, first_on=FIRST, month_count=MONTHS
    )
    top = city.meters.level == FIRST_LEVEL
    months = [used[:, top].sum(axis=0) for _, used, _ in daily_litres(city)]
    uses = city.meters.use[top]
    series = []
    for use in Use:
        values = tuple(float(month[uses == int(use)].sum()) / 1000 for month in months)
        if min(values) > 0:
            series.append(UseSeries(name=use.name.lower(), season=12, values=values))
    return series


def looks_at_city(series: Sequence[UseSeries], span: Span) -> tuple[list[Look], list[Look]]:
    """Return the looks at each sector of a made-up city, and at their total."""
    origins = range(30, MONTHS - span.ahead + 1)
    drawing = Drawing(seed=5, paths=PATHS)
    single = [
        look
        for each in series
        for look in rolling_totals([each], origins=origins, span=span, drawing=drawing)
    ]
    near = replace(span, shares=NEAR)
    return single, rolling_totals(series, origins=origins, span=near, drawing=drawing)


def looks_at_years(number: int, shares: Sequence[float]) -> list[Look]:
    """Return the looks at indicators over made-up yearly facts, each two years ahead.

    In a third of the worlds growth bends halfway, which no model can know.
    """
    book = indicator_book()
    found = []
    for seed in range(number):
        figures = _made_up_facts(np.random.default_rng(seed), bends=seed % 3 == 0)
        for name in INDICATORS:
            indicator = book.indicators[name]
            for known_to in range(FIRST_YEAR + 6, LAST_YEAR - AHEAD + 1, 2):
                known = {key: each for key, each in figures.items() if key.year <= known_to}
                outlook = yearly_outlook(
                    indicator,
                    Question(year=known_to + AHEAD),
                    FactBook(kinds=book.facts, figures=known),
                    drawing=Drawing(seed=seed * 100 + known_to, paths=PATHS),
                )
                whole = FactBook(kinds=book.facts, figures=figures)
                now = evaluate(indicator, Question(year=known_to), whole).value
                came = evaluate(indicator, Question(year=known_to + AHEAD), whole).value
                if now is None or came is None or known_to + AHEAD not in outlook.by_year:
                    continue
                samples = {str(model): each for model, each in outlook.by_year[known_to + AHEAD].items()}
                caps = [share * float(now) for share in shares]
                rates = [0.5] * len(caps)
                found.append(look_at(samples, float(came), caps, point=float(now), rates=rates))
    return found


def _made_up_facts(rng: np.random.Generator, *, bends: bool) -> dict[FactKey, FactFigure]:
    """Return every fact of every year: a drift of its own, and dry and wet years that all of them share."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    shared = 0.02 * rng.standard_normal(len(years))
    found = {}
    for name, kind in indicator_book().facts.items():
        drift, noise = rng.normal(0.01, 0.02), rng.uniform(0.005, 0.04)
        size = rng.uniform(50, 100)
        for place, year in enumerate(years):
            turned = -drift if bends and place > len(years) // 2 else drift
            size *= float(np.exp(turned + shared[place] + noise * rng.standard_normal()))
            member = "large" if kind.is_by_member else ""
            value = Decimal(repr(round(size, 6)))
            found[FactKey(name, year, member)] = FactFigure(value=value, origin="made")
    return found
