"""What is known of a place for some years (基础数据集): confirmed statistics and what the calendar says."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Collection
from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.models import Place, Statistic, StatisticState
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.facts import CollectedUnder, FactBook, FactFigure, FactKey, Grade

CALENDAR = "calendar"
ONE = Decimal(1)


def fact_book(place: Place, years: Collection[int]) -> FactBook:
    """Return what is known of a place for some years (基础数据集).

    Only what a second person has confirmed counts. A year that is not over has no days of its own yet, so
    that nothing is computed for half of it.

    Args:
        place: The city or district.
        years: The years.
    """
    figures = {**_days(years), **_statistics(place, years)}
    return FactBook(kinds=indicator_book().facts, figures=figures)


def _statistics(place: Place, years: Collection[int]) -> dict[FactKey, FactFigure]:
    rows = Statistic.objects.filter(
        place=place, year__in=years, state=StatisticState.CONFIRMED, superseded_at__isnull=True
    )
    known = indicator_book().facts
    return {FactKey(row.fact, row.year, row.member): _figure(row) for row in rows if row.fact in known}


def _figure(row: Statistic) -> FactFigure:
    estimated = row.estimated_share
    return FactFigure(
        value=row.value,
        origin=f"statistic:{row.pk}",
        shares={Grade.REPORTED: ONE - estimated, Grade.ESTIMATED: estimated},
        collected_under=CollectedUnder(row.collected_under),
    )


def _days(years: Collection[int]) -> dict[FactKey, FactFigure]:
    facts = [name for name, origin in indicator_book().origins.items() if origin == CALENDAR]
    today = timezone.localdate()
    return {
        FactKey(fact, year): FactFigure(
            value=Decimal(366 if isleap(year) else 365),
            origin=f"{CALENDAR}:{year}",
            shares={Grade.MEASURED: ONE},
        )
        for fact in facts
        for year in years
        if year < today.year
    }
