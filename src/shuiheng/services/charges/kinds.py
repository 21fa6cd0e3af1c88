"""Kinds of runs of charges, and the months that one covers."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from shuiheng.charges.ladder import months_charged
from shuiheng.charges.model import Period
from shuiheng.metering.civil_time import month_after


class RunKind(StrEnum):
    """What a run computes (核算类型)."""

    OVER_PLAN = "over_plan"
    NON_HOUSEHOLD = "non_household"
    HOUSEHOLD = "household"
    RESOURCE_TAX = "resource_tax"


ISSUED_KINDS = frozenset({RunKind.OVER_PLAN, RunKind.NON_HOUSEHOLD})
"""What this office issues: tax is levied by its own authority, and a household trial bills nobody."""


def months_of_run(period: Period, last: date) -> tuple[date, ...]:
    """Return the first days of the months of the period that ends with a month; none when none ends there.

    Args:
        period: Over which time the rule charges.
        last: A day of the last month.
    """
    return tuple(date(last.year, month, 1) for month in months_charged(period, last.month))


def last_day(month: date) -> date:
    """Return the last day of the month that begins on a day."""
    return month_after(month) - timedelta(days=1)
