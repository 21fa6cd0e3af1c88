"""How statistics are shown: the place asked for, facts by topic and year, who uses a fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.http import Http404, HttpRequest
from django.utils import timezone

from shuiheng.adapters.records.models import WHOLE_YEAR, Place, Statistic, StatisticState
from shuiheng.adapters.records.queries_statistics import last_year_of, standing_statistics
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.fact_topics import FactTopic, fact_topics
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.definition import Indicator
from shuiheng.services.indicators.statistic_places import statistic_places
from shuiheng.services.permission import Action
from shuiheng.web.fields import key_of

YEARS_SHOWN = 6
FIRST_YEAR, LAST_YEAR = 1955, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is known of a fact in a year: what counts, what waits.

    While the year is not known, `part` tells what is known of its first months. A year that is not over
    lacks nothing yet.
    """

    year: int
    confirmed: Statistic | None
    waiting: Statistic | None
    part: Statistic | None = None
    is_over: bool = True

    @property
    def is_missing(self) -> bool:
        """Whether the year is over and nothing was entered for it."""
        return self.is_over and self.confirmed is None and self.waiting is None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """A fact, or a member of it, with the years of the table."""

    fact: str
    member: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTable:
    """The facts of a topic."""

    topic: FactTopic
    lines: Sequence[FactLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many values of a table are confirmed, wait, or are missing."""

    confirmed: int
    waiting: int
    missing: int


def places_shown(request: HttpRequest, action: Action = Action.FIGURES_LOOK) -> Sequence[Place]:
    """Return the places of which the reader may see statistics, or tell them."""
    return statistic_places(request.user, action)


def place_asked(request: HttpRequest, places: Sequence[Place]) -> Place:
    """Return the place that is asked for, the first one when none is.

    Raises:
        Http404: There is none.
    """
    asked = key_of(request.GET, "place")
    found = next((each for each in places if each.pk == asked), None)
    if found is None and (asked is not None or not places):
        raise Http404
    return found or places[0]


def years_asked(request: HttpRequest, sight: Sight, place: Place) -> Sequence[int]:
    """Return the years of the table: those asked for, else the last ones of which anything is known."""
    asked = key_of(request.GET, "until")
    last = asked if asked is not None and FIRST_YEAR <= asked <= LAST_YEAR else None
    last = last or last_year_of(sight, [place.pk]) or timezone.localdate().year - 1
    return range(last - YEARS_SHOWN + 1, last + 1)


def topic_asked(request: HttpRequest) -> str:
    """Return the id of the topic that is asked for; nothing for all."""
    asked = request.GET.get("topic", "")
    return asked if any(topic.id == asked for topic in fact_topics()) else ""


def topic_tables(
    sight: Sight, place: Place, *, topic: str, years: Sequence[int], gaps: str = ""
) -> Sequence[TopicTable]:
    """Return facts by topic and year.

    Args:
        sight: What the reader may see.
        place: Of which place.
        topic: Id of a topic, or nothing for all.
        years: The years.
        gaps: `missing` or `waiting` for lines in which something is, or nothing for all.
    """
    known: dict[tuple[str, int, str], dict[str, Statistic]] = {}
    parts: dict[tuple[str, int, str], Statistic] = {}
    members: dict[str, set[str]] = {}
    for row in standing_statistics(sight, [place.pk]).order_by("through_month", "state", "pk"):
        key = (row.fact, row.year, row.member)
        if row.through_month == WHOLE_YEAR:
            known.setdefault(key, {})[row.state] = row
        else:
            parts[key] = row
        members.setdefault(row.fact, set()).add(row.member)
    found = []
    for each in fact_topics():
        if topic and each.id != topic:
            continue
        lines = [
            FactLine(
                fact=fact,
                member=member,
                cells=[
                    _cell(known.get((fact, year, member), {}), year, parts.get((fact, year, member)))
                    for year in years
                ],
            )
            for fact in each.facts
            for member in sorted(members.get(fact, {""}))
        ]
        lines = [line for line in lines if _is_wanted(line, gaps)]
        if lines:
            found.append(TopicTable(topic=each, lines=lines))
    return found


def counts_of(tables: Sequence[TopicTable]) -> Counts:
    """Return how many values of some tables are confirmed, wait, or are missing."""
    cells = [cell for table in tables for line in table.lines for cell in line.cells]
    return Counts(
        confirmed=sum(cell.confirmed is not None for cell in cells),
        waiting=sum(cell.waiting is not None for cell in cells),
        missing=sum(cell.is_missing for cell in cells),
    )


@cache
def indicators_by_fact() -> Mapping[str, Sequence[Indicator]]:
    """Return the indicators that can ask for each fact, whichever version or choice."""
    found: dict[str, dict[str, Indicator]] = {}
    for indicator in indicator_book().indicators.values():
        for version in indicator.versions:
            choices = [{}, *({part.id: choice} for part in version.parts.values() for choice in part.choices)]
            for chosen in choices:
                for fact in version.facts(chosen):
                    found.setdefault(fact, {})[indicator.id] = indicator
    return {fact: tuple(each.values()) for fact, each in found.items()}


def _cell(states: Mapping[str, Statistic], year: int, part: Statistic | None) -> Cell:
    return Cell(
        year=year,
        confirmed=states.get(StatisticState.CONFIRMED),
        waiting=states.get(StatisticState.ENTERED),
        part=None if StatisticState.CONFIRMED in states else part,
        is_over=year < timezone.localdate().year,
    )


def _is_wanted(line: FactLine, gaps: str) -> bool:
    if gaps == "missing":
        return any(cell.is_missing for cell in line.cells)
    if gaps == "waiting":
        return any(cell.waiting is not None for cell in line.cells)
    return True
