"""The value of an indicator as the facts of today give it (工作数据), with the facts it was computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.definition import NO_CHOICES
from shuiheng.indicators.errors import IndicatorError
from shuiheng.indicators.evaluate import IndicatorFigure, Question, evaluate
from shuiheng.indicators.facts import FactBook
from shuiheng.indicators.figure_content import content_digest, figure_content
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.indicators.fact_book import fact_book

FIRST_YEAR, LAST_YEAR = 1949, 2200


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingFigure:
    """A value with its facts and its content as it would be kept.

    Args:
        figure: The value.
        book: The facts.
        content: All that it was computed from, as it is kept when it is released.
        digest: Hash of the content.
    """

    figure: IndicatorFigure
    book: FactBook
    content: dict[str, Any]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which value of an indicator is asked for.

    Args:
        indicator: Id of the indicator.
        year: The year.
        base_year: The year with which it compares, or None.
        choices: What is meant where it can be meant in several ways.
    """

    indicator: str
    year: int
    base_year: int | None = None
    choices: Mapping[str, str] = field(default_factory=lambda: NO_CHOICES)

    @property
    def subject(self) -> str:
        """Return the subject under which its official figure stands; another base year is another figure."""
        base = "" if self.base_year is None else f":{self.base_year}"
        return f"indicator:{self.indicator}{base}"

    @property
    def up_to(self) -> date:
        """Return the last day of which it speaks."""
        return date(self.year, 12, 31)


def working_figure(place: Place, wanted: Wanted, *, book: FactBook | None = None) -> WorkingFigure:
    """Return the value of an indicator of a place and year as the facts of today give it (工作数据).

    Args:
        place: The city or district.
        wanted: Which value.
        book: The facts of the place, where they were read before.

    Raises:
        NotThereError: There is no such indicator, or none in that year.
        ServiceError: `figures.no_base_year`, it compares with a base year and none before it is given.
    """
    indicator = indicator_book().indicators.get(wanted.indicator)
    if indicator is None or not FIRST_YEAR <= wanted.year <= LAST_YEAR:
        raise NotThereError(f"indicator:{wanted.indicator}:{wanted.year}")
    if book is None:
        first = wanted.base_year if wanted.base_year and wanted.base_year < wanted.year else wanted.year
        years = range(max(first, FIRST_YEAR), wanted.year + 1)
        book = fact_book(place, years, facts=indicator.facts)
    asked = Question(year=wanted.year, base_year=wanted.base_year, choices=wanted.choices)
    try:
        figure = evaluate(indicator, asked, book)
    except IndicatorError as error:
        if error.code == "indicators.no_base_year":
            raise ServiceError("figures.no_base_year", year=str(wanted.year)) from error
        raise NotThereError(f"indicator:{wanted.indicator}:{wanted.year}") from error
    return of_figure(figure, book)


def of_figure(figure: IndicatorFigure, book: FactBook) -> WorkingFigure:
    """Return a value with its facts and its content."""
    content = figure_content(figure, book.kinds)
    return WorkingFigure(figure=figure, book=book, content=content, digest=content_digest(content))
