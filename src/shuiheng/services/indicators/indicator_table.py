"""All indicators of a place by year (指标一览): working values, and what is official of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import Figure, Place
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.definition import Indicator
from shuiheng.indicators.errors import NotDefinedError
from shuiheng.indicators.evaluate import IndicatorFigure, Question, evaluate
from shuiheng.indicators.facts import FactBook
from shuiheng.services.indicators.fact_book import fact_book
from shuiheng.services.indicators.working_figure import Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorCell:
    """An indicator in a year (指标一览).

    Args:
        wanted: Which value it is.
        figure: The working value; None where the indicator is not defined for the year.
        official: The official figure, or None.
    """

    wanted: Wanted
    figure: IndicatorFigure | None
    official: Figure | None

    @property
    def is_same(self) -> bool:
        """Return whether the working value has the digits of the official one."""
        return self.official is not None and self.official.content.get("value") == _text(self.value)

    @property
    def value(self) -> Decimal | None:
        """Return the working value."""
        return None if self.figure is None else self.figure.value


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """An indicator with its values by year (指标一览)."""

    indicator: Indicator
    cells: Sequence[IndicatorCell]

    @property
    def unit(self) -> Mapping[str, str]:
        """Return how the unit of its newest version is written."""
        return self.indicator.versions[-1].unit.names

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the facts that are missing for the newest year, by id."""
        figure = next((each.figure for each in self.cells if each.figure is not None), None)
        return tuple(dict.fromkeys(key.fact for key in figure.missing)) if figure else ()

    @property
    def has_value(self) -> bool:
        """Return whether any year has a value."""
        return any(each.value is not None for each in self.cells)


def indicator_table(
    place: Place, years: Collection[int], *, base_year: int, official: Collection[Figure]
) -> list[IndicatorRow]:
    """Return all indicators of a place by year, those with a value first (指标一览).

    Args:
        place: The city or district.
        years: The years, the newest first.
        base_year: The year with which declines compare.
        official: Official figures of the place that stand.
    """
    book = fact_book(place, range(min(*years, base_year), max(years) + 1))
    known = {(row.subject, row.up_to): row for row in official}
    rows = [
        IndicatorRow(
            indicator=indicator,
            cells=[_cell(indicator, _wanted(indicator, year, base_year), book, known) for year in years],
        )
        for indicator in indicator_book().indicators.values()
    ]
    return sorted(rows, key=lambda row: not row.has_value)


def _wanted(indicator: Indicator, year: int, base_year: int) -> Wanted:
    needs_base = any(version.needs_base_year for version in indicator.versions)
    return Wanted(indicator=indicator.id, year=year, base_year=base_year if needs_base else None)


def _cell(
    indicator: Indicator, wanted: Wanted, book: FactBook, known: Mapping[tuple[str, date], Figure]
) -> IndicatorCell:
    official = known.get((wanted.subject, wanted.up_to))
    if wanted.base_year is not None and wanted.base_year >= wanted.year:
        return IndicatorCell(wanted=wanted, figure=None, official=official)
    try:
        figure = evaluate(indicator, Question(year=wanted.year, base_year=wanted.base_year), book)
    except NotDefinedError:
        figure = None
    return IndicatorCell(wanted=wanted, figure=figure, official=official)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
