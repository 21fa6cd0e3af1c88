"""Parts of the back-test of odds that hold drivers against none: real weather, and made-up months."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from shuiheng.indicators.odds.driven import driven
from shuiheng.indicators.odds.drivers import DriverKind, DriverSeries
from shuiheng.indicators.odds.rolling import MIXED, Look, Span, rolling_totals, scores_of
from shuiheng.indicators.odds.scenarios import Drawing
from shuiheng.indicators.odds.series import UseSeries

WARM, DAYS_OF_YEAR, MONTHS_OF_YEAR = 18.0, 365, 12
YEARS_BEFORE, YEARS = 6, 7
LEAST_PAST = 420
PATHS = 500


@dataclass(frozen=True, slots=True)
class Compared:
    """The same looks without drivers and with them.

    Args:
        name: What was looked at.
        without: The looks without drivers.
        with_them: The looks with them.
        used: Share of the fits that took a driver.
    """

    name: str
    without: list[Look]
    with_them: list[Look]
    used: float


def weather_by_day(path: Path) -> list[DriverSeries]:
    """Return degree-days above 18 °C and rain of each day, of hours that are known."""
    warm: dict[str, list[float]] = defaultdict(list)
    rain: dict[str, list[float]] = defaultdict(list)
    days: dict[str, None] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            day = row["local_time"][:10]
            days[day] = None
            if row["air_temp_C"]:
                warm[day].append(float(row["air_temp_C"]))
            if row["rain_mm"]:
                rain[day].append(float(row["rain_mm"]))
    heat = [max(sum(warm[day]) / len(warm[day]) - WARM, 0.0) if warm[day] else None for day in days]
    wet = [sum(rain[day]) if rain[day] else None for day in days]
    return [
        DriverSeries(name="heat", kind=DriverKind.HEAT, year=DAYS_OF_YEAR, values=tuple(heat)),
        DriverSeries(name="rain", kind=DriverKind.WET, year=DAYS_OF_YEAR, values=tuple(wet)),
    ]


def with_weather(series: Sequence[UseSeries], weather: Sequence[DriverSeries], span: Span) -> list[Compared]:
    """Return the looks at each district and at their total from when the weather of a year is known."""
    last = len(series[0].values) - span.ahead
    single = range(LEAST_PAST, last, 14)
    groups = [[each] for each in series]
    return [
        _compared("districts", groups, weather, span, single),
        _compared("districts, total", [list(series)], weather, span, range(LEAST_PAST, last, 7)),
    ]


def made_up_driven(span: Span, number: int = 60) -> list[Compared]:
    """Return the looks at made-up months: some that heat and output move, and some that nothing moves."""
    moved, still = [], []
    for seed in range(number):
        moved.append(_made_up(np.random.default_rng(seed), moves=True))
        still.append(_made_up(np.random.default_rng(seed), moves=False))
    return [
        _joined("months that heat and output move, made up", moved, span),
        _joined("months that nothing moves, made up", still, span),
    ]


def _made_up(rng: np.random.Generator, *, moves: bool) -> tuple[UseSeries, list[DriverSeries]]:
    count = YEARS * MONTHS_OF_YEAR
    whole = np.arange(count + YEARS_BEFORE * MONTHS_OF_YEAR)
    summer = np.maximum(np.sin((whole % MONTHS_OF_YEAR - 3) * np.pi / 6), 0)
    heat = np.maximum(summer * (120 + 45 * rng.standard_normal(len(whole))), 0)
    output = 4 + 0.004 * whole + np.cumsum(0.015 * rng.standard_normal(len(whole)))
    month = whole[-count:]
    wander = np.cumsum(0.006 * rng.standard_normal(count))
    line = 5 + 0.05 * np.sin(month * np.pi / 6) + 0.02 * rng.standard_normal(count) + wander
    if moves:
        line = line + 0.001 * heat[-count:] + 0.6 * (output[-count:] - 4)
    drivers = [
        _by_month("heat", DriverKind.HEAT, heat),
        _by_month("output", DriverKind.OUTPUT, np.exp(output)),
    ]
    use = UseSeries(name="", season=MONTHS_OF_YEAR, values=tuple(float(each) for each in np.exp(line)))
    return use, drivers


def _by_month(name: str, kind: DriverKind, values: np.ndarray) -> DriverSeries:
    return DriverSeries(
        name=name,
        kind=kind,
        year=MONTHS_OF_YEAR,
        values=tuple(float(each) for each in values),
        before=YEARS_BEFORE * MONTHS_OF_YEAR,
    )


def _joined(name: str, made: Sequence[tuple[UseSeries, list[DriverSeries]]], span: Span) -> Compared:
    parts = [_compared(name, [[use]], drivers, span, range(36, 73, 6)) for use, drivers in made]
    return Compared(
        name,
        [look for part in parts for look in part.without],
        [look for part in parts for look in part.with_them],
        sum(part.used for part in parts) / len(parts),
    )


def _compared(
    name: str,
    groups: Sequence[list[UseSeries]],
    drivers: Sequence[DriverSeries],
    span: Span,
    origins: Sequence[int],
) -> Compared:
    without: list[Look] = []
    with_them: list[Look] = []
    for number, group in enumerate(groups):
        drawing = Drawing(seed=7 + 1000 * number, paths=PATHS)
        without += rolling_totals(group, origins=origins, span=span, drawing=drawing)
        with_them += rolling_totals(group, origins=origins, span=span, drawing=drawing, drivers=drivers)
    return Compared(name, without, with_them, _used(groups, drivers, span, origins))


def _used(
    groups: Sequence[list[UseSeries]],
    drivers: Sequence[DriverSeries],
    span: Span,
    origins: Sequence[int],
) -> float:
    """Return in which share of the fits a driver was taken."""
    taken = []
    for each in (each for group in groups for each in group):
        for origin in origins:
            first = max(origin - span.most_known, 0) // each.season * each.season
            known = UseSeries(name=each.name, season=each.season, values=each.values[first:origin])
            told = [driver.known_from(first, origin) for driver in drivers]
            taken.append(bool(driven(known, told, ahead=span.ahead).drivers))
    return sum(taken) / len(taken)


def section_of(parts: Sequence[Compared]) -> list[str]:
    """Return the lines of the page."""
    lines = [
        "## Weather and output as drivers\n",
        "The same looks without drivers and with them (`mixed`). A series takes a driver only where its own",
        "past would have been foretold with at least 3 % less squared error. Weather to come is drawn from",
        "past years, never known. The real weather is that beside the ten districts: degree-days above 18 °C",
        "and rain by day, from when more than a year of it is known; the next 28 days. Made-up months have",
        "six years of weather and output before them; the next 12.\n",
        "| looks | number | drivers | Brier score | pinball loss | truths in the 80 % interval | taken |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for part in parts:
        for word, looks, used in (("without", part.without, None), ("with", part.with_them, part.used)):
            score = scores_of(looks)[MIXED]
            taken = "" if used is None else f"{used:.0%}"
            lines.append(
                f"| {part.name} | {len(looks)} | {word} | {score.brier:.4f} | {score.pinball:.4f} | "
                f"{score.coverage:.1%} | {taken} |"
            )
    return [*lines, ""]
