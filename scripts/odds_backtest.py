"""Hold the odds against what came, on real and on made-up series; write docs/reference/odds-backtest.md.

It needs the folder of real series beside the checkout and takes minutes, so no test runs it whole. Run it
from the root of the checkout with `PYTHONPATH=.`, as it makes the city of the demo.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from odds_backtest_cases import demo_courses, looks_at_demo
from odds_backtest_city import city_series, looks_at_city, looks_at_years
from odds_backtest_drivers import Compared, made_up_driven, section_of, weather_by_day, with_weather
from odds_calibration import calibration_picture

from shuiheng.indicators.odds.counts import CountQuestion
from shuiheng.indicators.odds.pace import CaseCourse, Leaving, Stay
from shuiheng.indicators.odds.rolling import (
    BASE_RATE,
    MIXED,
    NAIVE,
    Look,
    ModelScore,
    Span,
    rolling_counts,
    rolling_totals,
    scores_of,
)
from shuiheng.indicators.odds.scenarios import Drawing, sampled_totals
from shuiheng.indicators.odds.score import coverage
from shuiheng.indicators.odds.series import UseSeries

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
PAGE = ROOT / "docs" / "reference" / "odds-backtest.md"
PICTURE = PAGE.with_name("odds-calibration.svg")
SHARES = (0.9, 0.95, 1.0, 1.05, 1.1)
DAYS = Span(ahead=28, back=28, shares=SHARES, most_known=364, least_known_share=0.85)
MONTHS = Span(ahead=12, back=12, shares=SHARES, most_known=60)
LEAST_HOURS, DAY_HOURS = 22, 24
LEAST_KNOWN_SHARE = 0.8
PATHS = 500
LEAST_IN_BIN, FAR_OFF = 30, 0.15
CITIES = 3
CITY_NOTE = (
    "The made-up totals grow by a few per mille to one percent in every twelve months and never turn. A "
    "point that carries growth on is then always on the right side; the odds keep a chance that growth ends, "
    "which costs Brier score here and pays where it bends (months, made up). Pinball loss asks how far off a "
    "forecast is. The mix is wider than each of its models, as they differ in how growth goes on."
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the back-test with its looks."""

    name: str
    about: str
    looks: list[Look]
    note: str = ""


def days_of(path: Path, season: int = 7) -> list[UseSeries]:
    """Return the days of each column of hours; a day counts when at most two of its hours are missing."""
    hours: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    days: dict[str, None] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        names = [name for name in rows.fieldnames or () if name != "local_time"]
        for row in rows:
            day = row["local_time"][:10]
            days[day] = None
            for name in names:
                if row[name]:
                    hours[name][day].append(float(row[name]))
    return [
        UseSeries(name=name, season=season, values=tuple(_day(hours[name].get(day, [])) for day in days))
        for name in names
    ]


def _day(hours: list[float]) -> float | None:
    return sum(hours) / len(hours) * DAY_HOURS if len(hours) >= LEAST_HOURS else None


def whole_enough(series: Sequence[UseSeries]) -> list[UseSeries]:
    """Return series of which most days are known."""
    return [
        each
        for each in series
        if sum(value is not None for value in each.values) >= LEAST_KNOWN_SHARE * len(each.values)
    ]


def districts(folder: Path) -> tuple[list[Part], dict[str, float | None]]:
    """Return the looks at inflows of real districts, each and all together, and coverages of their total."""
    series = days_of(folder / "bwdf" / "inflow_hourly_Ls.csv.gz")
    last = len(series[0].values) - DAYS.ahead
    drawing = Drawing(seed=1, paths=PATHS)
    single = [
        look
        for each in series
        for look in rolling_totals([each], origins=range(120, last, 14), span=DAYS, drawing=drawing)
    ]
    total = rolling_totals(series, origins=range(120, last, 7), span=DAYS, drawing=drawing)
    apart = _apart(series, range(120, last, 7))
    together = scores_of(total)[MIXED].coverage
    about = "inflow of ten districts of a town, 2021 to 2023, by day; the next 28 days"
    return [
        Part("districts", about, single),
        Part("districts, total", "all ten together, errors drawn from the same days", total),
    ], {"same days": together, "each by itself": apart}


def real_weather(folder: Path) -> list[Compared]:
    """Return the looks at real districts without and with the weather beside them."""
    series = days_of(folder / "bwdf" / "inflow_hourly_Ls.csv.gz")
    return with_weather(series, weather_by_day(folder / "bwdf" / "weather_hourly.csv.gz"), DAYS)


def _apart(series: Sequence[UseSeries], origins: Sequence[int]) -> float | None:
    """Return the coverage of the total's 80 % interval when every part draws its own days."""
    intervals, truths = [], []
    for origin in origins:
        wanted = [_scaled(each.values[origin : origin + DAYS.ahead]) for each in series]
        truth = sum(each for each in wanted if each is not None)
        if None in wanted:
            continue
        drawn = []
        for number, each in enumerate(series):
            first = max(origin - DAYS.most_known, 0) // 7 * 7
            known = UseSeries(name=each.name, season=7, values=each.values[first:origin])
            drawing = Drawing(seed=1000 * number + origin, paths=PATHS)
            found = sampled_totals([known], first=0, ahead=DAYS.ahead, drawing=drawing)
            drawn.append(np.concatenate(list(found.values())) if len(found) > 1 else None)
        whole = [each for each in drawn if each is not None]
        if len(whole) == len(series):
            low, high = np.quantile(np.sum(whole, axis=0), [0.1, 0.9])
            intervals.append((float(low), float(high)))
            truths.append(truth)
    return coverage(intervals, truths)


def _scaled(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    enough = len(known) >= DAYS.least_known_share * DAYS.ahead
    return sum(known) * DAYS.ahead / len(known) if enough else None


def households(folder: Path) -> Part:
    """Return the looks at single households."""
    series = whole_enough(days_of(folder / "daiad_swm" / "hourly_litres_by_household.csv.gz"))
    looks = []
    for each in series:
        origins = range(120, len(each.values) - DAYS.ahead, 28)
        looks += rolling_totals([each], origins=origins, span=DAYS, drawing=Drawing(seed=2, paths=PATHS))
    about = f"{len(series)} households with meters, 2016 to 2017, by day; the next 28 days"
    note = (
        "The lowest bins fail where a home stands empty: nothing is used for weeks, while errors drawn from "
        "livelier weeks cannot go below 0 and lift the total. Such odds are for sectors and districts; a "
        "single user with pauses needs another model."
    )
    return Part("households", about, looks, note)


def made_up_months(number: int = 120) -> Part:
    """Return the looks at made-up monthly use with season, wandering level and, in a third, a bend."""
    looks = []
    for seed in range(number):
        rng, month = np.random.default_rng(seed), np.arange(84)
        wander = np.cumsum(0.01 * rng.standard_normal(84))
        bend = -0.004 * np.maximum(month - 48, 0) if seed % 3 == 0 else 0.0
        size = rng.uniform(0.02, 0.2)
        line = 5 + size * np.sin(month * np.pi / 6) + 0.04 * rng.standard_normal(84) + wander + bend
        values = tuple(float(each) for each in np.exp(line))
        series = UseSeries(name=str(seed), season=12, values=values)
        drawing = Drawing(seed=seed, paths=PATHS)
        looks += rolling_totals([series], origins=range(36, 73, 6), span=MONTHS, drawing=drawing)
    about = f"{number} made-up series of seven years by month; the next 12 months"
    return Part("months, made up", about, looks)


def made_up_cases(number: int, *, slower_from: date | None = None) -> Part:
    """Return the looks at made-up programmes; in one variant work slows down on a day, which nobody knows."""
    looks = []
    for seed in range(number):
        cases = _cases(np.random.default_rng(seed), slower_from)
        starts = [date(2022, 7, 1) + timedelta(days=91 * step) for step in range(10)]
        questions = [
            CountQuestion(
                stages=("filed", "reviewed", "accepted"),
                on=on,
                deadline=on + timedelta(days=182),
                seed=seed,
                with_openings=True,
            )
            for on in starts
        ]
        looks += rolling_counts(cases, questions, more=(4, 8, 12, 16, 20))
    slow = " Work takes twice as long from 2024 on." if slower_from else ""
    about = f"{number} made-up programmes of three stages, asked every quarter for half a year.{slow}"
    note = "No model sees a change of pace before cases have shown it; the odds are then too sure of success."
    name = "cases, slowing down" if slower_from else "cases, made up"
    return Part(name, about, looks, note if slower_from else "")


def _cases(rng: np.random.Generator, slower_from: date | None) -> list[CaseCourse]:
    found, per_year = [], rng.uniform(15, 45)
    middles = rng.uniform(20, 120, size=3)
    for number in range(int(rng.poisson(per_year * 5))):
        day = date(2021, 1, 1) + timedelta(days=int(rng.integers(0, 5 * 365)))
        stays = []
        for stage, middle in zip(("filed", "reviewed", "accepted"), middles, strict=True):
            slower = 2.0 if slower_from is not None and day >= slower_from else 1.0
            left = day + timedelta(days=int(slower * middle * np.exp(0.5 * rng.standard_normal())))
            luck = rng.random()
            leaving = Leaving.REFUSED if luck < 0.07 else Leaving.WITHDRAWN if luck < 0.1 else Leaving.NEXT
            stays.append(Stay(stage=stage, entered_on=day, left_on=left, leaving=leaving))
            day = left
            if leaving is not Leaving.NEXT:
                break
        found.append(CaseCourse(key=str(number), stays=tuple(stays)))
    return found


def page_of(parts: Sequence[Part], totals: dict[str, float | None], compared: Sequence[Compared]) -> str:
    """Return the page."""
    lines = [
        "<!-- Written by scripts/odds_backtest.py; do not edit. -->",
        "# Odds, back-tested\n",
        "At many past days the odds were asked with only what was known then, and held against what came.",
        "For series it was asked whether the coming total would be at most 0.9, 0.95, 1, 1.05 or 1.1 of the",
        "total a span before; for cases, whether 4, 8, 12, 16 or 20 more would be done. `mixed` is what the",
        "odds say: the mean of the two models. `naive_point` says 1 or 0 by one figure (as a season ago",
        "with drift, or as many as in the span before); `base_rate` says how often it was so in the past of",
        "the same series. Brier score and pinball loss: less is better. Looks of one series overlap, so they",
        "are fewer than they seem. A real total counts when 85 % of its days are known,",
        "scaled up. The real series are too short for totals of years: what is told of months is made up.\n",
    ]
    lines.append("![Forecasts to the right, what came true upward](odds-calibration.svg)\n")
    for part in parts:
        lines += _section(part)
    lines += section_of(compared)
    lines += ["## Totals over districts\n", "Truths in the 80 % interval of the total of ten districts:\n"]
    lines += [f"- errors drawn from {name}: {_share(value)}" for name, value in totals.items()]
    return "\n".join(lines) + "\n"


def _section(part: Part) -> list[str]:
    scores, questions = scores_of(part.looks), sum(len(look.questions) for look in part.looks)
    lines = [
        f"## {part.name[0].upper()}{part.name[1:]}\n",
        f"{part.about[0].upper()}{part.about[1:].rstrip('.')}.",
        f"{len(part.looks)} looks, {questions} questions.\n",
        "| by | Brier score | pinball loss, share of the mean | truths in the 80 % interval |",
        "| --- | --- | --- | --- |",
    ]
    for name, score in scores.items():
        pinball = "" if score.pinball is None else f"{score.pinball:.4f}"
        brier = "" if score.brier is None else f"{score.brier:.4f}"
        lines.append(f"| `{name}` | {brier} | {pinball} | {_share(score.coverage)} |")
    lines += [
        "",
        _judged(scores),
        *([part.note] if part.note else []),
        "",
        "| forecast of `mixed` | number | mean | came true |",
        "| --- | --- | --- | --- |",
    ]
    for each in scores[MIXED].bins:
        span = f"{each.low:.1f} to {each.high:.1f}"
        lines.append(f"| {span} | {each.number} | {_share(each.mean_forecast)} | {_share(each.share_met)} |")
    return [*lines, ""]


def _judged(scores: dict[str, ModelScore]) -> str:
    """Return in words whether the odds beat the baselines."""
    own = scores[MIXED].brier or 0.0
    said = []
    for name in (NAIVE, BASE_RATE):
        other = scores[name].brier or 0.0
        gain = 1 - own / other if other else 0.0
        word = "better than" if gain > 0 else "no better than"
        said.append(f"{word} `{name}` ({gain:+.0%} of its Brier score)")
    far, far_point = scores[MIXED].pinball, scores[NAIVE].pinball
    gained = (
        "" if not far or not far_point else f" Pinball loss against the point: {far / far_point - 1:+.0%}."
    )
    inside = scores[MIXED].coverage or 0.0
    held = "hold" if abs(inside - 0.8) <= 0.05 else "are too narrow" if inside < 0.8 else "are too wide"
    off = [
        f"{each.low:.1f} to {each.high:.1f} came true {_share(each.share_met)}"
        for each in scores[MIXED].bins
        if each.number >= LEAST_IN_BIN and abs((each.share_met or 0) - (each.mean_forecast or 0)) > FAR_OFF
    ]
    wrong = f" Far off: forecasts of {', of '.join(off)}." if off else ""
    return f"The odds are {said[0]} and {said[1]}; their 80 % intervals {held} ({inside:.1%}).{gained}{wrong}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.1%}"


def main() -> int:
    """Run the whole back-test, print it as JSON or write its page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED, help="folder of the real series")
    parser.add_argument("--json", action="store_true", help="print JSON and write no page")
    arguments = parser.parse_args()
    if not (arguments.data / "bwdf").is_dir():
        sys.stderr.write(f"{arguments.data} holds no series. Give their folder by --data.\n")
        return 2
    real, totals = districts(arguments.data)
    cities = [looks_at_city(city_series(number), MONTHS) for number in range(CITIES)]
    sectors = [look for single, _ in cities for look in single]
    whole_city = [look for _, total in cities for look in total]
    parts = [
        *real,
        households(arguments.data),
        Part(
            "made-up city, sectors",
            f"the city of the demo and {CITIES - 1} like it by sector and month, 2021 to 2026; the next 12",
            sectors,
        ),
        Part(
            "made-up city, total",
            "all sectors of each city together, errors drawn from the same months; asked is whether it comes "
            "to at most 0.98, 0.99, 1, 1.01 or 1.02 of the year before",
            whole_city,
            CITY_NOTE,
        ),
        made_up_months(),
        Part(
            "indicators, made-up years",
            "three indicators over made-up yearly facts of 40 worlds; the value two years ahead",
            looks_at_years(40, SHARES),
            "In a third of the worlds growth turns halfway, which no model can know. `naive_point` says that "
            "the value stays; `base_rate` says one half.",
        ),
        Part(
            "cases of the made-up city",
            "all kinds of cases of the demo together, every 45 days for half a year; asked is whether 10, "
            "20, 30, 40 or 50 more are done",
            looks_at_demo(demo_courses()),
            "They were opened on few days, many at once, which a steady pace of openings does not foresee.",
        ),
        made_up_cases(24),
        made_up_cases(24, slower_from=date(2024, 1, 1)),
    ]
    compared = [*real_weather(arguments.data), *made_up_driven(MONTHS)]
    if arguments.json:
        told = {
            part.name: {name: asdict(score) for name, score in scores_of(part.looks).items()}
            for part in parts
        }
        sys.stdout.write(json.dumps({"parts": told, "totals": totals}, indent=1) + "\n")
    else:
        PAGE.write_text(page_of(parts, totals, compared), "utf-8")
        bins = {part.name: scores_of(part.looks)[MIXED].bins for part in parts}
        PICTURE.write_text(calibration_picture(bins), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
