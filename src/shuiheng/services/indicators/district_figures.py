"""The values of an indicator in several places for a year, side by side (区县对比)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.definition import NO_CHOICES, Better, Indicator
from shuiheng.indicators.errors import NoBaseYearError, NotDefinedError
from shuiheng.indicators.evaluate import Question, evaluate
from shuiheng.indicators.facts import FactBook
from shuiheng.services.indicators.fact_book import fact_books


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFigure:
    """The value of an indicator in a place.

    Args:
        place: The place.
        value: Its value in the unit of the indicator, not rounded; None while something is missing.
        missing: Facts that are missing.
        rests_on_survey: Whether it rests on what was collected for statistics.
    """

    place: Place
    value: Decimal | None
    missing: tuple[str, ...] = ()
    rests_on_survey: bool = False


def place_figures(
    city: Place, places: Collection[Place], indicator: Indicator, year: int, *, base_year: int | None = None
) -> Sequence[PlaceFigure]:
    """Return the value of an indicator in each place, in their order.

    Args:
        city: The city.
        places: The city, or districts of it.
        indicator: The indicator.
        year: The year.
        base_year: The year with which it compares, where it does.
    """
    facts = {fact for version in indicator.versions for fact in version.facts(NO_CHOICES)}
    books = fact_books(city, places, range(base_year or year, year + 1), facts=facts)
    return [_figure(place, books[place.pk], indicator, year, base_year=base_year) for place in places]


def ranked_figures(figures: Iterable[PlaceFigure], better: Better) -> dict[int, int]:
    """Return the rank of each place that has a value, 1 for the best; equal values share a rank."""
    known = [each.value for each in figures if each.value is not None]
    order = sorted(known, reverse=better is Better.HIGHER)
    return {each.place.pk: order.index(each.value) + 1 for each in figures if each.value is not None}


def comparable_indicators() -> Sequence[Indicator]:
    """Return all indicators by which places can be compared, in the order of their definitions."""
    return list(indicator_book().indicators.values())


def _figure(
    place: Place, book: FactBook, indicator: Indicator, year: int, *, base_year: int | None
) -> PlaceFigure:
    try:
        found = evaluate(indicator, Question(year=year, base_year=base_year), book)
    except (NoBaseYearError, NotDefinedError):
        return PlaceFigure(place=place, value=None)
    return PlaceFigure(
        place=place,
        value=found.value,
        missing=tuple(dict.fromkeys(each.fact for each in found.missing)),
        rests_on_survey=found.rests_on_survey,
    )
