"""Total and intensity of water use against what a city and its districts may use (用水总量和强度双控)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from django.db.models import QuerySet

from shuiheng.adapters.records.models import WHOLE_YEAR, KeptStanding, Place, RegionalCap
from shuiheng.adapters.records.queries_rounds import caps_of_year
from shuiheng.adapters.records.queries_standings import StandingFilter, standings_in_sight
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.definition import NO_CHOICES
from shuiheng.indicators.errors import NotDefinedError
from shuiheng.indicators.evaluate import Question, evaluate
from shuiheng.indicators.facts import FactBook
from shuiheng.services.indicators.fact_book import fact_books


class Measure(StrEnum):
    """What is held down: the total, or what is used for 10,000 yuan."""

    TOTAL = "total"
    GDP = "gdp"
    INDUSTRY = "industry"


LEVELS: Mapping[Measure, str] = MappingProxyType(
    {
        Measure.TOTAL: "water_use_total",
        Measure.GDP: "water_per_gdp",
        Measure.INDUSTRY: "water_per_industry",
    }
)
MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        **{indicator: measure for measure, indicator in LEVELS.items()},
        "water_per_gdp_decline": Measure.GDP,
        "water_per_industry_decline": Measure.INDUSTRY,
    }
)
SECTORS = ("agricultural_use", "industrial_use", "domestic_use", "ecological_use")


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlLine:
    """What a place used in a year, and what it was allowed.

    Args:
        place: The city or district.
        use_m3: What it used, m³; None while it is not known.
        cap: What it may use in the year, or None where nothing was laid down.
        per_gdp: Use for 10,000 yuan of product at current prices, m³.
        per_industry: Use of industry for 10,000 yuan of its value added at current prices, m³.
        through: The last month of which the use is known, 12 for the whole year.
    """

    place: Place
    use_m3: Decimal | None
    cap: RegionalCap | None
    per_gdp: Decimal | None
    per_industry: Decimal | None
    through: int = WHOLE_YEAR

    @property
    def left_m3(self) -> Decimal | None:
        """Return what is left of the cap, below 0 when it was exceeded; None where one of both is unknown."""
        if self.cap is None or self.use_m3 is None:
            return None
        return self.cap.volume_m3 - self.use_m3

    @property
    def used_share(self) -> Decimal | None:
        """Return which share of the cap was used; None where one of both is unknown, or the cap is 0."""
        if self.cap is None or self.use_m3 is None or not self.cap.volume_m3:
            return None
        return self.use_m3 / self.cap.volume_m3

    @property
    def is_over(self) -> bool | None:
        """Return whether the cap was exceeded; None where that cannot be said."""
        return None if self.left_m3 is None else self.left_m3 < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AimLine:
    """A target on total or intensity, as it stood when it was judged last."""

    measure: Measure
    standing: KeptStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class DualBoard:
    """Total and intensity of a city and its districts for a year.

    Args:
        year: The year.
        lines: The places, in the order given.
        aims: Targets on total and intensity.
        sectors: Facts of use by sector with what is known of the city, m³.
    """

    year: int
    lines: Sequence[ControlLine]
    aims: Sequence[AimLine]
    sectors: Mapping[str, Decimal | None]


def dual_board(seen: Sight, city: Place, places: Iterable[Place], year: int) -> DualBoard:
    """Return total and intensity of places for a year, with the targets on them.

    Where the total of the year is not known yet, that of its first months is told.

    Args:
        seen: What the reader may see.
        city: The city.
        places: The places that are shown, the city among them or not.
        year: The year.
    """
    shown = list(places)
    books = fact_books(city, shown, (year,), facts=_asked_facts())
    caps = {
        cap.district_id: cap
        for cap in caps_of_year(seen, city, year)
        if not cap.use_class and not cap.water_kind
    }
    totals = {place.pk: _total(books[place.pk], year) for place in shown}
    lines = [
        ControlLine(
            place=place,
            use_m3=totals[place.pk][0],
            cap=caps.get(None if place.pk == city.pk else place.pk),
            per_gdp=level(books[place.pk], Measure.GDP, year),
            per_industry=level(books[place.pk], Measure.INDUSTRY, year),
            through=totals[place.pk][1],
        )
        for place in shown
    ]
    return DualBoard(
        year=year,
        lines=lines,
        aims=aims_of(of_measures(standings_in_sight(seen, StandingFilter(city=city.pk)))),
        sectors=_sectors(books.get(city.pk), year),
    )


def of_measures(rows: QuerySet[KeptStanding]) -> QuerySet[KeptStanding]:
    """Return those of some standings that are on total or intensity; others need not be read."""
    return rows.filter(content__indicator__in=sorted(MEASURES))


def aims_of(standings: Iterable[KeptStanding]) -> Sequence[AimLine]:
    """Return those of some standings that are on total or intensity, by measure."""
    found = [
        AimLine(measure=MEASURES[indicator], standing=row)
        for row in standings
        if (indicator := row.content.get("indicator", "")) in MEASURES
    ]
    order = list(Measure)
    return sorted(found, key=lambda aim: order.index(aim.measure))


def level(book: FactBook, measure: Measure, year: int) -> Decimal | None:
    """Return the level of a measure in a year: m³, or m³ for 10,000 yuan; None while it is not known."""
    indicator = indicator_book().indicators[LEVELS[measure]]
    try:
        found = evaluate(indicator, Question(year=year), book)
    except NotDefinedError:
        return None
    if found.value is None or measure is not Measure.TOTAL:
        return found.value
    return found.version.unit.to_base(found.value)


def _total(book: FactBook, year: int) -> tuple[Decimal | None, int]:
    """Return the use of a year with its last month; of its first months while the whole is not known."""
    whole = level(book, Measure.TOTAL, year)
    if whole is not None:
        return whole, WHOLE_YEAR
    parts = (
        (level(book.through(month), Measure.TOTAL, year), month)
        for month in book.months(_facts_of(Measure.TOTAL), year)
    )
    return next(((value, month) for value, month in parts if value is not None), (None, WHOLE_YEAR))


def _asked_facts() -> set[str]:
    """Return the facts by which the levels of all measures and the sectors are told."""
    return {fact for measure in LEVELS for fact in _facts_of(measure)} | set(SECTORS)


def _facts_of(measure: Measure) -> set[str]:
    versions = indicator_book().indicators[LEVELS[measure]].versions
    return {fact for version in versions for fact in version.facts(NO_CHOICES)}


def _sectors(book: FactBook | None, year: int) -> Mapping[str, Decimal | None]:
    if book is None:
        return {}
    known = {key.fact: figure.value for key, figure in book.figures.items() if key.year == year}
    kinds = indicator_book().facts
    return {fact: kinds[fact].unit.to_base(known[fact]) if fact in known else None for fact in SECTORS}
