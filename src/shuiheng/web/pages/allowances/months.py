"""The months of an allowance with the use beside them: what is left, and how well the use is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.entrance import last_day_of
from shuiheng.adapters.records.models import PlannedAllowance
from shuiheng.adapters.records.queries_allowances import effective_months
from shuiheng.adapters.records.queries_source_use import use_of_sources
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use
from shuiheng.adapters.rulebook.allowance_policy import allowance_policy
from shuiheng.adapters.rulebook.comparison import comparison
from shuiheng.allowances.execution import MonthUse, Standing, standing
from shuiheng.allowances.model import MONTHS
from shuiheng.services.allowances.taken_water import joined_months

LITRES_OF_M3 = Decimal(1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    """One month.

    Args:
        month: First day of the month.
        allowance_m3: Its allowance as it stands today.
        use_m3: What was taken; None when nothing is known, and in months to come.
        missing: Share of its time of which nothing is known.
        estimated_m3: The part of the use that was estimated.
        is_open: Whether its allowance may still change.
        verdict: How use stands to the allowance; empty for a month that is not over.
    """

    month: date
    allowance_m3: Decimal
    use_m3: Decimal | None
    missing: Decimal | None
    estimated_m3: Decimal
    is_open: bool
    verdict: str

    @property
    def left_m3(self) -> Decimal | None:
        """Return what is left of the month; below zero when more was taken."""
        return None if self.use_m3 is None else self.allowance_m3 - self.use_m3

    @property
    def ratio(self) -> Decimal | None:
        """Return use ÷ allowance."""
        return self.use_m3 / self.allowance_m3 if self.use_m3 is not None and self.allowance_m3 else None

    @property
    def bar(self) -> int:
        """Return how long the bar of the month is, in percent of its allowance, up to 100."""
        return min(int(self.ratio * 100), 100) if self.ratio is not None else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLine:
    """An allowance with its months.

    Args:
        row: The allowance.
        months: Its twelve months.
        year_m3: What it is today.
        initial_m3: What was first given.
        to_date: How the use of the months that are over stands to their allowance.
    """

    row: PlannedAllowance
    months: Sequence[MonthLine]
    year_m3: Decimal
    initial_m3: Decimal
    to_date: Standing | None

    @property
    def used_m3(self) -> Decimal | None:
        """Return the use of the year so far, as far as it is known; None when nothing is."""
        known = [line.use_m3 for line in self.months if line.use_m3 is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def left_m3(self) -> Decimal | None:
        """Return what is left of the year by what is known of its use."""
        return None if self.used_m3 is None else self.year_m3 - self.used_m3

    @property
    def used_share(self) -> Decimal | None:
        """Return which share of the year's allowance was used."""
        return self.used_m3 / self.year_m3 if self.used_m3 is not None and self.year_m3 else None


def year_lines(seen: Sight, rows: Sequence[PlannedAllowance], uses_seen: Sight) -> list[YearLine]:
    """Return published allowances with their months, the use beside them.

    Args:
        seen: What the reader may see of allowances.
        rows: The allowances.
        uses_seen: What the reader may see of readings.
    """
    lines = []
    for year in sorted({row.round.year for row in rows}, reverse=True):
        held = [row for row in rows if row.round.year == year]
        users = sorted({row.user_id for row in held})
        effective = effective_months(seen, year=year, on=date(year, 12, 31), users=users)
        months = [date(year, month, 1) for month in range(1, MONTHS + 1)]
        uses = use_of_sources(uses_seen, months, users=users)
        for row in held:
            if row.pk in effective:
                parts = [
                    found
                    for (user, source), found in uses.items()
                    if user == row.user_id and (row.source_id is None or source in (row.source_id, None))
                ]
                lines.append(_line(row, effective[row.pk].months, joined_months(parts)))
    return lines


def _line(row: PlannedAllowance, allowed: Sequence[Decimal], uses: Mapping[date, Use]) -> YearLine:
    today, year = timezone.localdate(), row.round.year
    frozen = {each["month"] for each in row.frozen}
    held = [uses.get(date(year, month, 1)) for month in range(1, MONTHS + 1)]
    month_uses = [_month_use(use) for use in held]
    over = [month for month in range(1, MONTHS + 1) if last_day_of(date(year, month, 1)) < today]
    near, missing = allowance_policy().near_ratio, Decimal(str(comparison().most_missing_share))
    lines = []
    for month in range(1, MONTHS + 1):
        use, first = held[month - 1], date(year, month, 1)
        stands = standing(
            months=[month], allowances=allowed, uses=month_uses, near_ratio=near, most_missing=missing
        )
        lines.append(
            MonthLine(
                month=first,
                allowance_m3=allowed[month - 1],
                use_m3=_m3(use) if first <= today else None,
                missing=stands.missing_share if use is not None else None,
                estimated_m3=stands.estimated_m3,
                is_open=month not in over and month not in frozen,
                verdict=stands.verdict.value if month in over else "",
            )
        )
    to_date = None
    if over:
        to_date = standing(
            months=over, allowances=allowed, uses=month_uses, near_ratio=near, most_missing=missing
        )
    initial = sum((Decimal(each) for each in row.months), Decimal(0))
    return YearLine(
        row=row, months=lines, year_m3=sum(allowed, Decimal(0)), initial_m3=initial, to_date=to_date
    )


def _month_use(use: Use | None) -> MonthUse | None:
    if use is None or use.litres is None:
        return None
    return MonthUse(
        measured_m3=Decimal(use.told_litres) / LITRES_OF_M3,
        estimated_m3=Decimal(use.estimated_litres) / LITRES_OF_M3,
        missing_share=Decimal(str(use.missing_share or 0)),
    )


def _m3(use: Use | None) -> Decimal | None:
    return None if use is None or use.litres is None else Decimal(use.litres) / LITRES_OF_M3
