"""Cases by district: a tile for each with a count, and all counts below."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_cases import CaseCounts, counts_by_district, districts_with_cases
from shuiheng.services.permission import Action
from shuiheng.web.page import page, seen
from shuiheng.web.pages.cases.shown import kind_names, kinds_shown, wanted_from
from shuiheng.web.pages.cases.views import choices, total_of
from shuiheng.web.pages.map.tiles import columns_for, ranked
from shuiheng.web.words_cases import FIGURES

QUERIES = {
    "reached": "&phase=reached",
    "under_way": "&phase=under_way",
    "late": "&due=late",
    "at_risk": "&holding=at_risk",
    "total": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictTile:
    """A district with its counts.

    Args:
        place: The district.
        counts: How many cases there are.
        value: The count that is asked for.
        rank: Its class among the districts, 1 to 5.
    """

    place: Place
    counts: CaseCounts
    value: int
    rank: int


@page(Action.CASES_LOOK)
def case_map(request: HttpRequest) -> HttpResponse:
    """Show how many cases there are in each district."""
    sight, today, kinds = seen(request, Action.CASES_LOOK), timezone.localdate(), kinds_shown(request)
    wanted, figure = wanted_from(request, kinds), request.GET.get("figure", "")
    figure = figure if figure in FIGURES else next(iter(FIGURES))
    counts = counts_by_district(sight, wanted, today)
    places = districts_with_cases(sight)
    values = {place.pk: getattr(counts.get(place.pk, CaseCounts()), figure) for place in places}
    ranks = ranked(values)
    chosen = {name: value for name in ("kind", "level") if (value := getattr(wanted, name))}
    context = {
        "wanted": wanted,
        "kind_name": kind_names(kinds).get(wanted.kind, ""),
        "tiles": [
            DistrictTile(
                place=place,
                counts=counts.get(place.pk, CaseCounts()),
                value=values[place.pk],
                rank=ranks[place.pk],
            )
            for place in places
        ],
        "total": total_of(counts.values()),
        "columns": columns_for(len(places)),
        "figure": figure,
        "figures": FIGURES.items(),
        "figure_query": QUERIES[figure],
        "narrowed": f"&{urlencode(chosen)}" if chosen else "",
    }
    return render(request, "cases/map.html", context | choices(request, kinds))
