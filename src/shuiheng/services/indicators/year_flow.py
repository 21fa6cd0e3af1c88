"""Where the water of a place came from and went to in a year (水流向), from what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.flow_streams import flow_plan
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.indicators.flow import Stream, WaterFlow, water_flow
from shuiheng.services.indicators.fact_book import fact_book


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFlow:
    """The water of a place in a year.

    Args:
        place: The city or district.
        year: The year.
        flow: Where it came from and went to, in 万m³.
        facts: By fact, what is known of it; those without a value are not in it.
    """

    place: Place
    year: int
    flow: WaterFlow
    facts: dict[str, FactFigure]


def year_flow(place: Place, year: int) -> YearFlow:
    """Return where the water of a place came from and went to in a year.

    A stream is known when all of its facts are. A fact below 0 says nothing of a volume and counts as
    not known.

    Args:
        place: The city or district.
        year: The year.
    """
    plan = flow_plan()
    book = fact_book(place, (year,), facts=plan.facts)
    facts = {name: figure for name in plan.facts if (figure := _known(book, name, year)) is not None}
    streams = [replace(stream, volume=_volume(stream, facts)) for stream in plan.streams]
    return YearFlow(place=place, year=year, flow=water_flow(streams), facts=facts)


def _known(book: FactBook, fact: str, year: int) -> FactFigure | None:
    figure = book.figures.get(FactKey(fact, year))
    return figure if figure is not None and figure.value >= 0 else None


def _volume(stream: Stream, facts: dict[str, FactFigure]) -> Decimal | None:
    known = [facts[fact].value for fact in stream.facts if fact in facts]
    return sum(known, Decimal(0)) if len(known) == len(stream.facts) else None
