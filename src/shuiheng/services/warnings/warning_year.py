"""The year of one allowance for the page of its warning: use beside allowance by month, and the forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import UseWarning
from shuiheng.adapters.records.queries_allowances import effective_months
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.warning_policy import warning_policy
from shuiheng.allowances.forecast import Forecast, NoForecast, ToldMonth, UserYears, forecast, shifted
from shuiheng.services.warnings.known_use import known_years

MONTHS = range(1, 13)
ONE_YEAR = -12


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMonth:
    """A month of the year.

    Args:
        month: Its first day.
        allowed_m3: Its allowance; None where none is in force.
        told: What is known of its use, or None.
        before: What is known of the same month of the year before, or None.
        is_in_period: Whether it lies in the period of the warning.
        is_over: Whether it has ended.
    """

    month: date
    allowed_m3: Decimal | None
    told: ToldMonth | None
    before: ToldMonth | None
    is_in_period: bool
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningYear:
    """The year of an allowance as it stands now.

    Args:
        months: Its twelve months.
        coming: What it comes to, or why nothing can be said; None without an allowance in force.
        today: The day on which it was looked at.
    """

    months: Sequence[YearMonth]
    coming: Forecast | NoForecast | None
    today: date

    @property
    def is_whole(self) -> bool:
        """Return whether the warning is of the whole year."""
        return all(each.is_in_period for each in self.months)


def warning_year(seen: Sight, row: UseWarning, *, today: date) -> WarningYear:
    """Return the year of the allowance of a warning, as far as the reader may see.

    Args:
        seen: What the reader may see.
        row: The warning.
        today: The day; a year that is over is shown as it ended.
    """
    year = row.first.year
    day = min(today, date(year, 12, 31))
    owner = row.allowance.user_id
    given = effective_months(seen, year=year, on=day, users=[owner])
    known = known_years(seen, given, year=year, today=today)
    effective, years = given.get(row.allowance_id), known.get(row.allowance_id)
    months = [date(year, month, 1) for month in MONTHS]
    return WarningYear(
        months=[
            YearMonth(
                month=month,
                allowed_m3=effective.months[month.month - 1] if effective else None,
                told=_told(years, month),
                before=_told(years, shifted(month, ONE_YEAR)),
                is_in_period=row.first <= month <= row.last,
                is_over=shifted(month, 1) <= today,
            )
            for month in months
        ],
        coming=forecast(years, months, on=today, rules=warning_policy().forecast) if years else None,
        today=day,
    )


def _told(years: UserYears | None, month: date) -> ToldMonth | None:
    return years.months.get(month) if years is not None else None
