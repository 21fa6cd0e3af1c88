"""Which facts verdicts on targets lack, the most wanted first, with who usually has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from shuiheng.adapters.records.models import KeptStanding, Organisation
from shuiheng.adapters.records.queries_statistics import MissingFact, missing_facts, units_of_kinds
from shuiheng.adapters.rulebook.fact_topics import fact_topics, topic_of
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.services.indicators.statistic_places import statistic_cities
from shuiheng.services.permission import Action
from shuiheng.web.fields import key_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.pages.statistics.shown import places_shown

TARGETS_SHOWN = 6
COMPUTED = ("ledger", "settled")


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingLine:
    """A fact that is missing: for which targets and years, and from whom it can be had."""

    fact: str
    topic: str
    years: Sequence[int]
    standings: Sequence[KeptStanding]
    further: int
    units: Sequence[Organisation]
    is_computed: bool
    place: int | None
    part: str = ""


@page(Action.FIGURES_LOOK)
def missing_statistics(request: HttpRequest) -> HttpResponse:
    """Show the facts that are missing, the one for which most targets wait first."""
    cities = statistic_cities(request.user, Action.FIGURES_LOOK)
    asked = key_of(request.GET, "city")
    city = next((each for each in cities if asked in (None, each.pk)), None)
    if city is None:
        raise Http404
    sight = seen(request, Action.FIGURES_LOOK)
    found = missing_facts(sight, city.pk, [fact for topic in fact_topics() for fact in topic.facts])
    kinds = sorted({kind for each in found for kind in topic_of(each.fact).supplied_by})
    units = units_of_kinds(seen(request, Action.ORGANISATIONS_LOOK), city.pk, kinds)
    keeps = {each.pk for each in places_shown(request, Action.FIGURES_KEEP)}
    context = {
        "city": city,
        "cities": cities,
        "lines": [_line(each, units, keeps) for each in found],
        "targets": len({each.target_id for one in found for each in one.standings}),
    }
    return render(request, "statistics/missing.html", context)


def _line(found: MissingFact, units: dict[str, list[Organisation]], keeps: set[int]) -> MissingLine:
    topic = topic_of(found.fact)
    had_by = [unit for kind in topic.supplied_by for unit in units.get(kind, ())]
    place = found.standings[0].place_id
    return MissingLine(
        fact=found.fact,
        topic=topic.names[language()],
        years=found.years,
        standings=found.standings[:TARGETS_SHOWN],
        further=len(found.standings) - TARGETS_SHOWN,
        units=had_by[:2],
        is_computed=indicator_book().origins[found.fact] in COMPUTED,
        place=place if place in keeps else None,
        part=found.part,
    )
