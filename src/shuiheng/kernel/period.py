"""Periods of the civil calendar: weeks, months, quarters, half-years, years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A run of whole days, both ends included."""

    first: date
    last: date


def periods_of_months(length: int, *, first: date, last: date) -> Iterator[Period]:
    """Yield the periods of 1, 2, 3, 4, 6 or 12 months whose last day lies from `first` to `last`."""
    if length < 1 or 12 % length:
        raise ValueError(f"a year has no whole periods of {length} months")
    start = date(first.year, (first.month - 1) // length * length + 1, 1)
    while True:
        month = start.month - 1 + length
        following = date(start.year + month // 12, month % 12 + 1, 1)
        end = following - timedelta(days=1)
        if end > last:
            return
        if end >= first:
            yield Period(start, end)
        start = following


def weeks(*, first: date, last: date) -> Iterator[Period]:
    """Yield the weeks from Monday to Sunday whose Sunday lies from `first` to `last`."""
    sunday = first + timedelta(days=6 - first.weekday())
    while sunday <= last:
        yield Period(sunday - timedelta(days=6), sunday)
        sunday += timedelta(days=7)
