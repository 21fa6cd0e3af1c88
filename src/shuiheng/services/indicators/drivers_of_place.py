"""Weather and output of a place by month, from statistics that are told from the first day of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from shuiheng.indicators.facts import FactBook, FactKey
from shuiheng.indicators.odds.drivers import DriverKind, DriverSeries
from shuiheng.indicators.odds.monthly import MONTHS

MOST_TOGETHER = 2
"""Output of January and February is often told together only; it is then shared between them."""


def driver_beside(book: FactBook, fact: str, kind: DriverKind, months: Sequence[date]) -> DriverSeries | None:
    """Return a driver by month beside months of use; None where nothing of it is known before their end.

    Args:
        book: What is known of the place.
        fact: The driver: a fact that adds up within a year.
        kind: How it moves use.
        months: First days of the months of use.
    """
    years = sorted({key.year for key in (*book.figures, *book.parts) if key.fact == fact})
    if not years or not months:
        return None
    first = min(years[0], months[0].year)
    values = [
        value
        for year in range(first, years[-1] + 1)
        for value in _months(_so_far(book, fact, year), is_shared=kind is DriverKind.OUTPUT)
    ]
    while values and values[-1] is None:
        values.pop()
    before = (months[0].year - first) * MONTHS + months[0].month - 1
    if len(values) <= before:
        return None
    return DriverSeries(name=fact, kind=kind, year=MONTHS, values=tuple(values), before=before)


def _so_far(book: FactBook, fact: str, year: int) -> Mapping[int, float]:
    """Return what had come by the ends of months of a year, by their numbers."""
    key, unit = FactKey(fact, year), book.kinds[fact].unit
    told = dict(book.parts.get(key, {}))
    whole = book.figures.get(key)
    if whole is not None and whole.up_to in (None, date(year, 12, 31)):
        told[MONTHS] = whole
    return {month: float(unit.to_base(figure.value)) for month, figure in told.items()}


def _months(so_far: Mapping[int, float], *, is_shared: bool) -> list[float | None]:
    """Return what came in each month of a year; None where it is not told, or what was told fell."""
    found: list[float | None] = [None] * MONTHS
    last, known = 0, 0.0
    for month in sorted(so_far):
        came, together = so_far[month] - known, month - last
        if came >= 0 and (together == 1 or (is_shared and together <= MOST_TOGETHER)):
            found[last:month] = [came / together] * together
        last, known = month, so_far[month]
    return found
