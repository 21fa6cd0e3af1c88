"""Series and cases that the tests of odds make."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from shuiheng.indicators.odds.pace import CaseCourse, Leaving, Stay
from shuiheng.indicators.odds.series import UseSeries

ON = date(2025, 1, 1)


def series(values: list[float | None], season: int = 12, name: str = "east") -> UseSeries:
    """Return a series of these values."""
    return UseSeries(name=name, season=season, values=tuple(values))


def lively_months(seed: int, months: int = 60) -> list[float]:
    """Return months with a season, a slow drift and chance, all above 0."""
    rng, month = np.random.default_rng(seed), np.arange(months)
    wander = np.cumsum(0.005 * rng.standard_normal(months))
    line = 5 + 0.1 * np.sin(month * np.pi / 6) + 0.03 * rng.standard_normal(months) + wander
    return [float(each) for each in np.exp(line)]


def case(key: str, opened: date, *takes: int, end: Leaving = Leaving.NEXT) -> CaseCourse:
    """Return a case that was in `ask`, then in `see`, for so many days; it leaves its last stage by `end`."""
    stays, day = [], opened
    for number, (stage, days) in enumerate(zip(("ask", "see"), takes, strict=False)):
        left = day + timedelta(days=days)
        is_last = number == len(takes) - 1
        leaving = end if is_last else Leaving.NEXT
        stays.append(Stay(stage=stage, entered_on=day, left_on=left, leaving=leaving))
        day = left
    return CaseCourse(key=key, stays=tuple(stays))


def waiting(key: str, since: date, stage: str = "ask") -> CaseCourse:
    """Return a case that has been in a stage since a day."""
    return CaseCourse(key=key, stays=(Stay(stage=stage, entered_on=since),))


def many_cases(seed: int, number: int = 60) -> list[CaseCourse]:
    """Return cases of the two years before and the year after the day, one in ten refused at each stage."""
    rng = np.random.default_rng(seed)
    found = []
    for each in range(number):
        opened = ON - timedelta(days=int(rng.integers(1, 700)))
        takes = [int(days) for days in rng.integers(20, 200, size=2)]
        is_refused, in_first = rng.random() < 0.2, rng.random() < 0.5
        end = Leaving.REFUSED if is_refused else Leaving.NEXT
        found.append(case(str(each), opened, *(takes[:1] if is_refused and in_first else takes), end=end))
    return found
