"""All indicators of a year for a city and its districts at once (年度指标计算)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shuiheng.adapters.records.models import Place, PlaceKind
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.definition import Indicator
from shuiheng.indicators.errors import NoBaseYearError, NotDefinedError
from shuiheng.indicators.evaluate import IndicatorFigure, Question, evaluate
from shuiheng.indicators.facts import FactBook
from shuiheng.services.indicators.fact_book import fact_books


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceYear:
    """The indicators of a place in a year (年度指标).

    Args:
        place: The city or district.
        book: What is known of it.
        figures: By indicator, its value with all that went into it; none where it is not defined.
    """

    place: Place
    book: FactBook
    figures: Mapping[str, IndicatorFigure]


def compute_year(city: Place, year: int, *, base_year: int | None = None) -> Mapping[int, PlaceYear]:
    """Return all indicators of a year for a city and its districts, by their keys (年度指标计算).

    What was added up before is read from kept totals. After a correction only the months that it concerns
    are added up again, and what does not rest on them stays as it is.

    Args:
        city: The city.
        year: The year.
        base_year: The year with which declines compare; without it they are left out.
    """
    districts = city.children.filter(kind=PlaceKind.DISTRICT).order_by("order", "pk")
    places = [city, *districts]
    years = range(base_year if base_year is not None else year, year + 1)
    books = fact_books(city, places, years, computed={years[0], year})
    indicators = indicator_book().indicators.values()
    asked = Question(year=year, base_year=base_year)
    return {
        place.pk: PlaceYear(
            place=place,
            book=books[place.pk],
            figures={
                each.id: figure
                for each in indicators
                if (figure := _figure(each, asked, books[place.pk])) is not None
            },
        )
        for place in places
    }


def _figure(indicator: Indicator, asked: Question, book: FactBook) -> IndicatorFigure | None:
    try:
        return evaluate(indicator, asked, book)
    except (NoBaseYearError, NotDefinedError):
        return None
