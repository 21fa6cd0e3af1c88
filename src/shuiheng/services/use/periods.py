"""Months, quarters, years and days into which a stretch of time is cut for a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shuiheng.adapters.records.use_figures import months_between
from shuiheng.metering.civil_time import months_before

MONTHS_OF_A_QUARTER, MONTHS_OF_A_YEAR = 3, 12


class Step(StrEnum):
    """How long each period of a table is."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One period of a table.

    Args:
        label: How it is written: `2026-03`, `2026 Q1`, `2026` or `2026-03-05`.
        months: First days of its months that were asked for; empty for a day.
        on: The day, for a period of one.
    """

    label: str
    months: tuple[date, ...] = ()
    on: date | None = None


def periods_between(first: date, last: date, step: Step) -> Sequence[Period]:
    """Return the periods from the one of a day to that of another; the outer ones may be cut."""
    if step is Step.DAY:
        days = range((last - first).days + 1)
        return [Period(label=f"{on:%Y-%m-%d}", on=on) for on in (first + timedelta(days=day) for day in days)]
    grouped: dict[str, list[date]] = {}
    for month in months_between(first, last):
        grouped.setdefault(_label(month, step), []).append(month)
    return [Period(label=label, months=tuple(months)) for label, months in grouped.items()]


def year_before(month: date) -> date:
    """Return the same month of the year before."""
    return months_before(month, MONTHS_OF_A_YEAR)


def _label(month: date, step: Step) -> str:
    if step is Step.MONTH:
        return f"{month:%Y-%m}"
    if step is Step.QUARTER:
        return f"{month.year} Q{(month.month - 1) // MONTHS_OF_A_QUARTER + 1}"
    return f"{month.year}"
